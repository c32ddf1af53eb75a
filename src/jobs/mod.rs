//! What happens without a request.

use std::sync::Arc;
use std::time::Duration;

use crate::app::App;
use crate::domain::accounts::{failures, secrets, sessions, throttle};
use crate::domain::kept::{texts, tokens};

/// How often what has run out is forgotten.
const EVERY: Duration = Duration::from_secs(60 * 60);

/// Forgets what has run out, now and then, as long as the program runs.
pub async fn prune(app: Arc<App>) {
    loop {
        if let Err(error) = forget(&app).await {
            log::warn!("what has run out could not be forgotten: {error}");
        }
        tokio::time::sleep(EVERY).await;
    }
}

/// Forgets sign-ins, pages of the editor, kept texts, counted tries and keys that have run out.
async fn forget(app: &App) -> Result<(), Box<dyn std::error::Error>> {
    let (mut conn, now) = (app.database.connection().await?, app.clock.now());
    let forgotten = sessions::prune(&mut conn, now).await?
        + tokens::prune(&mut conn, now).await?
        + texts::prune(&mut conn, now).await?
        + throttle::prune(&mut conn, now).await?
        + failures::prune(&mut conn, now).await?
        + secrets::prune(&mut conn, now).await?;
    log::debug!("{forgotten} rows had run out");
    Ok(())
}
