//! The desk: write, review, publish. Behind a sign-in, never kept by a cache, never linked for readers.

pub mod account;
pub mod audit;
pub mod dashboard;
pub mod desk;
pub mod drafts;
pub mod editor;
pub mod embargo;
pub mod errors;
pub mod factors;
pub mod following;
pub mod gate;
pub mod history;
pub mod kept;
pub mod labels;
pub mod limit;
pub mod media;
pub mod merged_field;
pub mod merging;
pub mod new_password;
pub mod people;
pub mod preview_links;
pub mod paste;
pub mod publication;
pub mod removal;
pub mod review;
pub mod samples;
pub mod saving;
pub mod schedule;
pub mod second_step;
pub mod sessions;
pub mod set_up;
pub mod settings;
pub mod site;
pub mod slow_down;
pub mod statement_form;
pub mod statements;
pub mod topics;
pub mod versions;
pub mod way;
pub mod went_public;
pub mod when;
pub mod weight;

use actix_web::HttpResponse;

use super::extract::Editor;
use super::{page, urls};

/// The door: to the list of statements.
pub async fn home(_: Editor) -> HttpResponse {
    page::see_other(urls::DESK)
}
