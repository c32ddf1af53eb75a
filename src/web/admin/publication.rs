//! Going public and leaving it: publish, withdraw, reinstate. Each is looked at before it is done.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;

use super::desk::{Desk, Room};
use super::following::Choice;
use super::labels::kind_name;
use super::statements::found;
use super::way::Way;
use super::weight::{Draft, Weight};
use super::when::When;
use crate::domain::ids::RevisionId;
use crate::domain::media::shown;
use crate::domain::outcome::{Change, Problems, Refused};
use crate::domain::policy::{Action, may};
use crate::domain::statements::commands::{self, Publication};
use crate::domain::statements::draft::Words;
use crate::domain::statements::store::{self, Statement, Translation};
use crate::domain::statements::{ChangeKind, DeskState, PublicState};
use crate::i18n::Locale;
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::form::Fields;
use crate::web::page::{html, see_other};
use crate::web::urls::{self, Place};

#[derive(Template)]
#[template(path = "admin/publication.html")]
struct PublicationPage {
    desk: Desk,
    statement: Statement,
    locale: Locale,
    words: Words,
    revision: RevisionId,
    topics: Vec<String>,
    /// The languages that readers have already.
    public: Vec<Locale>,
    change_kind: String,
    change_note: String,
    /// What a translation says it follows.
    follows: Choice,
    /// Whether readers have all of it already.
    nothing_new: bool,
    /// What the page weighs for a reader.
    weight: Option<Weight>,
    plan: Plan,
}

/// What else decides whether and when it goes out.
struct Plan {
    /// Where it stands on its way out.
    way: Way,
    /// The time for which it is to be scheduled.
    when: When,
}

impl PublicationPage {
    fn act(&self, act: &str) -> String {
        urls::desk(self.statement.id, self.locale, act)
    }
    fn kind(&self) -> &'static str {
        kind_name(self.statement.facts().kind)
    }
    fn issued(&self) -> String {
        self.statement.facts().issued.long(Locale::english())
    }
    fn changes(&self) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
        ChangeKind::ALL.iter().map(|kind| {
            let (name, meaning) = match kind {
                ChangeKind::SmallFix => ("Small fix", "Spelling and the like. Readers are not told."),
                ChangeKind::Correction => {
                    ("Correction", "Something was wrong. Readers are told what, with the date.")
                }
                ChangeKind::Update => {
                    ("Update", "Something happened since. Readers are told what, with the date.")
                }
                ChangeKind::Retraction => {
                    ("Retraction", "We no longer stand by it. The text stays, under a notice.")
                }
            };
            (kind.as_str(), name, meaning)
        })
    }
}

/// What is about to go public.
pub async fn new(editor: Editor, path: Path<(i64, String)>) -> Result<HttpResponse, Error> {
    may(editor.actor(), Action::PUBLISH_ANYTHING)?;
    look(&editor, &path, StatusCode::OK, &Fields::default(), None, Problems::default()).await
}

/// The page with what is about to go public. `when`: the time as typed, where one was.
pub(super) async fn look(
    editor: &Editor,
    path: &(i64, String),
    status: StatusCode,
    fields: &Fields,
    when: Option<When>,
    problems: Problems,
) -> Result<HttpResponse, Error> {
    let (statement, locale) = found(editor, path).await?;
    let mut conn = editor.database.connection().await?;
    let texts = store::translations_of(&mut conn, statement.id).await?;
    let text = texts.iter().find(|text| text.locale == locale).ok_or(Error::NotFound)?;
    let revision = text.latest_revision_id.ok_or(Error::NotFound)?;
    let words = store::words(&mut conn, revision).await?;
    let follows = Choice::read(&mut conn, &statement, text, fields).await?;
    let filed = crate::domain::topics::index::of_statement(&mut conn, statement.id).await?;
    let way = Way::read(&mut conn, editor, Some(&statement), Some(text)).await?;
    let scheduled = way.review.schedule.clone();
    let when = match (when, &scheduled) {
        (Some(typed), _) => typed,
        (None, Some(schedule)) => When::chosen(&schedule.moment),
        (None, None) => When::in_zone(&commands::zone_for(&mut conn, editor.actor()).await?),
    };
    let change = scheduled.and_then(|schedule| schedule.change);
    let (kind, note) = change.map_or_else(Default::default, |(kind, note)| (kind.to_string(), note));
    let not_shown = shown::missing(&mut conn, &words.body, locale, editor.actor().minding()).await?;
    drop(conn);
    let topics = editor.topics().await;
    // What is missing is said before anybody presses the button.
    let problems = if problems.is_empty() {
        let mut missing = words.problems_for_publication();
        missing.extend(not_shown);
        missing
    } else {
        problems
    };
    let draft = Draft {
        statement: Some(statement.id),
        facts: statement.facts(),
        words: &words,
        locale,
        original: statement.original_locale,
        topics: &filed,
    };
    let page = PublicationPage {
        weight: draft.weight(editor).await,
        desk: Desk::of(editor, Room::Statements).await.with_problems(problems),
        topics: filed
            .iter()
            .filter_map(|id| topics.get(*id))
            .map(|t| t.name(Locale::english()).to_owned())
            .collect(),
        public: texts.iter().filter(|t| t.public_state == PublicState::Published).map(|t| t.locale).collect(),
        nothing_new: text.desk_state == DeskState::None && text.public_state == PublicState::Published,
        change_kind: if fields.has("change_kind") { fields.line("change_kind") } else { kind },
        change_note: if fields.has("change_note") { fields.paragraphs("change_note") } else { note },
        plan: Plan { way, when },
        follows,
        statement,
        locale,
        words,
        revision,
    };
    html(status, &page)
}

/// Publishes exactly the save that was looked at.
pub async fn create(
    editor: Editor,
    path: Path<(i64, String)>,
    fields: Fields,
) -> Result<HttpResponse, Error> {
    let (statement, locale) = found(&editor, &path).await?;
    let revision = fields.raw("revision").parse().map(RevisionId).map_err(|_| Error::BadRequest)?;
    let change = change(&fields);
    let publication = Publication { statement: statement.id, locale, revision, change, announced: true };
    let outcome = {
        let mut conn = editor.database.connection().await?;
        let follows = Choice::typed(&fields);
        match commands::choose_followed(&mut conn, editor.actor(), statement.id, locale, follows).await {
            Ok(Change::Unseen) => {
                commands::publish(&mut conn, editor.actor(), publication, editor.clock.now()).await
            }
            other => other,
        }
    };
    match outcome {
        Ok(change) => {
            editor.apply(change);
            editor.say(format!("Number {} is public in {} now.", statement.number, locale.own_name()));
            Ok(see_other(&urls::desk(statement.id, locale, "")))
        }
        Err(Refused::Invalid(problems)) => {
            look(&editor, &path, StatusCode::UNPROCESSABLE_ENTITY, &fields, None, problems).await
        }
        // The note stays, and the page shows what would go out now.
        Err(Refused::Conflict(why)) => {
            look(&editor, &path, StatusCode::CONFLICT, &fields, None, Problems::one("", why)).await
        }
        Err(other) => Err(other.into()),
    }
}

/// What a form says of the change, and what it tells readers.
pub(super) fn change(fields: &Fields) -> Option<(ChangeKind, String)> {
    ChangeKind::parse(&fields.line("change_kind")).map(|kind| (kind, fields.paragraphs("change_note")))
}

#[derive(Template)]
#[template(path = "admin/withdrawal.html")]
struct WithdrawalPage {
    desk: Desk,
    statement: Statement,
    locale: Locale,
    title: String,
    reason: String,
}

impl WithdrawalPage {
    fn act(&self, act: &str) -> String {
        urls::desk(self.statement.id, self.locale, act)
    }
    fn public(&self) -> String {
        Place::Statement(self.statement.number).path(self.locale)
    }
}

/// What is about to be taken away.
pub async fn end(editor: Editor, path: Path<(i64, String)>) -> Result<HttpResponse, Error> {
    may(editor.actor(), Action::Withdraw)?;
    ask_why(&editor, &path, String::new(), Problems::default()).await
}

async fn ask_why(
    editor: &Editor,
    path: &(i64, String),
    reason: String,
    problems: Problems,
) -> Result<HttpResponse, Error> {
    let (statement, locale) = found(editor, path).await?;
    let mut conn = editor.database.connection().await?;
    let text: Translation =
        store::translation(&mut conn, statement.id, locale).await?.ok_or(Error::NotFound)?;
    let title = match text.latest_revision_id {
        Some(revision) => store::words(&mut conn, revision).await?.title,
        None => String::new(),
    };
    drop(conn);
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let desk = Desk::of(editor, Room::Statements).await.with_problems(problems);
    html(status, &WithdrawalPage { desk, statement, locale, title, reason })
}

/// Takes a public text away from readers.
pub async fn destroy(
    editor: Editor,
    path: Path<(i64, String)>,
    fields: Fields,
) -> Result<HttpResponse, Error> {
    let (statement, locale) = found(&editor, &path).await?;
    let reason = fields.paragraphs("reason");
    let outcome = {
        let mut conn = editor.database.connection().await?;
        commands::withdraw(&mut conn, editor.actor(), statement.id, locale, &reason, editor.clock.now()).await
    };
    match outcome {
        Ok(change) => {
            editor.apply(change);
            let text = format!("Number {} is withdrawn in {}.", statement.number, locale.own_name());
            editor.say_with_undo(text, urls::desk(statement.id, locale, "reinstatement"));
            Ok(see_other(&urls::desk(statement.id, locale, "")))
        }
        Err(Refused::Invalid(problems)) => ask_why(&editor, &path, reason, problems).await,
        Err(other) => Err(other.into()),
    }
}

/// Gives a withdrawn text back to readers.
pub async fn reinstate(editor: Editor, path: Path<(i64, String)>) -> Result<HttpResponse, Error> {
    let (statement, locale) = found(&editor, &path).await?;
    let mut conn = editor.database.connection().await?;
    let change =
        commands::reinstate(&mut conn, editor.actor(), statement.id, locale, editor.clock.now()).await?;
    editor.apply(change);
    editor.say(format!("Number {} is public in {} again.", statement.number, locale.own_name()));
    Ok(see_other(&urls::desk(statement.id, locale, "")))
}
