//! What each event is called. A verb without words does not compile.

use crate::domain::audit::Verb;

crate::words_enum! {
    /// What sort of thing happened.
    Group {
        /// Texts were written, published, withdrawn.
        Statements = "statements",
        /// Topics were changed, statements filed.
        Topics = "topics",
        /// Pictures and files were uploaded, described, deleted.
        Media = "media",
        /// The site's pages or what holds for everybody was changed.
        Site = "site",
        /// Somebody's access was changed.
        People = "people",
        /// Somebody signed in, or tried to.
        SignIns = "sign-ins",
    }
}

impl Group {
    /// What it is called.
    pub fn label(self) -> &'static str {
        match self {
            Self::Statements => "Statements",
            Self::Topics => "Topics",
            Self::Media => "Pictures and files",
            Self::Site => "Site and settings",
            Self::People => "People and access",
            Self::SignIns => "Sign-ins and passwords",
        }
    }

    /// The verbs in it.
    pub fn verbs(self) -> Vec<Verb> {
        Verb::ALL.iter().copied().filter(|verb| of(*verb).0 == self).collect()
    }
}

/// What a verb is called, and where it belongs.
pub fn of(verb: Verb) -> (Group, &'static str) {
    match verb {
        Verb::StatementBegun => (Group::Statements, "Began a statement"),
        Verb::TranslationBegun => (Group::Statements, "Began a text in another language"),
        Verb::Saved => (Group::Statements, "Saved a text"),
        Verb::FactsChanged => (Group::Statements, "Changed number, kind or date"),
        Verb::Submitted => (Group::Statements, "Submitted a text for review"),
        Verb::TakenBack => (Group::Statements, "Took a submission back"),
        Verb::ChangesRequested => (Group::Statements, "Requested changes"),
        Verb::Approved => (Group::Statements, "Approved a text"),
        Verb::Scheduled => (Group::Statements, "Scheduled a text"),
        Verb::Unscheduled => (Group::Statements, "Took a text off the schedule"),
        Verb::HeldUp => (Group::Statements, "A scheduled text was held up"),
        Verb::FellBack => (Group::Statements, "By a later save, took a text back to draft"),
        Verb::NoteLeft => (Group::Statements, "Left an internal note"),
        Verb::Limited => (Group::Statements, "Limited a draft to some people"),
        Verb::LimitLifted => (Group::Statements, "Opened a limited draft to the desk"),
        Verb::EmbargoSet => (Group::Statements, "Set an embargo"),
        Verb::EmbargoLifted => (Group::Statements, "Lifted an embargo"),
        Verb::Published => (Group::Statements, "Published"),
        Verb::Discarded => (Group::Statements, "Discarded a draft"),
        Verb::Undiscarded => (Group::Statements, "Took a discarded draft back"),
        Verb::Restored => (Group::Statements, "Took an earlier save back"),
        Verb::KeptTextOpened => (Group::Statements, "Read a text that was kept for somebody"),
        Verb::KeptTextTakenOver => (Group::Statements, "Took a kept text over"),
        Verb::KeptTextPutAside => (Group::Statements, "Put a kept text aside"),
        Verb::Withdrawn => (Group::Statements, "Withdrew"),
        Verb::Reinstated => (Group::Statements, "Reinstated"),
        Verb::Removed => (Group::Statements, "Removed for good"),
        Verb::VersionClosed => (Group::Statements, "Closed an earlier version"),
        Verb::VersionReopened => (Group::Statements, "Opened an earlier version again"),
        Verb::FollowingConfirmed => (Group::Statements, "Found that a translation needs no change"),
        Verb::PreviewLinkMade => (Group::Statements, "Made a preview link"),
        Verb::PreviewLinkRevoked => (Group::Statements, "Took a preview link back"),
        Verb::Filed => (Group::Topics, "Changed the topics of a statement"),
        Verb::TopicAdded => (Group::Topics, "Added a topic"),
        Verb::TopicChanged => (Group::Topics, "Changed a topic"),
        Verb::TopicMerged => (Group::Topics, "Merged two topics"),
        Verb::TopicUnmerged => (Group::Topics, "Undid a merge of topics"),
        Verb::NotTwins => (Group::Topics, "Said that two topics are no twins"),
        Verb::PerhapsTwins => (Group::Topics, "Took back that two topics are no twins"),
        Verb::Retagged => (Group::Topics, "Changed the topics of several statements"),
        Verb::RetagUndone => (Group::Topics, "Undid a change of topics of several statements"),
        Verb::MediaUploaded => (Group::Media, "Uploaded"),
        Verb::MediaDescribed => (Group::Media, "Changed what is said of"),
        Verb::MediaDeleted => (Group::Media, "Deleted"),
        Verb::SiteChanged => (Group::Site, "Changed the site’s names or pages"),
        Verb::FourEyesDemanded => (Group::Site, "Demanded four eyes"),
        Verb::FourEyesNoLongerDemanded => (Group::Site, "No longer demanded four eyes"),
        Verb::TimeZoneChosen => (Group::Site, "Chose the time zone"),
        Verb::SecondFactorDemanded => {
            (Group::Site, "Demanded a second factor of publishers and administrators")
        }
        Verb::SecondFactorNoLongerDemanded => (Group::Site, "No longer demanded a second factor"),
        Verb::UserAdded => (Group::People, "Added a person"),
        Verb::InvitationMade => (Group::People, "Made an invitation link"),
        Verb::InvitationAccepted => (Group::People, "Accepted the invitation"),
        Verb::ResetLinkMade => (Group::People, "Made a link for a new password"),
        Verb::LinkRevoked => (Group::People, "Ended a link that was not used yet"),
        Verb::UserRenamed => (Group::People, "Changed a person’s name"),
        Verb::RoleChanged => (Group::People, "Changed a person’s role"),
        Verb::UserRevoked => (Group::People, "Revoked a person’s access"),
        Verb::UserRestored => (Group::People, "Gave a person access again"),
        Verb::FactorsForgotten => (Group::People, "Took a person’s second factors away"),
        Verb::PasswordChosen => (Group::SignIns, "Chose a password"),
        Verb::SignedIn => (Group::SignIns, "Signed in"),
        Verb::SignedOut => (Group::SignIns, "Signed out"),
        Verb::AppAdded => (Group::SignIns, "Added an app that gives codes"),
        Verb::AppRemoved => (Group::SignIns, "Took an app that gives codes away"),
        Verb::PasskeyAdded => (Group::SignIns, "Added a passkey"),
        Verb::PasskeyRemoved => (Group::SignIns, "Took a passkey away"),
        Verb::RecoveryCodesMade => (Group::SignIns, "Made new recovery codes"),
        Verb::RecoveryCodeUsed => (Group::SignIns, "Signed in with a recovery code"),
        Verb::CodeRefused => (Group::SignIns, "Right password, wrong code after it"),
        Verb::SignInsEnded => (Group::SignIns, "Ended sign-ins elsewhere"),
        Verb::SignInFailed => (Group::SignIns, "Somebody tried a wrong password"),
        Verb::SignInSlowed => (Group::SignIns, "Too many tries to sign in; further ones had to wait"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_verb_has_words_of_its_own_and_every_group_some_verbs() {
        let mut words: Vec<&str> = Verb::ALL.iter().map(|verb| of(*verb).1).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), Verb::ALL.len());
        let grouped: usize = Group::ALL.iter().map(|group| group.verbs().len()).sum();
        assert_eq!(grouped, Verb::ALL.len());
        assert!(Group::ALL.iter().all(|group| !group.verbs().is_empty() && !group.label().is_empty()));
    }
}
