//! What handlers take: who asks, in which language.

use std::future::{Ready, ready};
use std::ops::Deref;

use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest};
use jiff::Timestamp;

use super::client;
use super::error::Error;
use super::session::{self, Flash};
use crate::app::App;
use crate::domain::accounts::throttle::Client;
use crate::domain::accounts::users::User;
use crate::domain::policy::Actor;
use crate::domain::statements::lists::Period;
use crate::i18n::Locale;

/// A public request, in the language of its address.
pub struct Reader {
    /// The language.
    pub locale: Locale,
    app: Data<App>,
}

impl Deref for Reader {
    type Target = App;
    fn deref(&self) -> &App {
        &self.app
    }
}

fn app(request: &HttpRequest) -> Result<Data<App>, Error> {
    request.app_data::<Data<App>>().cloned().ok_or_else(|| Error::Internal("the app is not there".to_owned()))
}

impl FromRequest for Reader {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let locale = request.match_info().get("locale").and_then(Locale::parse).ok_or(Error::NotFound);
        ready(locale.and_then(|locale| Ok(Self { locale, app: app(request)? })))
    }
}

/// The named parts of an address, as they stand in it: what is public has no letter that needs escaping.
pub struct Parts(Vec<(String, String)>);

impl Parts {
    /// The part of a name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The number that the address names: digits, and nothing else that a parser would take.
    pub fn number(&self) -> Result<i64, Error> {
        self.digits("number")
    }

    /// The version that the address names.
    pub fn version(&self) -> Result<i32, Error> {
        self.digits("n")
    }

    fn digits<T: std::str::FromStr>(&self, name: &str) -> Result<T, Error> {
        let digits = self.get(name).filter(|part| part.bytes().all(|b| b.is_ascii_digit()));
        digits.and_then(|digits| digits.parse().ok()).ok_or(Error::NotFound)
    }

    /// The period that the address names.
    pub fn period(&self) -> Result<Period, Error> {
        let parts: Vec<&str> = ["year", "month", "day"].iter().filter_map(|name| self.get(name)).collect();
        Period::parse(&parts).ok_or(Error::NotFound)
    }
}

impl FromRequest for Parts {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let parts = request.match_info().iter().map(|(name, value)| (name.to_owned(), value.to_owned()));
        ready(Ok(Self(parts.collect())))
    }
}

/// A signed-in request. There is one only behind `middleware::signed_in`, which has read the person
/// from the database for this very request: a role taken away acts at once.
#[derive(Clone)]
pub struct Editor {
    /// The person.
    pub user: User,
    /// What the last request left to be said.
    pub flash: Option<Flash>,
    request: HttpRequest,
    app: Data<App>,
}

impl Editor {
    /// As the one who asks.
    pub fn actor(&self) -> Actor {
        self.user.actor()
    }

    /// Where the request comes from, for the throttle.
    pub fn client(&self) -> Client {
        client::of(&self.request, &self.app)
    }

    /// When this person last proved who they are: by signing in, or by their password.
    pub fn proved_at(&self) -> Option<Timestamp> {
        session::proved_at(&self.request)
    }

    /// Remembers that they did so now.
    pub fn prove(&self) -> Result<(), Error> {
        session::prove(&self.request, self.clock.now())
    }

    /// Leaves a word for the next page.
    pub fn say(&self, text: impl Into<String>) {
        session::flash(&self.request, text, None);
    }

    /// Leaves a word for the next page, with a way to undo what was done.
    pub fn say_with_undo(&self, text: impl Into<String>, undo: String) {
        session::flash(&self.request, text, Some(undo));
    }
}

impl Deref for Editor {
    type Target = App;
    fn deref(&self) -> &App {
        &self.app
    }
}

impl FromRequest for Editor {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let user = request.extensions().get::<User>().cloned().ok_or(Error::SignInFirst);
        ready(user.and_then(|user| {
            let flash = if request.method().is_safe() { session::take_flash(request) } else { None };
            Ok(Self { user, flash, request: request.clone(), app: app(request)? })
        }))
    }
}
