//! How a command ends: with a change that must be made known, or with a refusal in words.

use super::ids::StatementId;

/// What a command changed. Whoever ran it must hand it to `App::apply`, which is what makes every
/// page show it.
#[must_use = "a change that is not applied leaves old pages standing"]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Nothing that a public page shows.
    Unseen,
    /// The public texts or facts of one statement.
    Statement(StatementId),
    /// Topics: their names, intros or addresses.
    Topics,
    /// What the organisation says about itself.
    Site,
    /// Several of these at once.
    Everything,
}

/// Why a command did not happen. Each is told to the person who asked, in words they can act on.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// There is no such thing.
    #[error("There is no such thing, or no longer.")]
    NotFound,
    /// This person may not.
    #[error("{0}")]
    Forbidden(&'static str),
    /// Not in this state, or somebody else was faster.
    #[error("{0}")]
    Conflict(String),
    /// Some fields cannot stay as they are.
    #[error("Some fields need another look.")]
    Invalid(Problems),
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] diesel::result::Error),
    /// The system gave no random numbers.
    #[error("the system has no random numbers: {0}")]
    Random(#[from] getrandom::Error),
}

impl Refused {
    /// A form would undo what somebody else did meanwhile: it is shown again, with what stands now.
    pub fn written_over(what: &str) -> Self {
        Self::Conflict(format!(
            "Somebody changed {what} after you opened the form. What you typed is still here, and what stands now is \
             shown below. Save again to put yours in its place."
        ))
    }
}

/// What is wrong with which field, in the order of the form. A field without a name is the whole form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems(Vec<(&'static str, String)>);

impl Problems {
    /// One problem with one field.
    pub fn one(field: &'static str, message: impl Into<String>) -> Self {
        Self(vec![(field, message.into())])
    }

    /// Adds a problem with a field.
    pub fn add(&mut self, field: &'static str, message: impl Into<String>) {
        self.0.push((field, message.into()));
    }

    /// Adds all of another.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// What is wrong with a field, if anything is.
    pub fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| *name == field).map(|(_, message)| message.as_str())
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(field, message)| (*field, message.as_str()))
    }

    /// Whether all is well.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// `Ok` when all is well, else the refusal.
    pub fn into_result(self) -> Result<(), Refused> {
        if self.is_empty() { Ok(()) } else { Err(Refused::Invalid(self)) }
    }
}
