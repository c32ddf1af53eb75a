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
    /// What the form was filled in over.
    written_over: String,
    /// What somebody else changed meanwhile.
    differences: Vec<(String, String)>,
}

/// The form.
pub async fn edit(editor: Editor) -> Result<HttpResponse, Error> {
    may(editor.actor(), Action::KeepSite)?;
    let texts = {
        let mut conn = editor.database.connection().await?;
        site::texts(&mut conn).await?
    };
    let written_over = site::state(&texts);
    SitePage::show(&editor, StatusCode::OK, Problems::default(), texts, (written_over, Vec::new())).await
}

/// What was filled in.
pub async fn update(editor: Editor, fields: Fields) -> Result<HttpResponse, Error> {
    may(editor.actor(), Action::KeepSite)?;
    let texts = texts_of(&fields);
    let written_over = fields.line("written_over");
    let over = Some(written_over.as_str()).filter(|state| !state.is_empty());
    let mut conn = editor.database.connection().await?;
    match site::update(&mut conn, editor.actor(), &texts, over, editor.clock.now()).await {
        Ok(change) => {
            editor.apply(change);
            editor.say("The site's names and pages are saved, and readers see them now.");
            Ok(see_other(urls::DESK_SITE))
        }
        Err(Refused::Invalid(problems)) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            SitePage::show(&editor, status, problems, texts, (written_over, Vec::new())).await
        }
        Err(Refused::Conflict(why)) => {
            let today = site::texts(&mut conn).await?;
            let over = (site::state(&today), differences(&texts, &today));
            SitePage::show(&editor, StatusCode::CONFLICT, Problems::one("", why), texts, over).await
        }
        Err(other) => Err(other.into()),
    }
}

impl SitePage {
    async fn show(
        editor: &Editor,
        status: StatusCode,
        problems: Problems,
        texts: Vec<Texts>,
        (written_over, differences): (String, Vec<(String, String)>),
    ) -> Result<HttpResponse, Error> {
        let desk = Desk::of(editor, Room::Site).await.with_problems(problems);
        html(status, &Self { desk, site: SiteForm { texts }, written_over, differences })
    }
}

/// What stands now and is otherwise in the form: a label and the words of today.
fn differences(typed: &[Texts], today: &[Texts]) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for (typed, today) in typed.iter().zip(today) {
        let language = typed.locale.own_name();
        let mut compare = |label: &str, typed: &str, today: &str| {
            if typed != today {
                all.push((format!("{label}, {language}"), today.to_owned()));
            }
        };
        compare("Name", &typed.names.name, &today.names.name);
        // Left empty, it is the name.
        let short = |names: &'_ Names| {
            if names.short_name.is_empty() { names.name.clone() } else { names.short_name.clone() }
        };
        compare("Short name", &short(&typed.names), &short(&today.names));
        for (page, label) in PAGES {
            compare(label, typed.page(page), today.page(page));
        }
    }
    all
}

/// The standing pages, as the form calls them.
pub const PAGES: [(Standing, &str); 3] =
    [(Standing::About, "About"), (Standing::Contact, "Contact"), (Standing::Reuse, "Terms of reuse")];

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
