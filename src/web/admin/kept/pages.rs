//! The texts that were kept: a list of them, one of them, taken over or put aside.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;

use super::arrival::{SENT, TOKEN, TOOK_OVER, UNANSWERED};
use crate::domain::accounts::users::User;
use crate::domain::ids::KeptId;
use crate::domain::kept::texts::{self, KeptText, Settled};
use crate::domain::kept::tokens;
use crate::domain::outcome::Refused;
use crate::domain::policy::{Action, may};
use crate::domain::statements::draft::Words;
use crate::domain::statements::{people, store};
use crate::i18n::Locale;
use crate::infra::db::Connection;
use crate::text::diff::{self, Stretch};
use crate::web::admin::desk::{Desk, Room};
use crate::web::admin::statement_form;
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::form::Fields;
use crate::web::page::{html, see_other};
use crate::web::urls;

/// How many kept texts wait for somebody.
#[derive(Clone, Copy, Debug, Default)]
pub struct Waiting {
    /// Of their own.
    pub mine: usize,
    /// Of people who can no longer sign in, for those who may read them.
    pub of_revoked: usize,
}

impl Waiting {
    /// Counts them. Not worth failing for.
    pub async fn for_somebody(conn: &mut Connection, user: &User) -> Self {
        let mine = texts::waiting_for(conn, user.id).await.map_or(0, |texts| texts.len());
        let all = texts::all(conn, user.actor()).await.unwrap_or_default();
        let of_revoked = all.iter().filter(|text| text.is_revoked && text.settled_as.is_none()).count();
        Self { mine, of_revoked }
    }
}

#[derive(Template)]
#[template(path = "admin/kept/index.html")]
struct KeptPage {
    desk: Desk,
    waiting: Vec<KeptText>,
    settled: Vec<KeptText>,
    /// Everybody's, for those who may read them.
    of_others: Option<Vec<KeptText>>,
}

/// The address of a kept text.
fn at(text: &KeptText) -> String {
    urls::kept(text.id)
}

/// What became of a kept text, in words.
fn became(how: &Settled) -> &'static str {
    match how {
        Settled::Saved => "saved later from the same page",
        Settled::TakenOver => "taken over",
        Settled::PutAside => "put aside",
    }
}

/// The list: one's own, and everybody's for those who may read them.
pub async fn index(editor: Editor) -> Result<HttpResponse, Error> {
    let mut conn = editor.database.connection().await?;
    let me = editor.user.id;
    let waiting = texts::waiting_for(&mut conn, me).await?;
    let settled = texts::settled_of(&mut conn, me).await?;
    let of_others = match may(editor.actor(), Action::ReadKeptTexts { of: None }) {
        Ok(()) => {
            let mut all = texts::all(&mut conn, editor.actor()).await?;
            all.retain(|text| text.user_id != me);
            Some(all)
        }
        Err(_) => None,
    };
    drop(conn);
    let desk = Desk::of(&editor, Room::Statements).await;
    html(StatusCode::OK, &KeptPage { desk, waiting, settled, of_others })
}

struct Shown {
    label: &'static str,
    stretches: Vec<Stretch>,
}

#[derive(Template)]
#[template(path = "admin/kept/show.html")]
struct KeptTextPage {
    desk: Desk,
    text: KeptText,
    is_mine: bool,
    /// The number of the statement that it belongs to.
    number: Option<i64>,
    locale: Option<Locale>,
    fields: Vec<Shown>,
    /// Whether it is shown against what the desk has now.
    is_compared: bool,
    action: String,
    /// The form as it came, under a token of whoever takes it over.
    form: Vec<(String, String)>,
}

/// One kept text, against what the desk has now, with the form that takes it over.
pub async fn show(editor: Editor, path: Path<i64>) -> Result<HttpResponse, Error> {
    let (actor, now, id) = (editor.actor(), editor.clock.now(), KeptId(*path));
    let mut conn = editor.database.connection().await?;
    let text = texts::one(&mut conn, actor, id).await?;
    let is_mine = text.user_id == editor.user.id;
    let mut today = None;
    let mut number = None;
    if let Some((statement, locale)) = text.target() {
        let statement = store::statement(&mut conn, statement).await?.ok_or(Error::NotFound)?;
        // What somebody wrote is theirs; what the desk has now is for those who still may see it.
        let may_see = match people::judge(&mut conn, actor, &statement).await {
            Err(Refused::NotFound) if is_mine => false,
            judged => judged.map(|()| true)?,
        };
        if may_see {
            number = Some(statement.number);
            let translation = store::translation(&mut conn, statement.id, locale).await?;
            if let Some(latest) = translation.and_then(|text| text.latest_revision_id) {
                today = Some(store::words(&mut conn, latest).await?);
            }
        }
    }
    let sent = Fields::decode(&texts::open(&mut conn, actor, &text, now).await?)?;
    let token = tokens::issue(&mut conn, editor.user.id, text.target(), now).await?;
    drop(conn);
    let words = statement_form::words(&sent);
    let is_compared = today.is_some();
    let fields = tokio::task::spawn_blocking(move || shown(today.as_ref(), &words))
        .await
        .map_err(|error| Error::Internal(error.to_string()))?;
    let mut form = vec![(TOKEN.to_owned(), token), (TOOK_OVER.to_owned(), id.to_string())];
    let own = |name: &str| {
        ![TOKEN, TOOK_OVER, SENT, UNANSWERED, "then"].contains(&name)
            && !["merge.", "chosen.", "choice."].iter().any(|prefix| name.starts_with(prefix))
    };
    form.extend(sent.iter().filter(|(name, _)| own(name)).map(|(n, v)| (n.to_owned(), v.to_owned())));
    let page = KeptTextPage {
        desk: Desk::of(&editor, Room::Statements).await,
        is_mine,
        number,
        locale: text.target().map(|(_, locale)| locale),
        fields,
        is_compared,
        action: text
            .target()
            .map_or_else(|| urls::DESK.to_owned(), |(id, locale)| urls::desk(id, locale, "")),
        form,
        text,
    };
    html(StatusCode::OK, &page)
}

/// Each field of the kept text: what it would change, or as it is where there is nothing to change.
fn shown(today: Option<&Words>, kept: &Words) -> Vec<Shown> {
    let of = |label, of: fn(&Words) -> &String| Shown {
        label,
        stretches: match today {
            Some(today) => diff::compare(of(today), of(kept)),
            None => vec![Stretch::Same(of(kept).clone())],
        },
    };
    vec![
        of("Title", |words| &words.title),
        of("Summary", |words| &words.summary),
        of("Text", |words| &words.body),
        of("Signed by", |words| &words.sign_off),
        of("Translator or source", |words| &words.credit),
    ]
}

/// Puts a kept text aside.
pub async fn put_aside(editor: Editor, path: Path<i64>) -> Result<HttpResponse, Error> {
    let mut conn = editor.database.connection().await?;
    texts::put_aside(&mut conn, editor.actor(), KeptId(*path), editor.clock.now()).await?;
    editor.say("Put aside. It can still be read here for thirty days.");
    Ok(see_other(urls::KEPT))
}
