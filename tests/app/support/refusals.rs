//! How a command ended. Each function panics on anything but the refusal it is named after.

use onrecord::domain::outcome::{Change, Refused};

/// What is wrong with this field.
#[track_caller]
pub fn problem_with<T: std::fmt::Debug>(field: &str, result: Result<T, Refused>) -> String {
    match result {
        Err(Refused::Invalid(problems)) => match problems.of(field) {
            Some(problem) => problem.to_owned(),
            None => panic!("nothing is wrong with {field}, but {problems:?}"),
        },
        other => panic!("expected a problem with {field}, got {other:?}"),
    }
}

/// Why it cannot be now.
#[track_caller]
pub fn conflict<T: std::fmt::Debug>(result: Result<T, Refused>) -> String {
    match result {
        Err(Refused::Conflict(why)) => why,
        other => panic!("expected a conflict, got {other:?}"),
    }
}

/// Why this person may not.
#[track_caller]
pub fn forbidden<T: std::fmt::Debug>(result: Result<T, Refused>) -> String {
    match result {
        Err(Refused::Forbidden(why)) => why.to_owned(),
        other => panic!("expected that this is forbidden, got {other:?}"),
    }
}

/// That there is no such thing.
#[track_caller]
pub fn not_found<T: std::fmt::Debug>(result: Result<T, Refused>) {
    assert!(matches!(result, Err(Refused::NotFound)), "expected that nothing is found, got {result:?}");
}

/// A command that has to succeed, where what it changes is no matter: a domain test shows no pages.
pub trait Done {
    fn done(self);
}

impl Done for Result<Change, Refused> {
    #[track_caller]
    fn done(self) {
        let _ = self.unwrap();
    }
}
