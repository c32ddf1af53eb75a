//! What happens without a request.

use std::sync::Arc;
use std::time::Duration;

use crate::app::App;
use crate::domain::accounts::sessions;
use crate::domain::media;

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

/// How soon the bytes of what was deleted leave the store.
const SWEPT_WITHIN: Duration = Duration::from_secs(60);

/// Deletes the bytes of pictures and files that were deleted, or removed with the last text that showed
/// them, as long as the program runs. Readers get none of them from the moment of the deletion.
pub async fn sweep_media(app: Arc<App>) {
    loop {
        tokio::time::sleep(SWEPT_WITHIN).await;
        let Ok(mut conn) = app.database.connection().await else { continue };
        match media::commands::sweep(&mut conn, &app.blobs, app.clock.now()).await {
            Ok(0) => {}
            Ok(swept) => log::info!("{swept} pictures and files were deleted from the store"),
            Err(error) => log::warn!("deleted pictures and files are still in the store: {error}"),
        }
    }
}
