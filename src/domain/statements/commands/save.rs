use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as DieselError};
use diesel_async::{AsyncConnection as _, RunQueryDsl};
use jiff::Timestamp;
use jiff_diesel::ToDiesel as _;

use super::{about, next};
use crate::domain::audit::{self, About, Verb};
use crate::domain::ids::{RevisionId, StatementId, TopicId};
use crate::domain::kept::{Sent, texts, tokens};
use crate::domain::outcome::{Change, Problems, Refused};
use crate::domain::policy::{Action, Actor, may};
use crate::domain::statements::draft::{Facts, Words};
use crate::domain::statements::store::{self, Statement, Translation};
use crate::domain::statements::workflow::Move;
use crate::domain::statements::{DeskState, PublicState, desk_words};
use crate::i18n::{Locale, dates};
use crate::infra::db::Connection;
use crate::infra::db::columns::LocaleColumn;
use crate::infra::db::schema::{statements, translations};

/// What an editor hands over.
#[derive(Clone, Debug)]
pub struct Save {
    /// The statement; `None` to begin one.
    pub statement: Option<StatementId>,
    /// The language of the words.
    pub locale: Locale,
    /// The save that the words started from; `None` where there was none.
    pub based_on: Option<RevisionId>,
    /// The facts.
    pub facts: Facts,
    /// The words.
    pub words: Words,
    /// The topics, all of them.
    pub topics: Vec<TopicId>,
    /// Whether it came with the program.
    pub is_sample: bool,
}

/// What became of it.
#[derive(Clone, Copy, Debug)]
pub struct Saved {
    /// The statement.
    pub statement: StatementId,
    /// The save that holds the words: an older one where nothing had changed.
    pub revision: RevisionId,
    /// Where the text stood on its way out, if this save has taken it back to draft.
    pub fell_back_from: Option<DeskState>,
    /// What must be made known.
    pub change: Change,
}

/// Keeps words, facts and topics on the desk, and begins the statement or the translation where there
/// is none. Readers see nothing of it, except topics of a public statement, which take effect at once.
pub async fn save(conn: &mut Connection, actor: Actor, save: Save, now: Timestamp) -> Result<Saved, Refused> {
    problems(&save, now).into_result()?;
    conn.transaction(async |conn| within(conn, actor, &save, false, now).await).await
}

/// As [`save`], sent by a page of the editor. A page for a new statement begins one and no second,
/// however often it is sent; a save whose answer never arrived is not somebody else's; and what was
/// kept when it arrived is settled.
pub async fn save_from_page(
    conn: &mut Connection,
    actor: Actor,
    mut save: Save,
    sent: &Sent,
    now: Timestamp,
) -> Result<Saved, Refused> {
    problems(&save, now).into_result()?;
    conn.transaction(async |conn| {
        let page = tokens::lock(conn, &sent.token).await?.ok_or(Refused::NotFound)?;
        save.statement = save.statement.or_else(|| page.has_begun());
        save.based_on = page.unanswered(sent).or(save.based_on);
        let saved = within(conn, actor, &save, sent.by_itself, now).await?;
        tokens::note(conn, sent, (saved.statement, save.locale), saved.revision).await?;
        let about = About {
            statement_id: Some(saved.statement),
            revision_id: Some(saved.revision),
            ..About::default()
        };
        texts::settle(conn, actor, sent, about, now).await?;
        Ok(saved)
    })
    .await
}

fn problems(save: &Save, now: Timestamp) -> Problems {
    let mut problems = save.words.problems();
    problems.extend(save.facts.problems(dates::of_moment(now)));
    problems
}

async fn within(
    conn: &mut Connection,
    actor: Actor,
    save: &Save,
    by_itself: bool,
    now: Timestamp,
) -> Result<Saved, Refused> {
    let statement = match save.statement {
        Some(id) => store::lock(conn, actor, id).await?,
        None => begin(conn, actor, save, now).await?,
    };
    may(actor, Action::Edit { begun_by: statement.created_by })?;
    let facts_changed = keep_facts(conn, actor, &statement, save.facts, now).await?;
    let translation = match store::translation(conn, statement.id, save.locale).await? {
        Some(translation) => translation,
        None => begin_translation(conn, actor, &statement, save.locale, now).await?,
    };
    if translation.latest_revision_id != save.based_on && !has_words(conn, &translation, &save.words).await? {
        return Err(Refused::Conflict(
            "Somebody saved this text after you opened it. Nothing of yours is lost: both texts are on this page."
                .to_owned(),
        ));
    }
    let kept = Kept { facts_changed, by_itself };
    let revision = keep_words(conn, actor, &translation, &save.words, kept, now).await?;
    // A page that sends by itself never changes what readers see: topics wait for somebody to press Save.
    let change = if by_itself && is_public(conn, &statement).await? {
        Change::Unseen
    } else {
        super::file::file(conn, actor, &statement, &save.topics, now).await?
    };
    if facts_changed {
        // What was approved in the other languages was approved with the facts as they were.
        stop_the_others(conn, actor, &translation, now).await?;
    }
    let after = store::translation(conn, statement.id, save.locale).await?.ok_or(Refused::NotFound)?;
    let stopped = translation.desk_state.names_a_save() && !after.desk_state.names_a_save();
    let fell_back_from = stopped.then_some(translation.desk_state);
    Ok(Saved { statement: statement.id, revision, fell_back_from, change })
}

/// Whether the latest save has these very words: then nobody is in anybody's way.
async fn has_words(conn: &mut Connection, translation: &Translation, words: &Words) -> QueryResult<bool> {
    match translation.latest_revision_id {
        Some(latest) => Ok(store::words(conn, latest).await? == *words),
        None => Ok(false),
    }
}

async fn is_public(conn: &mut Connection, statement: &Statement) -> QueryResult<bool> {
    let texts = store::translations_of(conn, statement.id).await?;
    Ok(texts.iter().any(|text| text.public_state == PublicState::Published))
}

/// The number to offer: one above the highest, samples aside, and free. Above the highest there are only
/// samples, so that no other number has to be looked at.
pub async fn next_number(conn: &mut Connection) -> QueryResult<i64> {
    diesel::select(diesel::dsl::sql::<diesel::sql_types::BigInt>(
        "(with highest as (select coalesce(max(number), 0) as n from statements where not is_sample)
          select min(free.n) from (
              select n + 1 as n from highest union all select number + 1 from statements where is_sample
          ) free, highest
          where free.n > highest.n and not exists (select 1 from statements s where s.number = free.n))",
    ))
    .get_result(conn)
    .await
}

async fn begin(
    conn: &mut Connection,
    actor: Actor,
    save: &Save,
    now: Timestamp,
) -> Result<Statement, Refused> {
    may(actor, Action::Write)?;
    let Facts { number, kind, issued } = save.facts;
    let id: StatementId = diesel::insert_into(statements::table)
        .values((
            statements::number.eq(number),
            statements::kind.eq(kind),
            statements::issued_on.eq(issued.date.to_diesel()),
            statements::issued_precision.eq(issued.precision),
            statements::original_locale.eq(LocaleColumn(save.locale)),
            statements::is_sample.eq(save.is_sample),
            statements::created_by.eq(actor.user),
            statements::created_at.eq(now.to_diesel()),
            statements::touched_at.eq(now.to_diesel()),
        ))
        .returning(statements::id)
        .get_result(conn)
        .await
        .map_err(number_taken)?;
    let about = About { statement_id: Some(id), ..About::default() };
    audit::record(conn, actor, now, Verb::StatementBegun, about).await?;
    store::lock(conn, actor, id).await
}

async fn begin_translation(
    conn: &mut Connection,
    actor: Actor,
    statement: &Statement,
    locale: Locale,
    now: Timestamp,
) -> Result<Translation, Refused> {
    diesel::insert_into(translations::table)
        .values((translations::statement_id.eq(statement.id), translations::locale.eq(LocaleColumn(locale))))
        .execute(conn)
        .await?;
    let translation = store::translation(conn, statement.id, locale).await?.ok_or(Refused::NotFound)?;
    audit::record(conn, actor, now, Verb::TranslationBegun, about(&translation)).await?;
    Ok(translation)
}

/// Keeps the facts; says whether any changed. A number stays for ever once anything went public under it.
async fn keep_facts(
    conn: &mut Connection,
    actor: Actor,
    statement: &Statement,
    facts: Facts,
    now: Timestamp,
) -> Result<bool, Refused> {
    if statement.facts() == facts {
        return Ok(false);
    }
    if statement.number != facts.number {
        let was_public = store::translations_of(conn, statement.id).await?;
        if was_public.iter().any(|t| t.first_published_at.is_some()) {
            return Err(Refused::Invalid(Problems::one(
                "number",
                format!("This statement went public as number {}, and keeps it for ever.", statement.number),
            )));
        }
    }
    diesel::update(statements::table.find(statement.id))
        .set((
            statements::number.eq(facts.number),
            statements::kind.eq(facts.kind),
            statements::issued_on.eq(facts.issued.date.to_diesel()),
            statements::issued_precision.eq(facts.issued.precision),
        ))
        .execute(conn)
        .await
        .map_err(number_taken)?;
    desk_words::keep_all_of(conn, statement.id).await?;
    let about = About { statement_id: Some(statement.id), ..About::default() };
    audit::record(conn, actor, now, Verb::FactsChanged, about).await?;
    Ok(true)
}

/// What a save of words comes with.
#[derive(Clone, Copy)]
pub(super) struct Kept {
    pub(super) facts_changed: bool,
    pub(super) by_itself: bool,
}

pub(super) async fn keep_words(
    conn: &mut Connection,
    actor: Actor,
    translation: &Translation,
    words: &Words,
    kept: Kept,
    now: Timestamp,
) -> Result<RevisionId, Refused> {
    let latest = match translation.latest_revision_id {
        Some(id) if store::words(conn, id).await? == *words => Some(id),
        _ => None,
    };
    if let (Some(unchanged), false) = (latest, kept.facts_changed) {
        return Ok(unchanged);
    }
    next(translation, Move::Save)?;
    let revision = match latest {
        Some(unchanged) => unchanged,
        None => store::append_revision(conn, translation.id, actor.user, words, now).await?,
    };
    after_a_save(conn, actor, translation, now).await?;
    store::touch(conn, translation.statement_id, now).await?;
    // The log has one event for all that a page sends by itself in one sitting, and one for each press of Save.
    if !(kept.by_itself && store::goes_on(conn, revision).await?) {
        let about = About { revision_id: Some(revision), ..about(translation) };
        audit::record(conn, actor, now, Verb::Saved, about).await?;
    }
    Ok(revision)
}

/// Where a save leaves a text. What was on its way out is so no longer: what goes out is exactly what was
/// approved. That this happened stays noted until somebody decides anew.
async fn after_a_save(
    conn: &mut Connection,
    actor: Actor,
    text: &Translation,
    now: Timestamp,
) -> Result<(), Refused> {
    let state = next(text, Move::Save)?;
    if state == text.state() {
        return Ok(());
    }
    store::set_state(conn, text.id, state).await?;
    if text.desk_state.names_a_save() {
        store::fell_back(conn, text.id, text.desk_state).await?;
        let about = About { revision_id: text.submitted_revision_id, ..about(text) };
        audit::record(conn, actor, now, Verb::FellBack, about).await?;
    }
    Ok(())
}

async fn stop_the_others(
    conn: &mut Connection,
    actor: Actor,
    text: &Translation,
    now: Timestamp,
) -> Result<(), Refused> {
    for other in store::translations_of(conn, text.statement_id).await? {
        if other.id != text.id && other.desk_state.names_a_save() {
            after_a_save(conn, actor, &other, now).await?;
        }
    }
    Ok(())
}

fn number_taken(error: DieselError) -> Refused {
    match error {
        DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => {
            Refused::Invalid(Problems::one("number", "Another statement has this number already."))
        }
        other => Refused::Database(other),
    }
}
