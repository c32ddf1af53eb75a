//! The bytes of what was deleted leave the store.

use std::sync::Arc;
use std::time::Duration;

use crate::app::App;
use crate::domain::media;

/// How soon.
const WITHIN: Duration = Duration::from_secs(60);

/// Deletes the bytes of pictures and files that were deleted, or removed with the last text that showed
/// them, as long as the program runs. Readers get none of them from the moment of the deletion.
pub async fn sweep(app: Arc<App>) {
    loop {
        tokio::time::sleep(WITHIN).await;
        let Ok(mut conn) = app.database.connection().await else { continue };
        match media::commands::sweep(&mut conn, &app.blobs, app.clock.now()).await {
            Ok(0) => {}
            Ok(swept) => log::info!("{swept} pictures and files were deleted from the store"),
            Err(error) => log::warn!("deleted pictures and files are still in the store: {error}"),
        }
    }
}
