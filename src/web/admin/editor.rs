//! The editor: the form of a text with everything that stands around it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use jiff::Timestamp;

use super::desk::{Desk, Room};
use super::kept::opened::Opened;
use super::labels::{kind_name, standing};
use super::media;
use super::source::Source;
use super::statement_form::Form;
use super::way::{Next, Way};
use super::weight::{Draft, Weight};
use super::went_public::WentPublic;
use crate::domain::ids::TopicId;
use crate::domain::outcome::Problems;
use crate::domain::policy::{Action, may};
use crate::domain::statements::desk as desk_queries;
use crate::domain::statements::draft::Facts;
use crate::domain::statements::notes::NoteKind;
use crate::domain::statements::store::{self, Statement, Translation};
use crate::domain::statements::{IssuedOn, Kind, PublicState};
use crate::domain::topics::{self, Topic};
use crate::i18n::Locale;
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::form::MAX_BYTES;
use crate::web::page::html;
use crate::web::urls::{self, Place};

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
    /// Where the text stands on its way out, and what this person does next.
    way: Way,
    went_public: WentPublic,
    /// Whether the number can still be changed.
    number_is_free: bool,
    is_public_somewhere: bool,
    may_withdraw: bool,
    public: String,
    /// Pictures and files to put into the text.
    media: media::panel::Panel,
    /// What the page of these words weighs; `None` where there are none.
    weight: Option<Weight>,
    /// The page's token, what was kept, who else is here.
    opened: Opened,
    /// The text that this one is made from.
    source: Source,
    /// Whether a program made these words out of those in the other signs.
    is_draft_of_other_signs: bool,
}

impl EditorPage<'_> {
    /// Answers with the editor around a form.
    pub async fn show(
        editor: &Editor,
        status: StatusCode,
        form: Form,
        problems: Problems,
    ) -> Result<HttpResponse, Error> {
        let locale = form.locale;
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
        let way = Way::read(&mut conn, editor, statement.as_ref(), text.as_ref()).await?;
        let went_public =
            WentPublic::read(&mut conn, editor.actor(), statement.as_ref(), text.as_ref()).await?;
        let source = Source::read(&mut conn, statement.as_ref(), &texts, locale, &form.page.beside).await?;
        let media = media::panel::Panel::read(&mut conn, editor.actor()).await?;
        drop(conn);
        let target = form.statement.map(|id| (id, locale));
        let opened = Opened::page(editor, target, form.page.token.clone(), form.page.took_over).await;
        let index = editor.topics().await;
        let desk_facts = statement.as_ref().map_or_else(nothing_known, Statement::facts);
        let draft = Draft {
            statement: form.statement,
            facts: form.facts_or(desk_facts),
            words: &form.words,
            locale,
            original: statement.as_ref().map_or(locale, |statement| statement.original_locale),
            topics: &form.shared.topics,
        };
        let weight = draft.weight(editor).await;
        let page = EditorPage {
            desk: Desk::of(editor, Room::Statements).await.with_problems(problems),
            standing: text
                .as_ref()
                .map_or("Not begun", |text| standing(text.public_state, text.desk_state).0),
            saved: saved.map(|(by, at)| (by.unwrap_or_else(|| "an import".to_owned()), at)),
            tabs: statement.as_ref().map(|statement| tabs(statement, &texts, locale)).unwrap_or_default(),
            picks: picks(&index, &form.shared.topics, locale),
            way,
            went_public,
            number_is_free: texts.iter().all(|text| text.first_published_at.is_none()),
            is_public_somewhere: texts.iter().any(|text| text.public_state == PublicState::Published),
            may_withdraw: may(editor.actor(), Action::Withdraw).is_ok(),
            public: statement.map(|s| Place::Statement(s.number).path(locale)).unwrap_or_default(),
            media,
            weight,
            text,
            locale,
            opened,
            is_draft_of_other_signs: form.page.is_converted,
            source,
            form,
        };
        html(status, &page)
    }

    fn draft_preview(&self) -> String {
        self.form
            .statement
            .map_or_else(|| urls::DRAFT_PREVIEW.to_owned(), |id| urls::desk(id, self.locale, "draft-preview"))
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

/// For a statement that has no facts yet.
fn nothing_known() -> Facts {
    Facts { number: 0, kind: Kind::Statement, issued: IssuedOn::day(jiff::civil::Date::ZERO) }
}

/// A moment as HTML's `datetime` takes it, to the second.
pub fn iso(at: &Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
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
            let words: Vec<&str> = topic.words().collect();
            Pick { topic, chosen: chosen.contains(&topic.id), words: words.join(" ").to_lowercase() }
        })
        .collect();
    picks.sort_by_key(|pick| !pick.chosen);
    picks
}
