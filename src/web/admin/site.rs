//! The site's names and standing pages.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::desk::{Desk, Room};
use crate::domain::outcome::{Problems, Refused};
use crate::domain::policy::{Action, may};
use crate::domain::site::{self, Names, Standing, Texts};
use crate::i18n::Locale;
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::form::Fields;
use crate::web::page::{html, see_other};
use crate::web::urls;

/// The names and pages as the form shows them.
pub struct SiteForm {
    /// In each language.
    pub texts: Vec<Texts>,
}

#[derive(Template)]
#[template(path = "admin/site.html")]
struct SitePage {
    desk: Desk,
    site: SiteForm,
}

/// The form.
pub async fn edit(editor: Editor) -> Result<HttpResponse, Error> {
    may(editor.actor(), Action::KeepSite)?;
    let texts = {
        let mut conn = editor.database.connection().await?;
        site::texts(&mut conn).await?
    };
    form(&editor, texts, Problems::default()).await
}

/// What was filled in.
pub async fn update(editor: Editor, fields: Fields) -> Result<HttpResponse, Error> {
    let texts = texts_of(&fields);
    let mut conn = editor.database.connection().await?;
    match site::update(&mut conn, editor.actor(), &texts, editor.clock.now()).await {
        Ok(change) => {
            editor.apply(change);
            editor.say("The site's names and pages are saved, and readers see them now.");
            Ok(see_other(urls::DESK_SITE))
        }
        Err(Refused::Invalid(problems)) => form(&editor, texts, problems).await,
        Err(other) => Err(other.into()),
    }
}

async fn form(editor: &Editor, texts: Vec<Texts>, problems: Problems) -> Result<HttpResponse, Error> {
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let desk = Desk::of(editor, Room::Site).await.with_problems(problems);
    html(status, &SitePage { desk, site: SiteForm { texts } })
}

/// What a form says of the site, in every language: fields are named `en.name`, `zh-hans.about`.
pub fn texts_of(fields: &Fields) -> Vec<Texts> {
    Locale::all()
        .map(|locale| {
            let named = |field: &str| format!("{}.{field}", locale.path());
            let pages = Standing::ALL.iter().map(|page| (*page, fields.paragraphs(&named(page.as_str()))));
            Texts {
                locale,
                names: Names {
                    name: fields.line(&named("name")),
                    short_name: fields.line(&named("short_name")),
                },
                pages: pages.collect(),
            }
        })
        .collect()
}
