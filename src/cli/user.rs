//! `onrecord user add`, `reset`, `revoke` and `list`.

use std::io::Read as _;
use std::process::ExitCode;

use clap::Subcommand;

use super::database::Open;
use super::{Failure, runtime};
use crate::config::Config;
use crate::domain::accounts::demands::Demands;
use crate::domain::accounts::passwords::Password;
use crate::domain::accounts::people::{self, Person};
use crate::domain::accounts::users::{self, NewUser};
use crate::domain::accounts::{factors, links};
use crate::domain::ids::UserId;
use crate::domain::outcome::Refused;
use crate::domain::policy::{Actor, Role};
use crate::domain::site;
use crate::i18n::Locale;
use crate::infra::clock::Clock;
use crate::infra::db::Connection;
use crate::web::urls;

#[derive(Subcommand)]
pub(super) enum UserCommand {
    /// Add somebody; the password is read from standard input.
    Add {
        /// The address they sign in with.
        email: String,
        /// What the others call them.
        #[arg(long)]
        name: String,
        /// author, editor, publisher or administrator.
        #[arg(long, default_value = "author")]
        role: String,
        /// Read the password from standard input, one line; it is never an argument that others can see.
        #[arg(long, required = true)]
        password_stdin: bool,
    },
    /// End somebody's access and every sign-in of theirs.
    Revoke {
        /// The address they sign in with.
        email: String,
    },
    /// Print who may sign in: address, role, state and name.
    List,
    /// Print a link by which somebody can choose a new password, once, within a day.
    Reset {
        /// The address they sign in with.
        email: String,
        /// Take their second factors and their password away first, for somebody who has lost them all.
        #[arg(long)]
        forget_factors: bool,
    },
}

pub(super) fn run(config: &Config, command: &UserCommand) -> Result<ExitCode, Failure> {
    let open = Open::new(config)?;
    let outcome = runtime().block_on(async {
        open.prepare(config).await?;
        match command {
            UserCommand::Add { email, name, role, .. } => add(&open, email, name, role).await,
            UserCommand::Reset { email, forget_factors } => {
                reset(&open, config, email, *forget_factors).await
            }
            UserCommand::Revoke { email } => revoke(&open, email).await,
            UserCommand::List => list(&open).await,
        }
    });
    open.close();
    println!("{}", outcome?);
    Ok(ExitCode::SUCCESS)
}

async fn add(open: &Open, email: &str, name: &str, role: &str) -> Result<String, Failure> {
    let role = Role::parse(role).ok_or_else(|| {
        format!("{role:?} is no role; there are author, editor, publisher and administrator")
    })?;
    let mut typed = String::new();
    std::io::stdin()
        .take(8 * 1024)
        .read_to_string(&mut typed)
        .map_err(|error| format!("the password could not be read from standard input: {error}"))?;
    let password = Password::typed(typed.trim_end_matches(['\r', '\n']));
    let mut conn = open.database.connection().await.map_err(|error| error.to_string())?;
    let outline = site::outline(&mut conn).await.map_err(|error| error.to_string())?;
    let names: Vec<_> = Locale::all().map(|locale| outline.names(locale)).collect();
    let organisation = names.iter().flat_map(|names| [names.name.as_str(), names.short_name.as_str()]);
    Demands::of([name, email].into_iter().chain(organisation), false)
        .check(&password)
        .map_err(|why| format!("the password cannot be used. {why}"))?;
    let user = NewUser {
        email: email.trim().to_owned(),
        name: name.trim().to_owned(),
        role,
        password_hash: Some(password.hash().map_err(|error| error.to_string())?),
    };
    users::add(&mut conn, Actor::OPERATOR, user, Clock::default().now()).await.map_err(in_words)?;
    Ok(format!("{email} can sign in as {role}."))
}

async fn reset(open: &Open, config: &Config, email: &str, forget: bool) -> Result<String, Failure> {
    let mut conn = open.database.connection().await.map_err(|error| error.to_string())?;
    let user = known(&mut conn, email).await?;
    if forget {
        // Nothing that the operator's program shows needs to be read anew.
        let _ = factors::forget(&mut conn, Actor::OPERATOR, user, Clock::default().now())
            .await
            .map_err(in_words)?;
    }
    let made = links::for_person(&mut conn, Actor::OPERATOR, user, Clock::default().now()).await;
    let (purpose, token) = made.map_err(in_words)?;
    Ok(format!(
        "Give this link to {email}, by a way that only they can read. It works once, within {} hours:\n{}{}",
        purpose.life().as_hours(),
        config.base_url.as_str(),
        urls::set_up(&token)
    ))
}

async fn revoke(open: &Open, email: &str) -> Result<String, Failure> {
    let mut conn = open.database.connection().await.map_err(|error| error.to_string())?;
    let user = known(&mut conn, email).await?;
    let now = Clock::default().now();
    people::revoke(&mut conn, Actor::OPERATOR, user, now).await.map_err(in_words)?;
    Ok(format!("{email} cannot sign in any more, and every sign-in of theirs has ended."))
}

async fn list(open: &Open) -> Result<String, Failure> {
    let mut conn = open.database.connection().await.map_err(|error| error.to_string())?;
    let all = people::all(&mut conn).await.map_err(|error| error.to_string())?;
    let line = |person: &Person| {
        format!("{}\t{}\t{}\t{}", person.email, person.role, person.standing(), person.name)
    };
    Ok(all.iter().map(line).collect::<Vec<_>>().join("\n"))
}

/// Who signs in with an address.
async fn known(conn: &mut Connection, email: &str) -> Result<UserId, Failure> {
    let found = users::by_email(conn, email).await.map_err(|error| error.to_string())?;
    found.map(|user| user.id).ok_or_else(|| format!("nobody signs in with {email}"))
}

fn in_words(refused: Refused) -> Failure {
    match refused {
        Refused::Invalid(problems) => {
            problems.iter().map(|(_, message)| message.to_owned()).collect::<Vec<_>>().join(" ")
        }
        other => other.to_string(),
    }
}
