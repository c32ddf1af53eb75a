//! What was said before. A [`PublishedVersion`] exists only where the one query below found a version of
//! a text that is public now, and that is not closed by itself; pages for readers can be given no other.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use jiff::Timestamp;
use jiff::civil::Date;

use super::published::{self, Found, Gone, PublishedStatement};
use super::{ChangeKind, IssuedOn, Kind, Precision, PublicState};
use crate::domain::ids::{StatementId, VersionId};
use crate::i18n::Locale;
use crate::infra::db::Connection;
use crate::infra::db::columns::LocaleColumn;
use crate::infra::db::schema::{closed_versions, revision_texts, statements, translations, versions};
use crate::text::sanitized::SanitizedHtml;

/// A version that readers may have. Only this module can make one.
#[derive(Clone, Debug, HasQuery)]
#[diesel(
    table_name = versions,
    base_query = versions::table
        .inner_join(translations::table.on(translations::id.eq(versions::translation_id)))
        .inner_join(statements::table.on(statements::id.eq(translations::statement_id)))
        .inner_join(revision_texts::table.on(revision_texts::revision_id.eq(versions::revision_id)))
        .left_join(closed_versions::table.on(closed_versions::version_id.eq(versions::id)))
        .filter(closed_versions::version_id.is_null())
)]
pub struct PublishedVersion {
    #[diesel(select_expression = versions::id)]
    id: VersionId,
    #[diesel(select_expression = translations::live_version_id)]
    live_version_id: Option<VersionId>,
    #[diesel(select_expression = statements::id)]
    statement_id: StatementId,
    #[diesel(select_expression = statements::number)]
    number: i64,
    #[diesel(select_expression = statements::original_locale, deserialize_as = LocaleColumn)]
    original_locale: Locale,
    #[diesel(select_expression = statements::is_sample)]
    is_sample: bool,
    #[diesel(select_expression = translations::locale, deserialize_as = LocaleColumn)]
    locale: Locale,
    #[diesel(select_expression = versions::n)]
    n: i32,
    #[diesel(select_expression = versions::kind)]
    kind: Kind,
    #[diesel(select_expression = versions::issued_on, deserialize_as = jiff_diesel::Date)]
    issued_on: Date,
    #[diesel(select_expression = versions::issued_precision)]
    issued_precision: Precision,
    #[diesel(select_expression = versions::published_at, deserialize_as = jiff_diesel::Timestamp)]
    published_at: Timestamp,
    #[diesel(select_expression = revision_texts::title)]
    title: String,
    #[diesel(select_expression = revision_texts::summary)]
    summary: String,
    #[diesel(select_expression = versions::body_html)]
    body_html: String,
    #[diesel(select_expression = revision_texts::sign_off)]
    sign_off: String,
    #[diesel(select_expression = revision_texts::credit)]
    credit: String,
}

impl PublishedVersion {
    pub(super) fn id(&self) -> VersionId {
        self.id
    }
    /// The statement.
    pub fn statement_id(&self) -> StatementId {
        self.statement_id
    }
    /// Whether readers get it at the address of the statement too.
    pub fn is_todays(&self) -> bool {
        self.live_version_id == Some(self.id)
    }
    /// The public number.
    pub fn number(&self) -> i64 {
        self.number
    }
    /// The language of this text.
    pub fn locale(&self) -> Locale {
        self.locale
    }
    /// The language the statement was written in.
    pub fn original_locale(&self) -> Locale {
        self.original_locale
    }
    /// Whether it came with the program.
    pub fn is_sample(&self) -> bool {
        self.is_sample
    }
    /// Which version of the text this is.
    pub fn n(&self) -> i32 {
        self.n
    }
    /// When it went public.
    pub fn published_at(&self) -> Timestamp {
        self.published_at
    }
    /// What sort of text it was then.
    pub fn kind(&self) -> Kind {
        self.kind
    }
    /// The date on it.
    pub fn issued(&self) -> IssuedOn {
        IssuedOn { date: self.issued_on, precision: self.issued_precision }
    }
    /// The headline.
    pub fn title(&self) -> &str {
        &self.title
    }
    /// The sentence that leads it.
    pub fn summary(&self) -> &str {
        &self.summary
    }
    /// The text.
    pub fn body(&self) -> SanitizedHtml {
        SanitizedHtml::from_the_record(self.body_html.clone())
    }
    /// Who signs, in which role then.
    pub fn sign_off(&self) -> &str {
        &self.sign_off
    }
    /// The line for the translator or the source.
    pub fn credit(&self) -> &str {
        &self.credit
    }
}

/// What stands at the address of a version.
#[derive(Clone, Debug)]
pub enum FoundVersion {
    /// The version.
    Here(Box<PublishedVersion>),
    /// It is closed by itself; the text as it is today is public.
    Closed(Line),
    /// The whole text was taken away, and we say so.
    Gone(Gone),
    /// The statement is public, but not in this language.
    Elsewhere(Vec<Locale>),
    /// Nothing.
    Nothing,
}

/// What a reader finds at a number, language and version: one query where the version can be read.
pub async fn by_number(
    conn: &mut Connection,
    number: i64,
    locale: Locale,
    n: i32,
) -> QueryResult<FoundVersion> {
    let here = PublishedVersion::query()
        .filter(translations::public_state.eq(PublicState::Published))
        .filter(statements::number.eq(number))
        .filter(translations::locale.eq(LocaleColumn(locale)))
        .filter(versions::n.eq(n))
        .first(conn)
        .await
        .optional()?;
    if let Some(version) = here {
        return Ok(FoundVersion::Here(Box::new(version)));
    }
    Ok(match published::by_number(conn, number, locale).await? {
        Found::Here(today) => {
            let line = Line::query()
                .filter(versions::translation_id.eq(today.translation_id()))
                .filter(versions::n.eq(n))
                .first(conn)
                .await
                .optional()?;
            line.filter(|line| line.closed().is_some()).map_or(FoundVersion::Nothing, FoundVersion::Closed)
        }
        Found::Gone(gone) if was_there(conn, number, locale, n).await? => FoundVersion::Gone(gone),
        Found::Elsewhere(locales) => FoundVersion::Elsewhere(locales),
        Found::Gone(_) | Found::Nothing => FoundVersion::Nothing,
    })
}

async fn was_there(conn: &mut Connection, number: i64, locale: Locale, n: i32) -> QueryResult<bool> {
    let version = versions::table
        .inner_join(translations::table.on(translations::id.eq(versions::translation_id)))
        .inner_join(statements::table.on(statements::id.eq(translations::statement_id)))
        .filter(statements::number.eq(number))
        .filter(translations::locale.eq(LocaleColumn(locale)))
        .filter(versions::n.eq(n))
        .select(versions::id);
    diesel::select(diesel::dsl::exists(version)).get_result(conn).await
}

/// A version in the list of them: number, date, how it changed. Of a closed one nothing else is told.
#[derive(Clone, Debug, HasQuery)]
#[diesel(
    table_name = versions,
    base_query = versions::table
        .left_join(closed_versions::table.on(closed_versions::version_id.eq(versions::id)))
)]
pub struct Line {
    /// Which.
    #[diesel(select_expression = versions::n)]
    pub n: i32,
    /// When.
    #[diesel(select_expression = versions::published_at, deserialize_as = jiff_diesel::Timestamp)]
    pub published_at: Timestamp,
    /// How it differs from the one before; `None` for the first.
    #[diesel(select_expression = versions::change_kind)]
    pub change: Option<ChangeKind>,
    #[diesel(select_expression = versions::change_note)]
    note: String,
    #[diesel(select_expression = closed_versions::closed_on.nullable(), deserialize_as = jiff_diesel::NullableDate)]
    closed_on: Option<Date>,
    #[diesel(select_expression = closed_versions::reason.nullable())]
    closed_reason: Option<String>,
}

impl Line {
    /// Since when and why it is closed, where it is.
    pub fn closed(&self) -> Option<(Date, &str)> {
        self.closed_on.zip(self.closed_reason.as_deref())
    }

    /// What readers are told of the change; empty where there is nothing to tell, or no longer.
    pub fn note(&self) -> &str {
        if self.closed_on.is_some() { "" } else { &self.note }
    }
}

/// The most lines of one page.
pub const MOST: usize = 100;

/// The versions of a public text, the newest first, and where the list goes on: below this one.
pub async fn list(
    conn: &mut Connection,
    text: &PublishedStatement,
    below: Option<i32>,
) -> QueryResult<(Vec<Line>, Option<i32>)> {
    let mut lines: Vec<Line> = Line::query()
        .filter(versions::translation_id.eq(text.translation_id()))
        .filter(versions::n.lt(below.unwrap_or(i32::MAX)))
        .order(versions::n.desc())
        .limit(MOST as i64 + 1)
        .load(conn)
        .await?;
    let more = lines.len() > MOST;
    lines.truncate(MOST);
    let goes_on = lines.last().filter(|_| more).map(|line| line.n);
    Ok((lines, goes_on))
}
