//! What happens without a request.

pub mod media;
pub mod publish_due;

use std::sync::Arc;
use std::time::Duration;

use crate::app::App;
use crate::domain::accounts::factors::ceremonies;
use crate::domain::accounts::{failures, secrets, sessions, throttle};
use crate::domain::kept::{texts, tokens};

/// How often what has run out is forgotten.
const EVERY: Duration = Duration::from_secs(60 * 60);

/// Forgets what has run out, now and then, as long as the program runs.
pub async fn prune(app: Arc<App>) {
    loop {
        let now = app.clock.now();
        match app.database.connection().await {
            Ok(mut conn) => {
                note("sign-ins", sessions::prune(&mut conn, now).await);
                note("counted tries", throttle::prune(&mut conn, now).await);
                note("counts of failed sign-ins", failures::prune(&mut conn, now).await);
                note("keys of networks", secrets::prune(&mut conn, now).await);
                note("questions to passkeys", ceremonies::prune(&mut conn, now).await);
                note("pages of the editor", tokens::prune(&mut conn, now).await);
                note("kept texts", texts::prune(&mut conn, now).await);
            }
            Err(error) => log::warn!("what has run out could not be forgotten: {error}"),
        }
        tokio::time::sleep(EVERY).await;
    }
}

fn note(what: &str, forgotten: diesel::QueryResult<usize>) {
    match forgotten {
        Ok(forgotten) => log::debug!("{forgotten} {what} had run out"),
        Err(error) => log::warn!("{what} that have run out could not be forgotten: {error}"),
    }
}
