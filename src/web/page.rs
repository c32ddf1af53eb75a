//! What every page for readers has around its content.

use std::borrow::Borrow;
use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use askama::Template;

use super::assets::{SITE, Stylesheet};
use super::error::Error;
use super::urls::Place;
use crate::app::App;
use crate::domain::site::{Names, Standing};
use crate::domain::statements::lists::Period;
use crate::domain::statements::{ChangeKind, IssuedOn, Kind};
use crate::domain::topics::{Index, Topic};
use crate::i18n::{Locale, Phrase, Words, lists, numbers};

/// The part of the site that a page belongs to, marked in the masthead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// The home page.
    Home,
    /// The index of topics, and the topics.
    Topics,
    /// The archive, and the kinds.
    Archive,
    /// The corrections.
    Corrections,
    /// The search.
    Search,
    /// Anything else.
    Elsewhere,
}

/// Masthead, languages, topics and foot. It holds nothing of one request: the same bytes for everyone.
pub struct Layout {
    /// The language of the page.
    pub locale: Locale,
    /// The words of the interface in it.
    pub w: &'static Words,
    /// What the organisation is called in it.
    pub names: Names,
    /// The language of that, where it has no name in this.
    pub names_in: Locale,
    /// The part of the site.
    pub section: Section,
    /// All topics, for the foot.
    pub topics: Arc<Index>,
    /// The standing pages that exist.
    pub standing: Vec<Standing>,
    /// The stylesheet.
    pub stylesheet: Stylesheet,
    /// The page's own address for ever; `None` for a page that is not to be found by search engines.
    pub canonical: Option<String>,
    /// Whether search engines may keep a page that has such an address: not what was said before.
    pub is_kept: bool,
    /// The same page in other languages: `hreflang` and address.
    pub alternates: Vec<(&'static str, String)>,
    /// The languages to go to, and where.
    pub languages: Vec<(Locale, String)>,
}

impl Layout {
    /// The layout of a page that no search engine is to keep: an error, a preview.
    pub async fn unlisted(app: &App, locale: Locale) -> Self {
        let outline = app.outline().await;
        Self {
            locale,
            w: locale.words(),
            names: outline.names(locale),
            names_in: outline.names_in(locale),
            section: Section::Elsewhere,
            topics: app.topics().await,
            standing: outline.pages(locale),
            stylesheet: *SITE,
            canonical: None,
            is_kept: true,
            alternates: Vec::new(),
            languages: locale.others().map(|other| (other, Place::Home.path(other))).collect(),
        }
    }

    /// The layout of a page at its place, which exists in these languages; `original` is the one for
    /// readers of any other.
    pub async fn at(app: &App, locale: Locale, place: &Place, locales: &[Locale], original: Locale) -> Self {
        let address = |locale: Locale| format!("{}{}", app.base_url.as_str(), place.path(locale));
        let mut alternates: Vec<_> = locales.iter().map(|other| (other.tag(), address(*other))).collect();
        let default = locales.iter().find(|other| **other == original).or(locales.first());
        if let Some(default) = default {
            alternates.push(("x-default", address(*default)));
        }
        Self {
            section: match place {
                Place::Home => Section::Home,
                Place::Topics | Place::Topic(..) => Section::Topics,
                Place::Archive(_) | Place::Kind(..) => Section::Archive,
                Place::Statement(_) | Place::Versions(_) | Place::Version(..) => Section::Elsewhere,
                Place::Corrections(_) => Section::Corrections,
                Place::Standing(_) | Place::OpenSearch => Section::Elsewhere,
                Place::Search => Section::Search,
            },
            canonical: Some(address(locale)),
            alternates,
            ..Self::unlisted(app, locale).await.with_languages(locales, place)
        }
    }

    /// With the other languages of a place to go to.
    pub fn with_languages(self, locales: &[Locale], place: &Place) -> Self {
        let others = locales.iter().filter(|other| **other != self.locale);
        let languages = others.map(|other| (*other, place.path(*other))).collect();
        Self { languages, ..self }
    }

    /// The layout of a list, which every language has.
    pub async fn of_list(app: &App, locale: Locale, place: &Place) -> Self {
        let all: Vec<Locale> = Locale::all().collect();
        Self::at(app, locale, place, &all, Locale::default_locale()).await
    }

    /// The path of a place in the language of the page.
    pub fn path(&self, place: &Place) -> String {
        place.path(self.locale)
    }

    /// What one of a kind is called.
    pub fn kind(&self, kind: &Kind) -> Phrase {
        or_slug(self.w.kinds.get(kind.as_str()).map(|words| &words.one), kind.as_str())
    }

    /// What the list of a kind is called.
    pub fn kind_list(&self, kind: &Kind) -> Phrase {
        or_slug(self.w.kinds.get(kind.as_str()).map(|words| &words.list), kind.as_str())
    }

    /// What a standing page is called.
    pub fn standing_name(&self, page: &Standing) -> &Phrase {
        match page {
            Standing::About => &self.w.about,
            Standing::Contact => &self.w.contact,
            Standing::Reuse => &self.w.reuse,
        }
    }

    /// The members of a list, each with what stands before it.
    pub fn joined<'a, T>(&self, members: &'a [T]) -> impl Iterator<Item = (String, &'a T)> {
        lists::joints(members.len(), self.locale).into_iter().zip(members)
    }

    /// A date as the language writes it.
    pub fn date(&self, issued: impl Borrow<IssuedOn>) -> String {
        issued.borrow().long(self.locale)
    }

    /// The topics in the alphabetical order of the language.
    pub fn topics_in_order(&self) -> impl Iterator<Item = &Topic> {
        self.topics.in_order(self.locale)
    }

    /// What a topic is called in the language, or in another where it has no name in this.
    pub fn topic_name<'a>(&self, topic: &'a Topic) -> &'a str {
        topic.name(self.locale)
    }

    /// The language of a topic's name, where it is not the page's own.
    pub fn foreign(&self, topic: &Topic) -> Option<Locale> {
        topic.named(self.locale).map(|named| named.locale).filter(|own| *own != self.locale)
    }

    /// A whole number as the language writes it.
    pub fn count(&self, number: &u64) -> String {
        numbers::whole(*number, self.locale)
    }

    /// The path of the home page.
    pub fn home(&self) -> String {
        self.path(&Place::Home)
    }

    /// The path of the index of topics.
    pub fn topic_index(&self) -> String {
        self.path(&Place::Topics)
    }

    /// The path of the archive.
    pub fn archive(&self) -> String {
        self.path(&Place::Archive(Period::All))
    }

    /// The path of the search.
    pub fn search(&self) -> String {
        self.path(&Place::Search)
    }

    /// The path of what tells a browser how to search here.
    pub fn open_search(&self) -> String {
        self.path(&Place::OpenSearch)
    }

    /// The path of a statement.
    pub fn statement(&self, number: &i64) -> String {
        self.path(&Place::Statement(*number))
    }

    /// The path of the list of a statement's versions.
    pub fn versions(&self, number: &i64) -> String {
        self.path(&Place::Versions(*number))
    }

    /// The path of the corrections.
    pub fn corrections(&self) -> String {
        self.path(&Place::Corrections(Period::All))
    }

    /// What a kind of change is called.
    pub fn change(&self, kind: &ChangeKind) -> Phrase {
        or_slug(self.w.changes.get(kind.as_str()), kind.as_str())
    }

    /// The path of a topic.
    pub fn topic(&self, slug: &str) -> String {
        self.path(&Place::Topic(slug.to_owned(), Period::All))
    }

    /// The path of a standing page.
    pub fn standing_path(&self, page: &Standing) -> String {
        self.path(&Place::Standing(*page))
    }
}

/// A word by a slug; the slug itself where there is none.
fn or_slug(word: Option<&Phrase>, slug: &str) -> Phrase {
    word.map_or_else(|| Phrase::of(slug, Some(Locale::english())), Clone::clone)
}

/// Answers with a page.
pub fn html(status: StatusCode, page: &impl Template) -> Result<HttpResponse, Error> {
    Ok(HttpResponse::build(status)
        .insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"))
        .body(page.render()?))
}

/// Sends the browser on to read another page after something was done.
pub fn see_other(path: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, path)).finish()
}
