//! The editor: strings as typed on the way in and out, and one conversion to what the domain trusts.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use jiff::Timestamp;
use jiff::civil::Date;

use super::desk::{Desk, Room};
use super::statements::{kind_name, standing};
use crate::domain::ids::{RevisionId, StatementId, TopicId};
use crate::domain::outcome::Problems;
use crate::domain::policy::{Action, may};
use crate::domain::statements::commands::Save;
use crate::domain::statements::desk::{self as desk_queries, VersionRow};
use crate::domain::statements::draft::{Facts, Words};
use crate::domain::statements::store::{self, Statement, Translation};
use crate::domain::statements::{IssuedOn, Kind, PublicState};
use crate::domain::topics::{self, Topic};
use crate::i18n::{Locale, dates};
use crate::infra::db::{self, Connection};
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::form::Fields;
use crate::web::page::html;
use crate::web::urls::{self, Place};

/// The form, as typed.
#[derive(Clone, Debug)]
pub struct Form {
    /// The statement; `None` for a new one.
    pub statement: Option<StatementId>,
    /// The language.
    pub locale: String,
    /// The save that the words started from.
    based_on: String,
    number: String,
    kind: String,
    issued_on: String,
    words: Words,
    topics: Vec<TopicId>,
}

impl Form {
    /// For a new statement.
    pub fn empty(number: i64, today: Date) -> Self {
        let locale = Locale::default_locale();
        Self {
            statement: None,
            locale: locale.tag().to_owned(),
            based_on: String::new(),
            number: number.to_string(),
            kind: Kind::Statement.to_string(),
            issued_on: dates::day(today, locale),
            words: Words::default(),
            topics: Vec::new(),
        }
    }

    /// As the desk has it.
    pub async fn stored(
        conn: &mut Connection,
        statement: &Statement,
        locale: Locale,
    ) -> Result<Self, db::Error> {
        let translation = store::translation(conn, statement.id, locale).await?;
        let revision = translation.and_then(|t| t.latest_revision_id);
        let words = match revision {
            Some(revision) => store::words(conn, revision).await?,
            None => Words::default(),
        };
        let facts = statement.facts();
        Ok(Self {
            statement: Some(statement.id),
            locale: locale.tag().to_owned(),
            based_on: revision.map(|id| id.to_string()).unwrap_or_default(),
            number: facts.number.to_string(),
            kind: facts.kind.to_string(),
            issued_on: facts.issued.long(Locale::default_locale()),
            words,
            topics: topics::index::of_statement(conn, statement.id).await?,
        })
    }

    /// As somebody filled it in.
    pub fn typed(
        statement: Option<&Statement>,
        locale: Option<Locale>,
        fields: &Fields,
    ) -> Result<Self, Error> {
        let locale = locale.or_else(|| Locale::parse(&fields.line("locale"))).ok_or(Error::BadRequest)?;
        Ok(Self {
            statement: statement.map(|s| s.id),
            locale: locale.tag().to_owned(),
            based_on: fields.line("based_on"),
            number: fields.line("number"),
            kind: fields.line("kind"),
            issued_on: fields.line("issued_on"),
            words: Words::typed(
                fields.raw("title"),
                fields.raw("summary"),
                fields.raw("body"),
                fields.raw("sign_off"),
                fields.raw("credit"),
            ),
            topics: fields.all("topics").filter_map(|id| id.parse().ok()).map(TopicId).collect(),
        })
    }

    /// The same words, on top of another save.
    pub fn based_on(self, revision: RevisionId) -> Self {
        Self { based_on: revision.to_string(), ..self }
    }

    /// What the domain trusts; or what has to be mended, all of it at once.
    pub fn to_save(&self) -> Result<Save, Problems> {
        let mut problems = Problems::default();
        let number = self.number.parse();
        if number.is_err() {
            problems.add("number", "A number has digits only, such as 2800.");
        }
        let kind = Kind::parse(&self.kind);
        if kind.is_none() {
            problems.add("kind", "Please choose what sort of text this is.");
        }
        let issued = IssuedOn::parse(&self.issued_on);
        if issued.is_none() {
            problems.add(
                "issued_on",
                "Please write a day (November 16, 1997 or 1997-11-16), a month (November 1997) or a year (1997).",
            );
        }
        problems.extend(self.words.problems());
        match (number, kind, issued, Locale::parse(&self.locale)) {
            (Ok(number), Some(kind), Some(issued), Some(locale)) if problems.is_empty() => Ok(Save {
                statement: self.statement,
                locale,
                based_on: self.based_on.parse().ok().map(RevisionId),
                facts: Facts { number, kind, issued },
                words: self.words.clone(),
                topics: self.topics.clone(),
                is_sample: false,
            }),
            _ => Err(problems),
        }
    }
}

/// What somebody else saved meanwhile.
pub struct Theirs {
    /// Their save.
    pub revision: RevisionId,
    by: String,
    at: Timestamp,
    words: Words,
    why: String,
}

impl Theirs {
    /// Reads the latest save of a text.
    pub async fn read(
        conn: &mut Connection,
        statement: StatementId,
        locale: Locale,
        why: &str,
    ) -> Result<Option<Self>, db::Error> {
        let translation = store::translation(conn, statement, locale).await?;
        let Some(revision) = translation.and_then(|t| t.latest_revision_id) else { return Ok(None) };
        let (by, at) = desk_queries::saved_by(conn, revision).await?;
        let by = by.unwrap_or_else(|| "an import".to_owned());
        Ok(Some(Self { revision, by, at, words: store::words(conn, revision).await?, why: why.to_owned() }))
    }
}

/// A language of the statement, as a tab.
pub struct Tab {
    locale: Locale,
    path: String,
    is_here: bool,
    is_original: bool,
    standing: &'static str,
}

/// A topic in the picker.
pub struct Pick<'a> {
    topic: &'a Topic,
    chosen: bool,
    /// Everything that somebody may type to find it.
    words: String,
}

#[derive(Template)]
#[template(path = "admin/editor.html")]
/// The page.
pub struct EditorPage<'a> {
    desk: Desk,
    form: Form,
    locale: Locale,
    /// The text, once it was saved.
    text: Option<Translation>,
    standing: &'static str,
    saved: Option<(String, Timestamp)>,
    tabs: Vec<Tab>,
    picks: Vec<Pick<'a>>,
    versions: Vec<VersionRow>,
    theirs: Option<Theirs>,
    /// Whether the number can still be changed.
    number_is_free: bool,
    is_public_somewhere: bool,
    may_publish: bool,
    public: String,
}

impl EditorPage<'_> {
    /// Answers with the editor around a form.
    pub async fn show(
        editor: &Editor,
        status: StatusCode,
        form: Form,
        problems: Problems,
        theirs: Option<Theirs>,
    ) -> Result<HttpResponse, Error> {
        let locale = Locale::parse(&form.locale).ok_or(Error::NotFound)?;
        let mut conn = editor.database.connection().await?;
        let statement = match form.statement {
            Some(id) => store::statement(&mut conn, id).await?,
            None => None,
        };
        let texts = match &statement {
            Some(statement) => store::translations_of(&mut conn, statement.id).await?,
            None => Vec::new(),
        };
        let text = texts.iter().find(|text| text.locale == locale).cloned();
        let saved = match text.as_ref().and_then(|text| text.latest_revision_id) {
            Some(revision) => Some(desk_queries::saved_by(&mut conn, revision).await?),
            None => None,
        };
        let versions = match &text {
            Some(text) => desk_queries::versions_of(&mut conn, text.id).await?,
            None => Vec::new(),
        };
        drop(conn);
        let index = editor.topics().await;
        let page = EditorPage {
            desk: Desk::of(editor, Room::Statements).await.with_problems(problems),
            standing: text
                .as_ref()
                .map_or("Not begun", |text| standing(text.public_state, text.desk_state).0),
            saved: saved.map(|(by, at)| (by.unwrap_or_else(|| "an import".to_owned()), at)),
            tabs: statement.as_ref().map(|statement| tabs(statement, &texts, locale)).unwrap_or_default(),
            picks: picks(&index, &form.topics, locale),
            versions,
            theirs,
            number_is_free: texts.iter().all(|text| text.first_published_at.is_none()),
            is_public_somewhere: texts.iter().any(|text| text.public_state == PublicState::Published),
            may_publish: may(editor.actor(), Action::Publish).is_ok(),
            public: statement.map(|s| Place::Statement(s.number).path(locale)).unwrap_or_default(),
            text,
            locale,
            form,
        };
        html(status, &page)
    }

    fn action(&self) -> String {
        self.form.statement.map_or_else(|| urls::DESK.to_owned(), |id| urls::desk(id, self.locale, ""))
    }

    fn act(&self, act: &str) -> String {
        self.form.statement.map_or_else(String::new, |id| urls::desk(id, self.locale, act))
    }

    fn is(&self, public: &str, desk: &str) -> bool {
        self.text.as_ref().is_some_and(|text| {
            text.public_state.as_str() == public && (desk.is_empty() || text.desk_state.as_str() == desk)
        })
    }

    fn kinds(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        Kind::ALL.iter().map(|kind| (kind.as_str(), kind_name(*kind)))
    }

    fn chosen(&self) -> usize {
        self.picks.iter().filter(|pick| pick.chosen).count()
    }
}

/// A moment as the page says it before the script puts it into the reader's own time.
pub fn moment(at: &Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

fn tabs(statement: &Statement, texts: &[Translation], here: Locale) -> Vec<Tab> {
    Locale::all()
        .map(|locale| Tab {
            locale,
            path: urls::desk(statement.id, locale, ""),
            is_here: locale == here,
            is_original: locale == statement.original_locale,
            standing: texts
                .iter()
                .find(|text| text.locale == locale)
                .map_or("Not begun", |text| standing(text.public_state, text.desk_state).0),
        })
        .collect()
}

/// All topics, the chosen ones first, each with all its names to be found by.
fn picks<'a>(index: &'a topics::Index, chosen: &[TopicId], locale: Locale) -> Vec<Pick<'a>> {
    let mut picks: Vec<Pick<'a>> = index
        .in_order(locale)
        .map(|topic| {
            let names = topic.names.iter().map(|named| named.name.as_str());
            let words: Vec<&str> = names.chain(topic.aliases.iter().map(String::as_str)).collect();
            Pick { topic, chosen: chosen.contains(&topic.id), words: words.join(" ").to_lowercase() }
        })
        .collect();
    picks.sort_by_key(|pick| !pick.chosen);
    picks
}
