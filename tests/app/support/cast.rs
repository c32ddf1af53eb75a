//! The people of the tests, one for each role and a second author, and the statement they work on.

use std::sync::LazyLock;

use jiff::Timestamp;
use onrecord::domain::accounts::passwords::Password;
use onrecord::domain::accounts::users::{self, NewUser};
use onrecord::domain::ids::TopicId;
use onrecord::domain::policy::{Actor, Role};
use onrecord::domain::statements::commands::Save;
use onrecord::domain::statements::draft::{Facts, Words};
use onrecord::domain::statements::{IssuedOn, Kind};
use onrecord::i18n::Locale;
use onrecord::infra::db::Connection;

/// What everybody of the cast signs in with.
pub const PASSWORD: &str = "five small boats at sea";

static PASSWORD_HASH: LazyLock<String> = LazyLock::new(|| Password::typed(PASSWORD).hash().unwrap());

/// The people. Each signs in as `NAME@example.org` with [`PASSWORD`], as in `publisher@example.org`.
#[derive(Clone, Copy, Debug)]
pub struct Cast {
    pub author: Actor,
    /// The other author: `colleague@example.org`.
    pub colleague: Actor,
    pub editor: Actor,
    pub publisher: Actor,
    pub administrator: Actor,
}

impl Cast {
    /// Adds them all.
    pub async fn hire(conn: &mut Connection, now: Timestamp) -> Self {
        let mut hired = Vec::new();
        for (name, role) in [
            ("author", Role::Author),
            ("colleague", Role::Author),
            ("editor", Role::Editor),
            ("publisher", Role::Publisher),
            ("administrator", Role::Administrator),
        ] {
            let user = users::add(conn, Actor::OPERATOR, person(name, role), now).await.unwrap();
            hired.push(Actor { user: Some(user), role });
        }
        let [author, colleague, editor, publisher, administrator] = hired[..] else { unreachable!() };
        Self { author, colleague, editor, publisher, administrator }
    }
}

/// A person to be added, whose address is their name's.
pub fn person(name: &str, role: Role) -> NewUser {
    NewUser {
        email: format!("{name}@example.org"),
        name: name.to_owned(),
        role,
        password_hash: Some(PASSWORD_HASH.clone()),
    }
}

/// A new statement in English, issued on 16 November 1997, under no topic. Change what matters:
/// `Save { topics: vec![labour], ..a_statement(7) }`.
pub fn a_statement(number: i64) -> Save {
    Save {
        statement: None,
        locale: english(),
        based_on: None,
        facts: Facts { number, kind: Kind::Statement, issued: issued("1997-11-16") },
        words: words(&format!("Statement {number}")),
        topics: Vec::<TopicId>::new(),
        is_sample: false,
    }
}

/// A title, and a text that names it.
pub fn words(title: &str) -> Words {
    Words::typed(title, &format!("About {title}."), &format!("The text of *{title}*."), "", "")
}

/// A date as people type it.
pub fn issued(typed: &str) -> IssuedOn {
    IssuedOn::parse(typed).unwrap()
}

pub fn english() -> Locale {
    Locale::parse("en").unwrap()
}

pub fn simplified() -> Locale {
    Locale::parse("zh-Hans").unwrap()
}

pub fn traditional() -> Locale {
    Locale::parse("zh-Hant").unwrap()
}
