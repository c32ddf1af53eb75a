//! The sample record that comes with the program.

use actix_web::HttpResponse;

use crate::domain::statements::commands;
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::page::see_other;
use crate::web::urls;

/// Removes all samples.
pub async fn destroy(editor: Editor) -> Result<HttpResponse, Error> {
    let mut conn = editor.database.connection().await?;
    editor.apply(commands::remove_samples(&mut conn, editor.actor(), editor.clock.now()).await?);
    editor.say("The samples are removed. Their addresses say that they were samples.");
    Ok(see_other(urls::DESK))
}
