//! The rows of the record, as the desk and the commands read and write them.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use jiff::{SignedDuration, Timestamp};
use jiff_diesel::ToDiesel as _;

use super::draft::{Facts, Words};
use super::workflow::State;
use super::{ChangeKind, DeskState, IssuedOn, Kind, Precision, PublicState, desk_words, people};
use crate::domain::ids::{RevisionId, StatementId, TranslationId, UserId, VersionId};
use crate::domain::media::shown;
use crate::domain::outcome::Refused;
use crate::domain::policy::Actor;
use crate::domain::zones::{Moment, Zone};
use crate::i18n::Locale;
use crate::infra::db::Connection;
use crate::infra::db::columns::LocaleColumn;
use crate::infra::db::schema::{revision_texts, revisions, statements, translations};
use crate::text::digest;

/// A statement: the facts that all its languages share, as the desk has them.
#[derive(Clone, Debug, HasQuery)]
#[diesel(table_name = statements)]
pub struct Statement {
    /// The id.
    pub id: StatementId,
    /// The public number.
    pub number: i64,
    /// What sort of text it is.
    pub kind: Kind,
    #[diesel(deserialize_as = jiff_diesel::Date)]
    issued_on: jiff::civil::Date,
    issued_precision: Precision,
    #[diesel(deserialize_as = LocaleColumn)]
    /// The language it was written in.
    pub original_locale: Locale,
    /// Whether it came with the program.
    pub is_sample: bool,
    /// Who began it.
    pub created_by: Option<UserId>,
    #[diesel(deserialize_as = jiff_diesel::NullableTimestamp)]
    not_before: Option<Timestamp>,
    not_before_zone: Option<Zone>,
}

impl Statement {
    /// The facts.
    pub fn facts(&self) -> Facts {
        let issued = IssuedOn { date: self.issued_on, precision: self.issued_precision };
        Facts { number: self.number, kind: self.kind, issued }
    }

    /// Before when no text of it may go public, if that was said.
    pub fn embargo(&self) -> Option<Moment> {
        let (at, zone) = (self.not_before?, self.not_before_zone.clone()?);
        Some(Moment { at, zone })
    }
}

/// A statement's text in one language.
#[derive(Clone, Debug, HasQuery)]
#[diesel(table_name = translations)]
pub struct Translation {
    /// The id.
    pub id: TranslationId,
    /// The statement.
    pub statement_id: StatementId,
    #[diesel(deserialize_as = LocaleColumn)]
    /// The language.
    pub locale: Locale,
    /// What readers meet.
    pub public_state: PublicState,
    /// What waits on the desk.
    pub desk_state: DeskState,
    /// The last save.
    pub latest_revision_id: Option<RevisionId>,
    /// The save that is on its way out: in review, approved or scheduled; or that changes were asked of.
    pub submitted_revision_id: Option<RevisionId>,
    /// Who submitted it.
    pub submitted_by: Option<UserId>,
    /// What readers see, or saw before it was withdrawn.
    pub live_version_id: Option<VersionId>,
    #[diesel(deserialize_as = jiff_diesel::NullableTimestamp)]
    /// When it first went public here.
    pub first_published_at: Option<Timestamp>,
}

impl Translation {
    /// Where it stands.
    pub fn state(&self) -> State {
        State { public: self.public_state, desk: self.desk_state }
    }
}

/// The statement with an id, locked until the transaction ends: commands on one statement take turns.
/// For whoever may not see it there is none. Its key stays free, so that a merge of topics may point at
/// the statement without waiting for it.
pub async fn lock(conn: &mut Connection, actor: Actor, id: StatementId) -> Result<Statement, Refused> {
    let found =
        Statement::query().filter(statements::id.eq(id)).for_no_key_update().first(conn).await.optional()?;
    let statement = found.ok_or(Refused::NotFound)?;
    people::judge(conn, actor, &statement).await?;
    Ok(statement)
}

/// The statement with an id.
pub async fn statement(conn: &mut Connection, id: StatementId) -> QueryResult<Option<Statement>> {
    Statement::query().filter(statements::id.eq(id)).first(conn).await.optional()
}

/// The statement with a number.
pub async fn by_number(conn: &mut Connection, number: i64) -> QueryResult<Option<Statement>> {
    Statement::query().filter(statements::number.eq(number)).first(conn).await.optional()
}

/// All texts of a statement, in the order of the languages.
pub async fn translations_of(conn: &mut Connection, id: StatementId) -> QueryResult<Vec<Translation>> {
    let mut found: Vec<Translation> =
        Translation::query().filter(translations::statement_id.eq(id)).load(conn).await?;
    found.sort_by_key(|t| t.locale.place());
    Ok(found)
}

/// The languages that there are texts in, whether the site uses them or not.
pub async fn languages(conn: &mut Connection) -> QueryResult<Vec<Locale>> {
    let tags: Vec<LocaleColumn> = translations::table
        .select(translations::locale)
        .distinct()
        .order(translations::locale)
        .load(conn)
        .await?;
    Ok(tags.into_iter().map(Locale::from).collect())
}

/// The text of a statement in one language.
pub async fn translation(
    conn: &mut Connection,
    id: StatementId,
    locale: Locale,
) -> QueryResult<Option<Translation>> {
    Translation::query()
        .filter(translations::statement_id.eq(id))
        .filter(translations::locale.eq(LocaleColumn(locale)))
        .first(conn)
        .await
        .optional()
}

/// The words of a save.
pub async fn words(conn: &mut Connection, revision: RevisionId) -> QueryResult<Words> {
    let (title, summary, body, sign_off, credit) = revision_texts::table
        .find(revision)
        .select((
            revision_texts::title,
            revision_texts::summary,
            revision_texts::body,
            revision_texts::sign_off,
            revision_texts::credit,
        ))
        .first(conn)
        .await?;
    Ok(Words { title, summary, body, sign_off, credit })
}

/// The salt of a save's words.
pub async fn salt(conn: &mut Connection, revision: RevisionId) -> QueryResult<Vec<u8>> {
    revision_texts::table.find(revision).select(revision_texts::salt).first(conn).await
}

/// Moves a text into a state. What belonged to the state before goes with it: no text has a time to go out
/// that is not scheduled, and none a submission that waits no longer.
pub async fn set_state(conn: &mut Connection, id: TranslationId, state: State) -> QueryResult<()> {
    let rests = matches!(state.desk, DeskState::None | DeskState::Draft);
    let submission = (
        translations::submitted_revision_id.eq(None::<RevisionId>),
        translations::submitted_by.eq(None::<UserId>),
        translations::submitted_at.eq(None::<jiff_diesel::Timestamp>),
        translations::decided_by.eq(None::<UserId>),
        translations::decided_at.eq(None::<jiff_diesel::Timestamp>),
    );
    let schedule = (
        translations::publish_at.eq(None::<jiff_diesel::Timestamp>),
        translations::publish_zone.eq(None::<Zone>),
        translations::publish_change_kind.eq(None::<ChangeKind>),
        translations::publish_change_note.eq(""),
    );
    diesel::update(translations::table.find(id))
        .set((
            translations::public_state.eq(state.public),
            translations::desk_state.eq(state.desk),
            translations::fell_back_from.eq(None::<DeskState>),
            rests.then_some(submission),
            (state.desk != DeskState::Scheduled).then_some(schedule),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// Notes that a text left a state without anybody having decided so. Comes after [`set_state`].
pub async fn fell_back(conn: &mut Connection, id: TranslationId, from: DeskState) -> QueryResult<()> {
    diesel::update(translations::table.find(id))
        .set(translations::fell_back_from.eq(from))
        .execute(conn)
        .await?;
    Ok(())
}

/// Refuses a revision that is none of this text.
pub async fn check_revision(
    conn: &mut Connection,
    text: &Translation,
    revision: RevisionId,
) -> Result<(), Refused> {
    let of_text = revisions::table.find(revision).filter(revisions::translation_id.eq(text.id));
    let is_one: bool = diesel::select(diesel::dsl::exists(of_text)).get_result(conn).await?;
    if is_one { Ok(()) } else { Err(Refused::NotFound) }
}

/// Marks a statement as changed now, which is the order of the desk's list.
pub async fn touch(conn: &mut Connection, id: StatementId, now: Timestamp) -> QueryResult<()> {
    diesel::update(statements::table.find(id))
        .set(statements::touched_at.eq(now.to_diesel()))
        .execute(conn)
        .await?;
    Ok(())
}

/// Saves of one author less than this far apart are one sitting.
const SITTING: SignedDuration = SignedDuration::from_mins(10);

/// Whether a save goes on with a sitting that had begun before it.
pub async fn goes_on(conn: &mut Connection, revision: RevisionId) -> QueryResult<bool> {
    let (translation, sitting, seq): (TranslationId, i32, i32) = revisions::table
        .find(revision)
        .select((revisions::translation_id, revisions::sitting, revisions::seq))
        .first(conn)
        .await?;
    let earlier = revisions::table
        .filter(revisions::translation_id.eq(translation))
        .filter(revisions::sitting.eq(sitting))
        .filter(revisions::seq.lt(seq));
    diesel::select(diesel::dsl::exists(earlier.select(revisions::id))).get_result(conn).await
}

/// Appends a save and makes it the latest.
pub async fn append_revision(
    conn: &mut Connection,
    translation: TranslationId,
    author: Option<UserId>,
    words: &Words,
    now: Timestamp,
) -> Result<RevisionId, Refused> {
    let last: Option<(i32, i32, Option<UserId>, jiff_diesel::Timestamp)> = revisions::table
        .filter(revisions::translation_id.eq(translation))
        .order(revisions::seq.desc())
        .select((revisions::seq, revisions::sitting, revisions::author_id, revisions::created_at))
        .first(conn)
        .await
        .optional()?;
    let (seq, sitting) = match last {
        None => (1, 1),
        Some((seq, sitting, by, at)) => {
            let goes_on = by == author && now.duration_since(at.to_jiff()) < SITTING;
            (seq + 1, if goes_on { sitting } else { sitting + 1 })
        }
    };
    let revision: RevisionId = diesel::insert_into(revisions::table)
        .values((
            revisions::translation_id.eq(translation),
            revisions::seq.eq(seq),
            revisions::author_id.eq(author),
            revisions::sitting.eq(sitting),
            revisions::created_at.eq(now.to_diesel()),
        ))
        .returning(revisions::id)
        .get_result(conn)
        .await?;
    diesel::insert_into(revision_texts::table)
        .values((
            revision_texts::revision_id.eq(revision),
            revision_texts::salt.eq(digest::random::<16>()?.to_vec()),
            revision_texts::title.eq(&words.title),
            revision_texts::summary.eq(&words.summary),
            revision_texts::body.eq(&words.body),
            revision_texts::sign_off.eq(&words.sign_off),
            revision_texts::credit.eq(&words.credit),
        ))
        .execute(conn)
        .await?;
    shown::note_revision(conn, revision, &words.body).await?;
    diesel::update(translations::table.find(translation))
        .set(translations::latest_revision_id.eq(revision))
        .execute(conn)
        .await?;
    desk_words::keep(conn, translation).await?;
    Ok(revision)
}
