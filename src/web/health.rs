//! For whoever watches the program: is it alive, can it serve.

use actix_web::HttpResponse;
use actix_web::web::Data;

use crate::app::App;

/// The program answers.
pub async fn live() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("live\n")
}

/// The program can serve: 503 while the database does not answer.
pub async fn ready(app: Data<App>) -> HttpResponse {
    match app.database.answers().await {
        Ok(()) => HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ready\n"),
        Err(error) => {
            log::warn!("not ready: {error}");
            HttpResponse::ServiceUnavailable()
                .content_type("text/plain; charset=utf-8")
                .body("the database is away\n")
        }
    }
}
