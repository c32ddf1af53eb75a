//! What the organisation says about itself, in each language: its names and its standing pages.

use diesel::prelude::*;
use diesel_async::{AsyncConnection as _, RunQueryDsl};
use jiff::Timestamp;

use super::audit::{self, About, Verb};
use super::outcome::{Change, Problems, Refused};
use super::policy::{Action, Actor, may};
use crate::i18n::Locale;
use crate::infra::db::Connection;
use crate::infra::db::columns::LocaleColumn;
use crate::infra::db::schema::{site_names, standing_pages};
use crate::text::sanitized::SanitizedHtml;
use crate::text::{digest, markdown};

crate::words_enum! {
    /// The pages that stand outside the record.
    Standing {
        /// Who we are.
        About = "about",
        /// How to reach us.
        Contact = "contact",
        /// Under which terms the texts may be used.
        Reuse = "reuse",
    }
}

/// What the organisation is called in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// In full.
    pub name: String,
    /// Short, for small screens and titles.
    pub short_name: String,
}

/// Everything that the site says about itself in one language, as typed.
#[derive(Clone, Debug)]
pub struct Texts {
    /// The language.
    pub locale: Locale,
    /// The names; empty where the organisation has none in this language.
    pub names: Names,
    /// The Markdown of each standing page that is not empty.
    pub pages: Vec<(Standing, String)>,
}

impl Texts {
    /// The Markdown of a standing page, empty where there is none.
    pub fn page(&self, page: Standing) -> &str {
        self.pages.iter().find(|(known, _)| *known == page).map_or("", |(_, body)| body)
    }
}

/// A standing page as readers get it.
#[derive(Clone, Debug)]
pub struct StandingPage {
    /// Which.
    pub page: Standing,
    /// Its text.
    pub body: SanitizedHtml,
}

/// What every page needs to know of the site in every language.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    names: Vec<(Locale, Names)>,
    pages: Vec<(Locale, Standing)>,
}

impl Outline {
    /// The names in a language; failing that the interface's own word for "on record", and where that is
    /// lacking too, the names in the first language that has any.
    pub fn names(&self, locale: Locale) -> Names {
        self.chosen(locale).map_or_else(
            || {
                let name = locale.words().site_name.plain().into_owned();
                Names { short_name: name.clone(), name }
            },
            |(_, names)| names.clone(),
        )
    }

    /// The language that those names are in.
    pub fn names_in(&self, locale: Locale) -> Locale {
        let word_in = if Self::lacks_word(locale) { Locale::english() } else { locale };
        self.chosen(locale).map_or(word_in, |(of, _)| *of)
    }

    fn chosen(&self, locale: Locale) -> Option<&(Locale, Names)> {
        let own = self.names.iter().find(|(of, _)| *of == locale);
        own.or_else(|| self.names.as_slice().first().filter(|_| Self::lacks_word(locale)))
    }

    fn lacks_word(locale: Locale) -> bool {
        locale.words().site_name.english_in().is_some()
    }

    /// The standing pages that exist in a language.
    pub fn pages(&self, locale: Locale) -> Vec<Standing> {
        let mut pages: Vec<_> =
            self.pages.iter().filter(|(of, _)| *of == locale).map(|(_, page)| *page).collect();
        pages.sort();
        pages
    }

    /// The languages in which a standing page exists.
    pub fn locales_of(&self, page: Standing) -> Vec<Locale> {
        Locale::all().filter(|locale| self.pages.contains(&(*locale, page))).collect()
    }
}

/// Reads the outline: two small queries.
pub async fn outline(conn: &mut Connection) -> QueryResult<Outline> {
    let names: Vec<(String, String, String)> = site_names::table
        .select((site_names::locale, site_names::name, site_names::short_name))
        .load(conn)
        .await?;
    let pages: Vec<(String, Standing)> =
        standing_pages::table.select((standing_pages::locale, standing_pages::slug)).load(conn).await?;
    let mut names: Vec<(Locale, Names)> = names
        .into_iter()
        .filter_map(|(tag, name, short_name)| Some((Locale::parse(&tag)?, Names { name, short_name })))
        .collect();
    names.sort_by_key(|(locale, _)| locale.place());
    Ok(Outline {
        names,
        pages: pages.into_iter().filter_map(|(tag, page)| Some((Locale::parse(&tag)?, page))).collect(),
    })
}

/// A standing page in one language; `None` where it has no text there.
pub async fn page(
    conn: &mut Connection,
    page: Standing,
    locale: Locale,
) -> QueryResult<Option<StandingPage>> {
    let html: Option<String> = standing_pages::table
        .find((page, LocaleColumn(locale)))
        .select(standing_pages::body_html)
        .first(conn)
        .await
        .optional()?;
    Ok(html.map(|html| StandingPage { page, body: SanitizedHtml::from_the_record(html) }))
}

/// Everything as typed, in every language, for the desk's form.
pub async fn texts(conn: &mut Connection) -> QueryResult<Vec<Texts>> {
    let names: Vec<(String, String, String)> = site_names::table
        .select((site_names::locale, site_names::name, site_names::short_name))
        .load(conn)
        .await?;
    let pages: Vec<(String, Standing, String)> = standing_pages::table
        .select((standing_pages::locale, standing_pages::slug, standing_pages::body))
        .load(conn)
        .await?;
    Ok(Locale::all()
        .map(|locale| Texts {
            locale,
            names: names
                .iter()
                .find(|(tag, ..)| tag == locale.tag())
                .map(|(_, name, short_name)| Names { name: name.clone(), short_name: short_name.clone() })
                .unwrap_or_default(),
            pages: pages
                .iter()
                .filter(|(tag, ..)| tag == locale.tag())
                .map(|(_, page, body)| (*page, body.clone()))
                .collect(),
        })
        .collect())
}

/// A short digest of everything as typed: another after each change, whoever made it.
pub fn state(texts: &[Texts]) -> String {
    let written: Vec<_> = texts
        .iter()
        .map(|texts| {
            (
                texts.locale,
                &texts.names,
                Standing::ALL.iter().map(|page| texts.page(*page)).collect::<Vec<_>>(),
            )
        })
        .collect();
    digest::short_hex(format!("{written:?}").as_bytes(), 32)
}

/// Says everything anew, over what stood in this [`state`]; `None`: whatever stands. The organisation has to
/// have a name.
pub async fn update(
    conn: &mut Connection,
    actor: Actor,
    new: &[Texts],
    written_over: Option<&str>,
    now: Timestamp,
) -> Result<Change, Refused> {
    may(actor, Action::KeepSite)?;
    problems(new).into_result()?;
    conn.transaction(async |conn| {
        // Two who save at once come one after the other.
        diesel::sql_query("lock table site_names, standing_pages in share row exclusive mode")
            .execute(conn)
            .await?;
        if let Some(state_then) = written_over
            && state_then != state(&texts(conn).await?)
        {
            return Err(Refused::written_over("the names and pages"));
        }
        for in_one_language in new {
            write(conn, in_one_language).await?;
        }
        audit::record(conn, actor, now, Verb::SiteChanged, About::default()).await?;
        Ok(Change::Site)
    })
    .await
}

/// What keeps these texts from being kept: the organisation has to have a name.
pub fn problems(texts: &[Texts]) -> Problems {
    let mut problems = Problems::default();
    if texts.iter().all(|t| t.names.name.is_empty()) {
        problems.add("name", "Please give the organisation's name in at least one language.");
    }
    if texts.iter().any(|t| t.names.name.chars().count() > 200 || t.names.short_name.chars().count() > 60) {
        problems.add("name", "A name has at most 200 characters, a short name at most 60.");
    }
    problems
}

async fn write(conn: &mut Connection, texts: &Texts) -> QueryResult<()> {
    let locale = LocaleColumn(texts.locale);
    let short_name =
        if texts.names.short_name.is_empty() { &texts.names.name } else { &texts.names.short_name };
    diesel::delete(site_names::table.find(locale)).execute(conn).await?;
    if !texts.names.name.is_empty() {
        diesel::insert_into(site_names::table)
            .values((
                site_names::locale.eq(locale),
                site_names::name.eq(&texts.names.name),
                site_names::short_name.eq(short_name),
            ))
            .execute(conn)
            .await?;
    }
    diesel::delete(standing_pages::table.filter(standing_pages::locale.eq(locale))).execute(conn).await?;
    for (page, body) in texts.pages.iter().filter(|(_, body)| !body.trim().is_empty()) {
        let body_html = markdown::render(body, texts.locale.words().labels());
        diesel::insert_into(standing_pages::table)
            .values((
                standing_pages::slug.eq(page),
                standing_pages::locale.eq(locale),
                standing_pages::body.eq(body),
                standing_pages::body_html.eq(body_html.as_str()),
            ))
            .execute(conn)
            .await?;
    }
    Ok(())
}
