//! Links by which somebody outside reads a draft: the desk makes them, sees how often they were opened, and
//! takes them back.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;
use jiff::Timestamp;

use super::desk::{Desk, Room};
use super::statements::found;
use crate::domain::ids::{PreviewLinkId, RevisionId};
use crate::domain::outcome::{Problems, Refused};
use crate::domain::policy::{Action, may};
use crate::domain::statements::commands::{self, Life, NewPreviewLink};
use crate::domain::statements::desk as desk_queries;
use crate::domain::statements::previews::{self, PreviewLink};
use crate::domain::statements::store::{self, Statement};
use crate::i18n::Locale;
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::form::Fields;
use crate::web::page::{html, see_other};
use crate::web::urls;

#[derive(Template)]
#[template(path = "admin/preview_links.html")]
struct LinksPage {
    desk: Desk,
    statement: Statement,
    locale: Locale,
    links: Vec<PreviewLink>,
    /// The save that a new link would show, and when and by whom it was made.
    revision: Option<(RevisionId, String, Timestamp)>,
    label: String,
    life: String,
    /// The link that was made just now: it is shown this once.
    made: Option<String>,
    now: Timestamp,
}

impl LinksPage {
    fn act(&self, act: &str) -> String {
        urls::desk(self.statement.id, self.locale, act)
    }
    fn revocation(&self, link: &PreviewLink) -> String {
        self.act(&format!("preview-links/{}/revocation", link.id))
    }
    fn lives(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        Life::ALL.iter().map(|life| {
            let name = match life {
                Life::Day => "A day",
                Life::Week => "A week",
                Life::Month => "A month",
            };
            (life.as_str(), name)
        })
    }
    fn is_open(&self, link: &PreviewLink) -> bool {
        link.is_open(self.now)
    }
}

/// The links to a text, and the form for another.
pub async fn index(editor: Editor, path: Path<(i64, String)>) -> Result<HttpResponse, Error> {
    page(&editor, &path, StatusCode::OK, &Fields::default(), Problems::default(), None).await
}

async fn page(
    editor: &Editor,
    path: &(i64, String),
    status: StatusCode,
    fields: &Fields,
    problems: Problems,
    made: Option<String>,
) -> Result<HttpResponse, Error> {
    let (statement, locale) = found(editor, path).await?;
    may(editor.actor(), Action::Edit { begun_by: statement.created_by })?;
    let mut conn = editor.database.connection().await?;
    let text = store::translation(&mut conn, statement.id, locale).await?.ok_or(Error::NotFound)?;
    let links = previews::of_text(&mut conn, &text).await?;
    let revision = match text.latest_revision_id {
        Some(id) => {
            let (by, at) = desk_queries::saved_by(&mut conn, id).await?;
            Some((id, by.unwrap_or_else(|| "an import".to_owned()), at))
        }
        None => None,
    };
    drop(conn);
    let life = fields.line("life");
    let page = LinksPage {
        desk: Desk::of(editor, Room::Statements).await.with_problems(problems),
        statement,
        locale,
        links,
        revision,
        // A link that was made has taken its label with it.
        label: if made.is_some() { String::new() } else { fields.line("label") },
        life: if life.is_empty() { Life::Week.as_str().to_owned() } else { life },
        made,
        now: editor.clock.now(),
    };
    html(status, &page)
}

/// Makes a link and shows it, this once. Not led on to another page: nothing but the browser may keep it.
pub async fn create(
    editor: Editor,
    path: Path<(i64, String)>,
    fields: Fields,
) -> Result<HttpResponse, Error> {
    let (statement, locale) = found(&editor, &path).await?;
    let Some(life) = Life::parse(&fields.line("life")) else {
        may(editor.actor(), Action::Edit { begun_by: statement.created_by })?;
        let problem = Problems::one("life", "Please choose how long the link opens.");
        return page(&editor, &path, StatusCode::UNPROCESSABLE_ENTITY, &fields, problem, None).await;
    };
    let link = NewPreviewLink {
        statement: statement.id,
        locale,
        revision: fields.line("revision").parse().map(RevisionId).map_err(|_| Error::BadRequest)?,
        life,
        label: fields.line("label"),
    };
    let outcome = {
        let mut conn = editor.database.connection().await?;
        commands::make_preview_link(&mut conn, editor.actor(), link, editor.clock.now()).await
    };
    match outcome {
        Ok(token) => {
            let link = format!("{}{}", editor.base_url.as_str(), urls::preview(&token));
            page(&editor, &path, StatusCode::OK, &fields, Problems::default(), Some(link)).await
        }
        Err(Refused::Invalid(problems)) => {
            page(&editor, &path, StatusCode::UNPROCESSABLE_ENTITY, &fields, problems, None).await
        }
        Err(Refused::Conflict(why)) => {
            page(&editor, &path, StatusCode::CONFLICT, &fields, Problems::one("", why), None).await
        }
        Err(other) => Err(other.into()),
    }
}

/// Takes a link back.
pub async fn destroy(editor: Editor, path: Path<(i64, String, i64)>) -> Result<HttpResponse, Error> {
    let (id, tag, link) = path.into_inner();
    let (statement, locale) = found(&editor, &(id, tag)).await?;
    let mut conn = editor.database.connection().await?;
    let (of, now) = ((statement.id, locale), editor.clock.now());
    let change =
        commands::revoke_preview_link(&mut conn, editor.actor(), of, PreviewLinkId(link), now).await?;
    editor.apply(change);
    editor.say("The link is taken back. It opens nothing any more.");
    Ok(see_other(&urls::desk(statement.id, locale, "preview-links")))
}
