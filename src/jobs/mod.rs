//! What happens without a request.

pub mod publish_due;

use std::sync::Arc;
use std::time::Duration;

use crate::app::App;
use crate::domain::accounts::sessions;

/// How often what has run out is forgotten.
const EVERY: Duration = Duration::from_secs(60 * 60);

/// Forgets sign-ins that have run out, now and then, as long as the program runs.
pub async fn prune(app: Arc<App>) {
    loop {
        match app.database.connection().await {
            Ok(mut conn) => match sessions::prune(&mut conn, app.clock.now()).await {
                Ok(forgotten) => log::debug!("{forgotten} sign-ins had run out"),
                Err(error) => log::warn!("sign-ins that have run out could not be forgotten: {error}"),
            },
            Err(error) => log::warn!("sign-ins that have run out could not be forgotten: {error}"),
        }
        tokio::time::sleep(EVERY).await;
    }
}
