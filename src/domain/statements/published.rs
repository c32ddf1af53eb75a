//! What readers meet. A [`PublishedStatement`] exists only where the one query below found a text that
//! is public now; pages for readers can be given nothing else.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use jiff::Timestamp;
use jiff::civil::Date;

use super::{IssuedOn, Kind, Precision, PublicState};
use crate::domain::ids::{StatementId, TopicId, TranslationId};
use crate::i18n::Locale;
use crate::infra::db::Connection;
use crate::infra::db::columns::LocaleColumn;
use crate::infra::db::schema::{
    revision_texts, statement_topics, statements, topic_names, topic_slugs, translations, versions,
};
use crate::text::sanitized::SanitizedHtml;

/// A text that is public now. Only this module can make one.
#[derive(Clone, Debug, HasQuery)]
#[diesel(
    table_name = translations,
    base_query = translations::table
        .inner_join(statements::table)
        .inner_join(versions::table.on(versions::id.nullable().eq(translations::live_version_id)))
        .inner_join(revision_texts::table.on(revision_texts::revision_id.eq(versions::revision_id)))
)]
pub struct PublishedStatement {
    #[diesel(select_expression = translations::statement_id)]
    statement_id: StatementId,
    #[diesel(select_expression = translations::id)]
    translation_id: TranslationId,
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

impl PublishedStatement {
    /// The statement it is a text of.
    pub fn statement_id(&self) -> StatementId {
        self.statement_id
    }
    /// The text in this language.
    pub(super) fn translation_id(&self) -> TranslationId {
        self.translation_id
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
    /// When this version went public.
    pub fn published_at(&self) -> Timestamp {
        self.published_at
    }
    /// What sort of text it is.
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

/// What stands at the address of a statement.
#[derive(Clone, Debug)]
pub enum Found {
    /// The text.
    Here(Box<PublishedStatement>),
    /// It was taken away, and we say so.
    Gone(Gone),
    /// It is public, but not in this language.
    Elsewhere(Vec<Locale>),
    /// Nothing that anyone but the desk knows of.
    Nothing,
}

/// What readers learn of a text that was taken away.
#[derive(Clone, Debug)]
pub struct Gone {
    /// The public number.
    pub number: i64,
    /// Title and date of a withdrawn text; `None` once it was removed.
    pub withdrawn: Option<(String, IssuedOn)>,
    /// The day of it.
    pub gone_on: Option<Date>,
    /// Why.
    pub reason: String,
    /// The languages in which the statement is public all the same.
    pub elsewhere: Vec<Locale>,
}

/// What a reader finds at a number and language: one query where the text is public, two where not.
pub async fn by_number(conn: &mut Connection, number: i64, locale: Locale) -> QueryResult<Found> {
    let here = PublishedStatement::query()
        .filter(translations::public_state.eq(PublicState::Published))
        .filter(statements::number.eq(number))
        .filter(translations::locale.eq(LocaleColumn(locale)))
        .first(conn)
        .await
        .optional()?;
    match here {
        Some(statement) => Ok(Found::Here(Box::new(statement))),
        None => instead(conn, number, locale).await,
    }
}

#[derive(HasQuery)]
#[diesel(
    table_name = translations,
    base_query = translations::table
        .inner_join(statements::table)
        .left_join(versions::table.on(versions::id.nullable().eq(translations::live_version_id)))
        .left_join(revision_texts::table.on(revision_texts::revision_id.eq(versions::revision_id)))
)]
struct OnceHere {
    #[diesel(select_expression = translations::locale)]
    locale: String,
    #[diesel(select_expression = translations::public_state)]
    public_state: PublicState,
    #[diesel(select_expression = translations::gone_on, deserialize_as = jiff_diesel::NullableDate)]
    gone_on: Option<Date>,
    #[diesel(select_expression = translations::gone_reason)]
    gone_reason: String,
    #[diesel(select_expression = versions::issued_on.nullable(), deserialize_as = jiff_diesel::NullableDate)]
    issued_on: Option<Date>,
    #[diesel(select_expression = versions::issued_precision.nullable())]
    issued_precision: Option<Precision>,
    #[diesel(select_expression = revision_texts::title.nullable())]
    title: Option<String>,
}

async fn instead(conn: &mut Connection, number: i64, locale: Locale) -> QueryResult<Found> {
    let rows = OnceHere::query()
        .filter(translations::public_state.ne(PublicState::Never))
        // A sample can be removed before anyone saw it: then there is nothing to say of it.
        .filter(translations::first_published_at.is_not_null())
        .filter(statements::number.eq(number))
        .load(conn)
        .await?;
    let public =
        |tag: &str| rows.iter().any(|row| row.locale == tag && row.public_state == PublicState::Published);
    let elsewhere: Vec<Locale> = locale.others().filter(|other| public(other.tag())).collect();
    let here = rows.into_iter().find(|row| row.locale == locale.tag());
    Ok(match here {
        Some(row) if row.public_state != PublicState::Published => {
            Found::Gone(row.into_gone(number, elsewhere))
        }
        _ if !elsewhere.is_empty() => Found::Elsewhere(elsewhere),
        _ => Found::Nothing,
    })
}

impl OnceHere {
    fn into_gone(self, number: i64, elsewhere: Vec<Locale>) -> Gone {
        let issued = self.issued_on.zip(self.issued_precision);
        let withdrawn = match (self.public_state, self.title, issued) {
            (PublicState::Withdrawn, Some(title), Some((date, precision))) => {
                Some((title, IssuedOn { date, precision }))
            }
            _ => None,
        };
        Gone { number, withdrawn, gone_on: self.gone_on, reason: self.gone_reason, elsewhere }
    }
}

/// A topic as a statement's page links it.
#[derive(Clone, Debug)]
pub struct FiledUnder {
    /// The slug of its address.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// The language of the name: another than the page's where it has none in that.
    pub locale: Locale,
}

/// The topics of a public statement, in the language of its text as far as they have names there.
pub async fn topics_of(
    conn: &mut Connection,
    statement: StatementId,
    locale: Locale,
) -> QueryResult<Vec<FiledUnder>> {
    let rows: Vec<(TopicId, String, String, String)> = statement_topics::table
        .inner_join(
            topic_slugs::table
                .on(topic_slugs::topic_id.eq(statement_topics::topic_id).and(topic_slugs::is_current)),
        )
        .inner_join(topic_names::table.on(topic_names::topic_id.eq(statement_topics::topic_id)))
        .filter(statement_topics::statement_id.eq(statement))
        .select((statement_topics::topic_id, topic_slugs::slug, topic_names::locale, topic_names::name))
        .load(conn)
        .await?;
    let mut chosen: Vec<(TopicId, FiledUnder)> = Vec::new();
    for (id, slug, tag, name) in rows {
        let Some(named_in) = Locale::parse(&tag) else { continue };
        match chosen.iter_mut().find(|(known, _)| *known == id) {
            Some((_, filed)) if named_in == locale => *filed = FiledUnder { slug, name, locale: named_in },
            Some(_) => {}
            None => chosen.push((id, FiledUnder { slug, name, locale: named_in })),
        }
    }
    let mut filed: Vec<FiledUnder> = chosen.into_iter().map(|(_, filed)| filed).collect();
    let order = crate::i18n::order::of(locale);
    filed.sort_by(|one, two| order(&one.name, &two.name));
    Ok(filed)
}
