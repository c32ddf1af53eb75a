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

    /// Whose eyes a query has to mind; `None` for those who see everything.
    pub fn minding(self) -> Option<UserId> {
        // Nobody but the operator is without an account; should it ever be otherwise, nothing is theirs.
        if self.role >= Role::Administrator { None } else { Some(self.user.unwrap_or(UserId(0))) }
    }
}

/// What is asked. Facts about the object travel along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Look at a statement on the desk, and leave a note on it.
    See {
        /// Who began it.
        begun_by: Option<UserId>,
        /// Whether it is limited to some people and this one is not among them.
        closed: bool,
    },
    /// Begin a statement.
    Write,
    /// Save, submit, take back, limit or discard a text of a statement.
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
    /// Read a text that was kept, take it over or put it aside.
    ReadKeptTexts {
        /// Whose it is; `None` for everybody's.
        of: Option<UserId>,
    },
    /// Ask for changes to what was submitted.
    Review,
    /// Set, move or lift an embargo.
    Embargo,
    /// Approve, schedule or publish a text.
    Publish {
        /// Who submitted it; if nobody did, who saved it last.
        submitted_by: Option<UserId>,
        /// Whether somebody else has to say so.
        four_eyes: bool,
    },
    /// Withdraw or reinstate a text; close one version.
    Withdraw,
    /// Say that a public translation follows its original as it is today.
    ConfirmFollowing,
    /// Remove a text for good.
    Remove,
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
    /// Invite people, change what they are trusted with, revoke their access.
    KeepPeople,
    /// Read who did what and when.
    ReadAuditLog,
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

impl Action {
    /// Publishing as such, whatever text it may be: for what a page offers before there is one to judge.
    pub const PUBLISH_ANYTHING: Self = Self::Publish { submitted_by: None, four_eyes: false };
}

/// Whether this may be; the refusal says who could. What somebody may not see does not exist for them.
pub fn may(actor: Actor, action: Action) -> Result<(), Refused> {
    let own = |begun_by: Option<UserId>| actor.user.is_some() && actor.user == begun_by;
    let (allowed, refusal) = match action {
        Action::See { begun_by, closed } => {
            let sees = !closed || own(begun_by) || actor.role >= Role::Administrator;
            return if sees { Ok(()) } else { Err(Refused::NotFound) };
        }
        Action::Write => (true, ""),
        Action::Edit { begun_by } => (
            actor.role >= Role::Editor || own(begun_by),
            "Authors change the statements that they began. Please ask an editor.",
        ),
        Action::File { begun_by, public } => (
            actor.role >= Role::Editor || (own(begun_by) && !public),
            "Topics of a public statement show at once, so an editor has to change them.",
        ),
        Action::Review => {
            (actor.role >= Role::Editor, "Asking for changes is for editors and publishers. Please ask one.")
        }
        Action::Embargo => {
            (actor.role >= Role::Editor, "An embargo is set and lifted by editors. Please ask one.")
        }
        Action::Publish { .. } if actor.role < Role::Publisher => {
            (false, "Approving, scheduling and publishing is for publishers. Please ask one.")
        }
        Action::Publish { submitted_by, four_eyes } => (
            !(four_eyes && own(submitted_by)),
            "You submitted or wrote this text yourself. Four eyes are demanded here: please ask another publisher.",
        ),
        Action::Withdraw => {
            (actor.role >= Role::Publisher, "Withdrawing and reinstating is for publishers. Please ask one.")
        }
        Action::ConfirmFollowing => (
            actor.role >= Role::Editor,
            "Readers are told at once that this translation is up to date, so an editor has to say so.",
        ),
        Action::Remove => (
            actor.role >= Role::Administrator,
            "Removing a text for good is for administrators. A publisher can withdraw it.",
        ),
        Action::ReadKeptTexts { of } => (
            actor.role >= Role::Administrator || own(of),
            "This was kept for somebody else. An administrator can open it.",
        ),
        Action::Upload => (true, ""),
        Action::KeepMedium { uploaded_by } => (
            actor.role >= Role::Editor || own(uploaded_by),
            "Authors change the pictures and files that they uploaded. Please ask an editor.",
        ),
        Action::KeepTopics => (actor.role >= Role::Editor, "Topics are kept by editors. Please ask one."),
        Action::KeepPeople => (
            actor.role >= Role::Administrator,
            "Who may sign in is kept by the administrators of the site. Please ask one.",
        ),
        Action::ReadAuditLog => (
            actor.role >= Role::Administrator,
            "The audit log is for the administrators of the site. Please ask one.",
        ),
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
        assert!(!allowed(Role::Editor, Action::PUBLISH_ANYTHING));
        assert!(allowed(Role::Publisher, Action::PUBLISH_ANYTHING));
        assert!(!allowed(Role::Editor, Action::Withdraw) && allowed(Role::Publisher, Action::Withdraw));
        assert!(!allowed(Role::Publisher, Action::Remove) && allowed(Role::Administrator, Action::Remove));
        assert!(!allowed(Role::Author, Action::ConfirmFollowing));
        assert!(allowed(Role::Editor, Action::ConfirmFollowing));
        assert!(
            !allowed(Role::Publisher, Action::KeepSite) && allowed(Role::Administrator, Action::KeepSite)
        );
    }
    #[test]
    fn four_eyes_are_not_the_two_that_submitted_it() {
        let publish = |by, four_eyes| Action::Publish { submitted_by: by, four_eyes };
        for role in [Role::Publisher, Role::Administrator] {
            assert!(!allowed(role, publish(Some(UserId(1)), true)));
            assert!(allowed(role, publish(Some(UserId(1)), false)));
            assert!(allowed(role, publish(Some(UserId(2)), true)));
            assert!(allowed(role, publish(None, true)));
        }
    }

    #[test]
    fn what_is_closed_to_somebody_does_not_exist_for_them() {
        let closed = |by| Action::See { begun_by: Some(UserId(by)), closed: true };
        for role in [Role::Author, Role::Editor, Role::Publisher] {
            let refused = may(Actor { user: Some(UserId(1)), role }, closed(2));
            assert!(matches!(refused, Err(Refused::NotFound)), "{role}");
            assert!(allowed(role, closed(1)));
            assert!(allowed(role, Action::See { begun_by: None, closed: false }));
        }
        assert!(allowed(Role::Administrator, closed(2)));
    }
}
