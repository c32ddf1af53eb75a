//! Who may do what. Every permission is here, and nothing else decides one.

use super::ids::UserId;
use super::outcome::Refused;

crate::words_enum! {
    /// What a person is trusted with. Each role may do what the ones before it may.
    Role {
        /// Writes, and changes what they wrote, until it is public.
        Author = "author",
        /// Writes and changes every text, files statements under topics, keeps the topics.
        Editor = "editor",
        /// Publishes, withdraws, reinstates.
        Publisher = "publisher",
        /// Does everything, and keeps the site's own pages.
        Administrator = "administrator",
    }
}

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The person; `None` for the operator at the command line and for the program itself.
    pub user: Option<UserId>,
    /// What they are trusted with.
    pub role: Role,
}

impl Actor {
    /// The operator, who has the machine and so every right.
    pub const OPERATOR: Self = Self { user: None, role: Role::Administrator };
}

/// What is asked. Facts about the object travel along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Begin a statement.
    Write,
    /// Save, or discard, a text of a statement.
    Edit {
        /// Who began the statement.
        begun_by: Option<UserId>,
    },
    /// File a statement under topics.
    File {
        /// Who began it.
        begun_by: Option<UserId>,
        /// Whether any language of it is public: then this shows at once.
        public: bool,
    },
    /// Publish, withdraw or reinstate.
    Publish,
    /// Upload a picture or a file.
    Upload,
    /// Change the words of a picture or a file, or delete it.
    KeepMedium {
        /// Who uploaded it.
        uploaded_by: Option<UserId>,
    },
    /// Add and change topics.
    KeepTopics,
    /// Change the site's names and pages; remove the samples.
    KeepSite,
    /// Choose what holds for everybody: four eyes, the time zone.
    KeepSettings,
    /// Add and take away what a person signs in with.
    KeepFactors {
        /// Whose it is.
        of: UserId,
    },
    /// Take all second factors of a person away.
    ForgetFactors {
        /// Whose they are.
        of: UserId,
    },
}

/// Whether this may be; the refusal says who could.
pub fn may(actor: Actor, action: Action) -> Result<(), Refused> {
    let own = |begun_by: Option<UserId>| actor.user.is_some() && actor.user == begun_by;
    let (allowed, refusal) = match action {
        Action::Write => (true, ""),
        Action::Edit { begun_by } => (
            actor.role >= Role::Editor || own(begun_by),
            "Authors change the statements that they began. Please ask an editor.",
        ),
        Action::File { begun_by, public } => (
            actor.role >= Role::Editor || (own(begun_by) && !public),
            "Topics of a public statement show at once, so an editor has to change them.",
        ),
        Action::Publish => (
            actor.role >= Role::Publisher,
            "Publishing, withdrawing and reinstating is for publishers. Please ask one.",
        ),
        Action::Upload => (true, ""),
        Action::KeepMedium { uploaded_by } => (
            actor.role >= Role::Editor || own(uploaded_by),
            "Authors change the pictures and files that they uploaded. Please ask an editor.",
        ),
        Action::KeepTopics => (actor.role >= Role::Editor, "Topics are kept by editors. Please ask one."),
        Action::KeepSite | Action::KeepSettings => (
            actor.role >= Role::Administrator,
            "This belongs to the administrators of the site. Please ask one.",
        ),
        Action::KeepFactors { of } => {
            (actor.user == Some(of), "What somebody signs in with is kept by themselves.")
        }
        Action::ForgetFactors { of } => (
            actor.role >= Role::Administrator && actor.user != Some(of),
            "The second factors of somebody else are taken away by administrators; your own, by yourself on your \
             page.",
        ),
    };
    if allowed { Ok(()) } else { Err(Refused::Forbidden(refusal)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(role: Role, action: Action) -> bool {
        may(Actor { user: Some(UserId(1)), role }, action).is_ok()
    }

    #[test]
    fn authors_change_only_what_they_began() {
        assert!(allowed(Role::Author, Action::Edit { begun_by: Some(UserId(1)) }));
        assert!(!allowed(Role::Author, Action::Edit { begun_by: Some(UserId(2)) }));
        assert!(!allowed(Role::Author, Action::Edit { begun_by: None }));
        assert!(allowed(Role::Editor, Action::Edit { begun_by: Some(UserId(2)) }));
    }

    #[test]
    fn authors_upload_and_keep_what_they_uploaded() {
        assert!(allowed(Role::Author, Action::Upload));
        assert!(allowed(Role::Author, Action::KeepMedium { uploaded_by: Some(UserId(1)) }));
        assert!(!allowed(Role::Author, Action::KeepMedium { uploaded_by: Some(UserId(2)) }));
        assert!(allowed(Role::Editor, Action::KeepMedium { uploaded_by: None }));
    }

    #[test]
    fn what_shows_at_once_needs_an_editor() {
        assert!(allowed(Role::Author, Action::File { begun_by: Some(UserId(1)), public: false }));
        assert!(!allowed(Role::Author, Action::File { begun_by: Some(UserId(1)), public: true }));
        assert!(allowed(Role::Editor, Action::File { begun_by: None, public: true }));
    }

    #[test]
    fn only_publishers_publish_and_only_administrators_keep_the_site() {
        assert!(!allowed(Role::Editor, Action::Publish) && allowed(Role::Publisher, Action::Publish));
        assert!(
            !allowed(Role::Publisher, Action::KeepSite) && allowed(Role::Administrator, Action::KeepSite)
        );
    }
}
