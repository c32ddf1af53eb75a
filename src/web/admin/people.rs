//! The people: who may sign in, as what.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;
use jiff::{SignedDuration, Timestamp};

use super::desk::{Desk, Room};
use crate::domain::accounts::links::{self, Purpose};
use crate::domain::accounts::people::{self, Person, Standing};
use crate::domain::accounts::users::NewUser;
use crate::domain::accounts::{factors, failures, sessions};
use crate::domain::ids::UserId;
use crate::domain::outcome::{Problems, Refused};
use crate::domain::policy::{Action, Role, may};
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::form::Fields;
use crate::web::page::{html, see_other};
use crate::web::urls;

/// How far back failed sign-ins are told.
const LATELY: SignedDuration = SignedDuration::from_hours(30 * 24);

#[derive(Template)]
#[template(path = "admin/people.html")]
struct PeoplePage {
    desk: Desk,
    people: Vec<Person>,
    invited: Invited,
}

/// Somebody to be invited, as typed.
#[derive(Default)]
struct Invited {
    name: String,
    email: String,
    role: String,
}

#[derive(Template)]
#[template(path = "admin/person.html")]
struct PersonPage {
    desk: Desk,
    person: Person,
    is_self: bool,
    role: String,
    sign_ins: usize,
    link_until: Option<Timestamp>,
    has_second_factor: bool,
    failed: i64,
    slowed: i64,
}

#[derive(Template)]
#[template(path = "admin/link_made.html")]
struct LinkMadePage {
    desk: Desk,
    id: UserId,
    name: String,
    is_invitation: bool,
    link: String,
    until: Timestamp,
}

/// What a role may do, in a line.
fn role_hint(role: Role) -> &'static str {
    match role {
        Role::Author => "writes, and changes what they began",
        Role::Editor => "changes every text, and keeps the topics",
        Role::Publisher => "also publishes, withdraws and reinstates",
        Role::Administrator => "also keeps the people, the site’s pages and the settings",
    }
}

/// Everybody, and a form to invite somebody.
pub async fn index(editor: Editor) -> Result<HttpResponse, Error> {
    may(editor.actor(), Action::KeepPeople)?;
    list(&editor, Invited::default(), Problems::default()).await
}

async fn list(editor: &Editor, invited: Invited, problems: Problems) -> Result<HttpResponse, Error> {
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let people = {
        let mut conn = editor.database.connection().await?;
        people::all(&mut conn).await?
    };
    let desk = Desk::of(editor, Room::People).await.with_problems(problems);
    html(status, &PeoplePage { desk, people, invited })
}

/// Invites somebody. The link is shown in the answer, and never again.
pub async fn create(editor: Editor, fields: Fields) -> Result<HttpResponse, Error> {
    may(editor.actor(), Action::KeepPeople)?;
    let invited =
        Invited { name: fields.line("person"), email: fields.line("email"), role: fields.line("role") };
    let Some(role) = Role::parse(&invited.role) else {
        let problems = Problems::one("role", "Please choose what they are trusted with.");
        return list(&editor, invited, problems).await;
    };
    let person =
        NewUser { email: invited.email.clone(), name: invited.name.clone(), role, password_hash: None };
    let made = {
        let mut conn = editor.database.connection().await?;
        people::invite(&mut conn, editor.actor(), person, editor.clock.now()).await
    };
    match made {
        Ok((id, token)) => link_made(&editor, id, invited.name, Purpose::Invitation, &token).await,
        Err(Refused::Invalid(problems)) => list(&editor, invited, problems).await,
        Err(other) => Err(other.into()),
    }
}

async fn link_made(
    editor: &Editor,
    id: UserId,
    name: String,
    purpose: Purpose,
    token: &str,
) -> Result<HttpResponse, Error> {
    let page = LinkMadePage {
        desk: Desk::of(editor, Room::People).await,
        id,
        name,
        is_invitation: purpose == Purpose::Invitation,
        link: format!("{}{}", editor.base_url.as_str(), urls::set_up(token)),
        until: editor.clock.now() + purpose.life(),
    };
    html(StatusCode::OK, &page)
}

/// One person, and what can be done.
pub async fn edit(editor: Editor, id: Path<i64>) -> Result<HttpResponse, Error> {
    may(editor.actor(), Action::KeepPeople)?;
    show(&editor, UserId(*id), StatusCode::OK, Problems::default()).await
}

async fn show(
    editor: &Editor,
    id: UserId,
    status: StatusCode,
    problems: Problems,
) -> Result<HttpResponse, Error> {
    let (mut conn, now) = (editor.database.connection().await?, editor.clock.now());
    let person = people::one(&mut conn, id).await?.ok_or(Error::NotFound)?;
    let sign_ins = sessions::of(&mut conn, id, now).await?.len();
    let link_until = links::open_until(&mut conn, id, now).await?;
    let has_second_factor = factors::has_second_factor(&mut conn, id).await?;
    let (failed, slowed) = failures::since(&mut conn, id, now - LATELY).await?;
    drop(conn);
    let page = PersonPage {
        desk: Desk::of(editor, Room::People).await.with_problems(problems),
        is_self: person.id == editor.user.id,
        role: person.role.to_string(),
        person,
        sign_ins,
        link_until,
        has_second_factor,
        failed,
        slowed,
    };
    html(status, &page)
}

/// Where a refusal is told on the person's own page.
async fn told(
    editor: &Editor,
    id: UserId,
    done: Result<(), Refused>,
    word: &str,
) -> Result<HttpResponse, Error> {
    match done {
        Ok(()) => {
            editor.say(word);
            Ok(see_other(&urls::person(id)))
        }
        Err(Refused::Invalid(problems)) => show(editor, id, StatusCode::UNPROCESSABLE_ENTITY, problems).await,
        Err(Refused::Conflict(why)) => show(editor, id, StatusCode::CONFLICT, Problems::one("", why)).await,
        Err(other) => Err(other.into()),
    }
}

/// Trusts a person with more, or with less.
pub async fn update(editor: Editor, id: Path<i64>, fields: Fields) -> Result<HttpResponse, Error> {
    may(editor.actor(), Action::KeepPeople)?;
    let id = UserId(*id);
    let Some(role) = Role::parse(&fields.line("role")) else {
        let problems = Problems::one("role", "Please choose what they are trusted with.");
        return show(&editor, id, StatusCode::UNPROCESSABLE_ENTITY, problems).await;
    };
    let done = {
        let mut conn = editor.database.connection().await?;
        people::change_role(&mut conn, editor.actor(), id, role, editor.clock.now()).await
    };
    if done.is_ok() && id == editor.user.id && role < Role::Administrator {
        // Whoever has just stepped back may not see this page any more.
        editor.say(format!("You are {role} from now on."));
        return Ok(see_other(urls::DESK));
    }
    told(&editor, id, done, "The role is changed, and holds from their next click on.").await
}

/// Makes a link by which a person chooses a password: the first, or another.
pub async fn make_link(editor: Editor, id: Path<i64>) -> Result<HttpResponse, Error> {
    may(editor.actor(), Action::KeepPeople)?;
    let id = UserId(*id);
    let mut conn = editor.database.connection().await?;
    let person = people::one(&mut conn, id).await?.ok_or(Error::NotFound)?;
    if person.standing() == Standing::Revoked {
        drop(conn);
        let refused = Refused::Conflict("Their access is revoked. Give it back first.".to_owned());
        return told(&editor, id, Err(refused), "").await;
    }
    let (purpose, token) = links::for_person(&mut conn, editor.actor(), id, editor.clock.now()).await?;
    drop(conn);
    link_made(&editor, id, person.name, purpose, &token).await
}

/// Ends a link that was not used yet.
pub async fn revoke_link(editor: Editor, id: Path<i64>) -> Result<HttpResponse, Error> {
    let id = UserId(*id);
    let done = {
        let mut conn = editor.database.connection().await?;
        links::revoke(&mut conn, editor.actor(), id, editor.clock.now()).await
    };
    told(&editor, id, done, "The link is over. Nobody can use it any more.").await
}

/// Ends all sign-ins of a person.
pub async fn sign_out(editor: Editor, id: Path<i64>) -> Result<HttpResponse, Error> {
    let id = UserId(*id);
    let done = {
        let mut conn = editor.database.connection().await?;
        people::sign_out(&mut conn, editor.actor(), id, editor.clock.now()).await
    };
    told(&editor, id, done, "All their sign-ins have ended.").await
}

/// Revokes a person's access.
pub async fn destroy(editor: Editor, id: Path<i64>) -> Result<HttpResponse, Error> {
    let id = UserId(*id);
    let done = {
        let mut conn = editor.database.connection().await?;
        people::revoke(&mut conn, editor.actor(), id, editor.clock.now()).await
    };
    told(&editor, id, done, "Their access is revoked, and every sign-in of theirs has ended.").await
}

/// Gives a person's access back.
pub async fn restore(editor: Editor, id: Path<i64>) -> Result<HttpResponse, Error> {
    let id = UserId(*id);
    let done = {
        let mut conn = editor.database.connection().await?;
        people::restore(&mut conn, editor.actor(), id, editor.clock.now()).await
    };
    told(&editor, id, done, "They can sign in again, as they did before.").await
}
