//! What is said to somebody who tried too often.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, RETRY_AFTER};
use jiff::SignedDuration;

/// How long to wait, as people say it.
pub fn in_words(wait: SignedDuration) -> String {
    match (wait.as_secs() + 59) / 60 {
        ..=1 => "a minute".to_owned(),
        minutes => format!("{minutes} minutes"),
    }
}

/// Whole seconds, rounded up.
pub fn seconds(wait: SignedDuration) -> u64 {
    u64::try_from(wait.as_secs()).unwrap_or(0).saturating_add(1)
}

/// The same answer as a refusal for now, with the time after which another try makes sense (RFC 6585, 4).
pub fn with_wait(mut answer: HttpResponse, wait: SignedDuration) -> HttpResponse {
    *answer.status_mut() = StatusCode::TOO_MANY_REQUESTS;
    answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds(wait)));
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_rounded_up() {
        for (wait, words) in [(1, "a minute"), (60, "a minute"), (61, "2 minutes"), (1500, "25 minutes")] {
            assert_eq!(in_words(SignedDuration::from_secs(wait)), words);
        }
    }
}
