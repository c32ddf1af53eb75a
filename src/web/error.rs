//! How a request fails. An error carries data; `middleware::error_pages` makes it a page in the
//! reader's language.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};

use crate::domain::outcome::Refused;
use crate::infra::db::{self, Unavailable};

/// How a request fails.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No such address, or no such row.
    #[error("not found")]
    NotFound,
    /// It was public, and is no longer.
    #[error("gone")]
    Gone,
    /// The address moved.
    #[error("moved to {0}")]
    Moved(String),
    /// Nobody is signed in, and the desk is for those who are.
    #[error("sign in first")]
    SignInFirst,
    /// This person may not.
    #[error("{0}")]
    Forbidden(&'static str),
    /// Not in this state, or somebody was faster.
    #[error("{0}")]
    Conflict(String),
    /// The request makes no sense.
    #[error("bad request")]
    BadRequest,
    /// It came from another site.
    #[error("the request came from another site")]
    CrossSite,
    /// This address takes these methods only.
    #[error("method not allowed")]
    Method(&'static str),
    /// More was sent than is taken.
    #[error("too large")]
    TooLarge,
    /// What was sent did not arrive in time.
    #[error("timeout")]
    Timeout,
    /// There were too many tries; the next one after so many seconds.
    #[error("too many tries")]
    SlowDown(u64),
    /// The database is away.
    #[error("{0}")]
    Unavailable(String),
    /// Anything else; the cause is for the log only.
    #[error("{0}")]
    Internal(String),
}

impl Error {
    /// The name of its words in the files of the interface.
    pub fn words(&self) -> &'static str {
        match self {
            Self::NotFound | Self::Moved(_) => "not-found",
            Self::Gone => "gone",
            Self::SignInFirst | Self::Forbidden(_) | Self::CrossSite => "forbidden",
            Self::Conflict(_) | Self::BadRequest => "bad-request",
            Self::Method(_) => "method",
            Self::TooLarge => "too-large",
            Self::Timeout => "timeout",
            Self::SlowDown(_) => "slow-down",
            Self::Unavailable(_) => "unavailable",
            Self::Internal(_) => "internal",
        }
    }
}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Gone => StatusCode::GONE,
            Self::Moved(_) => StatusCode::MOVED_PERMANENTLY,
            Self::SignInFirst => StatusCode::SEE_OTHER,
            Self::Forbidden(_) | Self::CrossSite => StatusCode::FORBIDDEN,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::Method(_) => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Timeout => StatusCode::REQUEST_TIMEOUT,
            Self::SlowDown(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Without a body: the middleware, which knows the language, writes the page.
    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}

impl From<db::Error> for Error {
    fn from(error: db::Error) -> Self {
        match error {
            db::Error::NotFound => Self::NotFound,
            error if db::is_away(&error) => Self::Unavailable(error.to_string()),
            error => Self::Internal(error.to_string()),
        }
    }
}

impl From<Unavailable> for Error {
    fn from(error: Unavailable) -> Self {
        Self::Unavailable(error.to_string())
    }
}

impl From<Refused> for Error {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::NotFound => Self::NotFound,
            Refused::Forbidden(why) => Self::Forbidden(why),
            Refused::Conflict(why) => Self::Conflict(why),
            // A form that is refused is shown again by its own handler; one that is not was made by hand.
            Refused::Invalid(_) => Self::BadRequest,
            Refused::Database(error) => error.into(),
            Refused::Random(error) => Self::Internal(error.to_string()),
        }
    }
}

impl From<askama::Error> for Error {
    fn from(error: askama::Error) -> Self {
        Self::Internal(error.to_string())
    }
}
