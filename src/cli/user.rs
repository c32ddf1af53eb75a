//! `onrecord user add` and `onrecord user reset`.

use std::io::Read as _;
use std::process::ExitCode;

use clap::Subcommand;

use super::database::Open;
use super::{Failure, runtime};
use crate::config::Config;
use crate::domain::accounts::links;
use crate::domain::accounts::passwords::Password;
use crate::domain::accounts::users::{self, NewUser};
use crate::domain::outcome::Refused;
use crate::domain::policy::{Actor, Role};
use crate::infra::clock::Clock;
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
    /// Print a link by which somebody can choose a new password, once, within a day.
    Reset {
        /// The address they sign in with.
        email: String,
    },
}

pub(super) fn run(config: &Config, command: &UserCommand) -> Result<ExitCode, Failure> {
    let open = Open::new(config)?;
    let outcome = runtime().block_on(async {
        open.prepare(config).await?;
        match command {
            UserCommand::Add { email, name, role, .. } => add(&open, email, name, role).await,
            UserCommand::Reset { email } => reset(&open, config, email).await,
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
    password.check().map_err(|why| format!("the password cannot be used. {why}"))?;
    let user = NewUser {
        email: email.trim().to_owned(),
        name: name.trim().to_owned(),
        role,
        password_hash: password.hash().map_err(|error| error.to_string())?,
    };
    let mut conn = open.database.connection().await.map_err(|error| error.to_string())?;
    users::add(&mut conn, Actor::OPERATOR, user, Clock::default().now()).await.map_err(in_words)?;
    Ok(format!("{email} can sign in as {role}."))
}

async fn reset(open: &Open, config: &Config, email: &str) -> Result<String, Failure> {
    let mut conn = open.database.connection().await.map_err(|error| error.to_string())?;
    let token = match links::for_reset(&mut conn, Actor::OPERATOR, email, Clock::default().now()).await {
        Ok(token) => token,
        Err(Refused::NotFound) => return Err(format!("nobody signs in with {email}")),
        Err(other) => return Err(in_words(other)),
    };
    Ok(format!(
        "Give this link to {email}, by a way that only they can read. It works once, within a day:\n{}{}",
        config.base_url.as_str(),
        urls::set_up(&token)
    ))
}

fn in_words(refused: Refused) -> Failure {
    match refused {
        Refused::Invalid(problems) => {
            problems.iter().map(|(_, message)| message.to_owned()).collect::<Vec<_>>().join(" ")
        }
        other => other.to_string(),
    }
}
