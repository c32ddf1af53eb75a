//! What waits on the desk, and for whom.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use jiff::Timestamp;

use super::{DeskState, people};
use crate::domain::ids::StatementId;
use crate::domain::policy::Actor;
use crate::domain::zones::{Moment, Zone};
use crate::i18n::Locale;
use crate::infra::db::Connection;
use crate::infra::db::columns::LocaleColumn;
use crate::infra::db::schema::{revision_texts, statements, translations, users};

/// Texts that wait for the same thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pile {
    /// Changes are requested on what this person began or submitted.
    ChangesOnMine,
    /// Something undid what somebody had decided.
    FellBack,
    /// Submitted by others, for those who review.
    ToReview,
    /// Approved, for those who publish.
    ToPublish,
    /// They go out by themselves.
    Scheduled,
    /// Submitted by this person.
    SubmittedByMe,
    /// Drafts that this person began.
    MyDrafts,
}

/// A text that waits.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// The statement.
    pub statement: StatementId,
    /// Its number.
    pub number: i64,
    /// The language.
    pub locale: Locale,
    /// The headline of the latest save.
    pub title: String,
    /// Who submitted it, if anybody did.
    pub submitted_by: Option<String>,
    /// When it was last changed.
    pub touched_at: Timestamp,
    /// When it goes out by itself.
    pub publish: Option<Moment>,
    /// What was undone.
    pub fell_back_from: Option<DeskState>,
}

type Row = (
    StatementId,
    i64,
    LocaleColumn,
    Option<String>,
    Option<String>,
    jiff_diesel::Timestamp,
    jiff_diesel::NullableTimestamp,
    Option<Zone>,
    Option<DeskState>,
);

/// The first texts of a pile that somebody may see, at most so many: the next due first where they go out
/// by themselves, else the last changed first.
pub async fn pile(conn: &mut Connection, actor: Actor, pile: Pile, most: i64) -> QueryResult<Vec<Waiting>> {
    let mut texts = translations::table
        .inner_join(statements::table)
        .left_join(
            revision_texts::table
                .on(revision_texts::revision_id.nullable().eq(translations::latest_revision_id)),
        )
        .left_join(users::table.on(users::id.nullable().eq(translations::submitted_by)))
        .select((
            statements::id,
            statements::number,
            translations::locale,
            revision_texts::title.nullable(),
            users::name.nullable(),
            statements::touched_at,
            translations::publish_at,
            translations::publish_zone,
            translations::fell_back_from,
        ))
        .filter(translations::locale.eq_any(Locale::all().map(LocaleColumn)))
        .limit(most)
        .into_boxed();
    if let Some(person) = actor.minding() {
        texts = texts.filter(people::seen_by(person));
    }
    let is = |state: DeskState| translations::desk_state.eq(state);
    let mine = || statements::created_by.eq(actor.user).or(translations::submitted_by.eq(actor.user));
    texts = match pile {
        Pile::ChangesOnMine => texts.filter(is(DeskState::ChangesRequested)).filter(mine().assume_not_null()),
        Pile::FellBack => texts
            .filter(translations::fell_back_from.is_not_null())
            .filter(translations::desk_state.ne(DeskState::None)),
        Pile::ToReview => texts
            .filter(is(DeskState::InReview))
            .filter(translations::submitted_by.is_distinct_from(actor.user)),
        Pile::ToPublish => texts.filter(is(DeskState::Approved)),
        Pile::Scheduled => texts.filter(is(DeskState::Scheduled)).order(translations::publish_at),
        Pile::SubmittedByMe => {
            texts.filter(is(DeskState::InReview)).filter(translations::submitted_by.eq(actor.user))
        }
        Pile::MyDrafts => texts.filter(is(DeskState::Draft)).filter(statements::created_by.eq(actor.user)),
    };
    let rows: Vec<Row> =
        texts.then_order_by((statements::touched_at.desc(), translations::id.desc())).load(conn).await?;
    Ok(rows
        .into_iter()
        .map(|(statement, number, locale, title, submitted_by, touched_at, at, zone, fell_back_from)| {
            Waiting {
                statement,
                number,
                locale: locale.into(),
                title: title.unwrap_or_default(),
                submitted_by,
                touched_at: touched_at.to_jiff(),
                publish: at.to_jiff().zip(zone).map(|(at, zone)| Moment { at, zone }),
                fell_back_from,
            }
        })
        .collect())
}
