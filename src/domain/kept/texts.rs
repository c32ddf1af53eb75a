//! Kept texts: what arrived and is in no revision. They come back to the person whose page sent them,
//! or to an administrator.

use diesel::dsl::{count_star, sql};
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel_async::{AsyncConnection as _, RunQueryDsl};
use jiff::{SignedDuration, Timestamp};
use jiff_diesel::ToDiesel as _;

use super::tokens::{self, Token};
use super::{Sent, Target};
use crate::domain::audit::{self, About, Verb};
use crate::domain::ids::{KeptId, StatementId, UserId};
use crate::domain::outcome::Refused;
use crate::domain::policy::{Action, Actor, may};
use crate::i18n::Locale;
use crate::infra::db::Connection;
use crate::infra::db::columns::LocaleColumn;
use crate::infra::db::schema::{kept_texts, users};

/// How many texts of one page are kept within a minute.
pub const MOST_A_MINUTE: i64 = 30;
/// How many bytes of one page are kept.
pub const MOST_OF_A_PAGE: i64 = 24 * 1024 * 1024;
/// How many bytes of one person are kept.
pub const MOST_OF_A_PERSON: i64 = 192 * 1024 * 1024;
/// How long a text waits for somebody to look at it: ninety days.
const WAITS: SignedDuration = SignedDuration::from_hours(90 * 24);
/// How long one can still be read that was settled: thirty days.
const SETTLED: SignedDuration = SignedDuration::from_hours(30 * 24);

crate::words_enum! {
    /// How a kept text was settled.
    Settled {
        /// The same page was saved later.
        Saved = "saved",
        /// It was taken over into a draft.
        TakenOver = "taken-over",
        /// Nobody needs it.
        PutAside = "put-aside",
    }
}

/// What arrived, and from which page.
pub struct Arrival<'a> {
    /// The page.
    pub token: &'a Token,
    /// The form as it came.
    pub form: &'a [u8],
    /// The digest of what a person can have typed in it.
    pub form_digest: Vec<u8>,
    /// The headline in it, to know it by.
    pub title: &'a str,
}

/// What became of something that arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// It is kept.
    Kept(KeptId),
    /// This page has sent too much, or too often.
    TooMuch,
}

/// Keeps what arrived. The same words again are not kept twice.
pub async fn keep(conn: &mut Connection, arrival: &Arrival<'_>, now: Timestamp) -> QueryResult<Keeping> {
    conn.transaction(async |conn| {
        let page = &arrival.token.token_digest;
        tokens::lock(conn, page).await?;
        let waiting = kept_texts::table.filter(kept_texts::settled_at.is_null());
        let last: Option<(KeptId, Vec<u8>)> = waiting
            .filter(kept_texts::token_digest.eq(page))
            .order((kept_texts::kept_at.desc(), kept_texts::id.desc()))
            .select((kept_texts::id, kept_texts::form_digest))
            .first(conn)
            .await
            .optional()?;
        if let Some((id, _)) = last.filter(|(_, digest)| *digest == arrival.form_digest) {
            return Ok(Keeping::Kept(id));
        }
        let size = || sql::<BigInt>("coalesce(sum(octet_length(form)), 0)");
        let a_minute_ago = now.saturating_sub(SignedDuration::from_mins(1)).unwrap_or(Timestamp::MIN);
        let lately: i64 = kept_texts::table
            .filter(kept_texts::token_digest.eq(page))
            .filter(kept_texts::kept_at.gt(a_minute_ago.to_diesel()))
            .select(count_star())
            .first(conn)
            .await?;
        let of_page: i64 =
            kept_texts::table.filter(kept_texts::token_digest.eq(page)).select(size()).first(conn).await?;
        let of_person: i64 = kept_texts::table
            .filter(kept_texts::user_id.eq(arrival.token.user_id))
            .select(size())
            .first(conn)
            .await?;
        let more = i64::try_from(arrival.form.len()).unwrap_or(i64::MAX);
        let full = |taken: i64, most: i64| taken.saturating_add(more) > most;
        if lately >= MOST_A_MINUTE || full(of_page, MOST_OF_A_PAGE) || full(of_person, MOST_OF_A_PERSON) {
            return Ok(Keeping::TooMuch);
        }
        let target = arrival.token.target();
        let id = diesel::insert_into(kept_texts::table)
            .values((
                kept_texts::token_digest.eq(page),
                kept_texts::user_id.eq(arrival.token.user_id),
                kept_texts::statement_id.eq(target.map(|(statement, _)| statement)),
                kept_texts::locale.eq(target.map(|(_, locale)| LocaleColumn(locale))),
                kept_texts::title.eq(arrival.title),
                kept_texts::form.eq(arrival.form),
                kept_texts::form_digest.eq(&arrival.form_digest),
                kept_texts::kept_at.eq(now.to_diesel()),
            ))
            .returning(kept_texts::id)
            .get_result(conn)
            .await?;
        Ok(Keeping::Kept(id))
    })
    .await
}

/// Settles what was kept, in the transaction of the save that made it a revision: the arrival itself
/// is not needed any more, what the same page sent before it is settled, and so is what was taken over.
pub async fn settle(
    conn: &mut Connection,
    actor: Actor,
    sent: &Sent,
    about: About,
    now: Timestamp,
) -> Result<(), Refused> {
    if let Some(id) = sent.kept {
        diesel::delete(kept_texts::table.find(id)).execute(conn).await?;
    }
    let earlier = kept_texts::table.filter(kept_texts::token_digest.eq(&sent.token));
    diesel::update(earlier.filter(kept_texts::settled_at.is_null()))
        .set((kept_texts::settled_at.eq(now.to_diesel()), kept_texts::settled_as.eq(Settled::Saved)))
        .execute(conn)
        .await?;
    if let Some(id) = sent.took_over {
        end(conn, actor, id, Settled::TakenOver, Some(about), now).await?;
    }
    Ok(())
}

/// Puts a kept text aside: it is not offered again, and forgotten after thirty days.
pub async fn put_aside(
    conn: &mut Connection,
    actor: Actor,
    id: KeptId,
    now: Timestamp,
) -> Result<(), Refused> {
    conn.transaction(async |conn| end(conn, actor, id, Settled::PutAside, None, now).await).await
}

/// Settles a kept text with what the same page sent before it. One that is settled stays as it is.
async fn end(
    conn: &mut Connection,
    actor: Actor,
    id: KeptId,
    how: Settled,
    about: Option<About>,
    now: Timestamp,
) -> Result<(), Refused> {
    let text = one(conn, actor, id).await?;
    let of_page = kept_texts::table.filter(kept_texts::token_digest.eq(&text.token_digest));
    let settled =
        diesel::update(of_page.filter(kept_texts::id.le(id)).filter(kept_texts::settled_at.is_null()))
            .set((kept_texts::settled_at.eq(now.to_diesel()), kept_texts::settled_as.eq(how)))
            .execute(conn)
            .await?;
    if settled > 0 {
        let verb = if how == Settled::TakenOver { Verb::KeptTextTakenOver } else { Verb::KeptTextPutAside };
        let about = about.unwrap_or_else(|| text.about());
        audit::record(conn, actor, now, verb, About { user_id: Some(text.user_id), ..about }).await?;
    }
    Ok(())
}

/// A kept text, without its words.
#[derive(Clone, Debug, HasQuery)]
#[diesel(table_name = kept_texts, base_query = kept_texts::table.inner_join(users::table))]
pub struct KeptText {
    /// The id.
    pub id: KeptId,
    token_digest: Vec<u8>,
    /// Whose page it came from.
    pub user_id: UserId,
    #[diesel(select_expression = users::name)]
    /// What the others call them.
    pub by: String,
    #[diesel(select_expression = users::revoked_at.is_not_null())]
    /// Whether they can no longer sign in.
    pub is_revoked: bool,
    statement_id: Option<StatementId>,
    locale: Option<LocaleColumn>,
    /// The headline in it.
    pub title: String,
    #[diesel(deserialize_as = jiff_diesel::Timestamp)]
    /// When it arrived.
    pub kept_at: Timestamp,
    /// How it was settled; `None` while it waits.
    pub settled_as: Option<Settled>,
}

impl KeptText {
    /// The text that it belongs to; `None` where it would have begun a statement.
    pub fn target(&self) -> Target {
        self.statement_id.zip(self.locale.map(Locale::from))
    }

    fn about(&self) -> About {
        About { statement_id: self.statement_id, user_id: Some(self.user_id), ..About::default() }
    }
}

/// The newest kept text of each page, oldest page last.
fn newest_of_each_page(mut texts: Vec<KeptText>) -> Vec<KeptText> {
    let mut seen = std::collections::HashSet::new();
    texts.retain(|text| seen.insert(text.token_digest.clone()));
    texts
}

/// How many rows a list looks at.
const LIST: i64 = 200;

/// What waits for a person, the newest of each page.
pub async fn waiting_for(conn: &mut Connection, user: UserId) -> QueryResult<Vec<KeptText>> {
    let texts = KeptText::query()
        .filter(kept_texts::user_id.eq(user))
        .filter(kept_texts::settled_at.is_null())
        .order((kept_texts::kept_at.desc(), kept_texts::id.desc()))
        .limit(LIST)
        .load(conn)
        .await?;
    Ok(newest_of_each_page(texts))
}

/// All that is kept, of everybody: what waits first.
pub async fn all(conn: &mut Connection, actor: Actor) -> Result<Vec<KeptText>, Refused> {
    may(actor, Action::ReadKeptTexts { of: None })?;
    let texts = KeptText::query()
        .order((kept_texts::settled_at.is_not_null(), kept_texts::kept_at.desc(), kept_texts::id.desc()))
        .limit(LIST)
        .load(conn)
        .await?;
    Ok(newest_of_each_page(texts))
}

/// What was settled of a person's, as long as it can still be read.
pub async fn settled_of(conn: &mut Connection, user: UserId) -> QueryResult<Vec<KeptText>> {
    KeptText::query()
        .filter(kept_texts::user_id.eq(user))
        .filter(kept_texts::settled_at.is_not_null())
        .order((kept_texts::kept_at.desc(), kept_texts::id.desc()))
        .limit(50)
        .load(conn)
        .await
}

/// One kept text, for whoever may read it.
pub async fn one(conn: &mut Connection, actor: Actor, id: KeptId) -> Result<KeptText, Refused> {
    let text: Option<KeptText> =
        KeptText::query().filter(kept_texts::id.eq(id)).first(conn).await.optional()?;
    let text = text.ok_or(Refused::NotFound)?;
    may(actor, Action::ReadKeptTexts { of: Some(text.user_id) })?;
    Ok(text)
}

/// Its form as it came. When it is somebody else's, the log remembers who read it.
pub async fn open(
    conn: &mut Connection,
    actor: Actor,
    text: &KeptText,
    now: Timestamp,
) -> Result<Vec<u8>, Refused> {
    may(actor, Action::ReadKeptTexts { of: Some(text.user_id) })?;
    if actor.user != Some(text.user_id) {
        audit::record(conn, actor, now, Verb::KeptTextOpened, text.about()).await?;
    }
    Ok(kept_texts::table.find(text.id).select(kept_texts::form).first(conn).await?)
}

/// Forgets what was settled long ago, and what nobody looked at for very long.
pub async fn prune(conn: &mut Connection, now: Timestamp) -> QueryResult<usize> {
    let before = |span: SignedDuration| now.saturating_sub(span).unwrap_or(Timestamp::MIN).to_diesel();
    let old = kept_texts::settled_at.lt(before(SETTLED)).or(kept_texts::kept_at.lt(before(WAITS)));
    diesel::delete(kept_texts::table.filter(old.assume_not_null())).execute(conn).await
}
