//! Who did what and when: ids and verbs, never a title or a text, so that the log cannot become a
//! second copy of what was withdrawn.

pub mod log;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use jiff::Timestamp;
use jiff_diesel::ToDiesel as _;

use super::ids::{MediaId, RevisionId, StatementId, TopicId, TranslationId, UserId, VersionId};
use super::policy::Actor;
use crate::infra::db::Connection;
use crate::infra::db::schema::audit_events;

crate::words_enum! {
    /// What happened.
    Verb {
        /// A statement was begun.
        StatementBegun = "statement-begun",
        /// A text in a further language was begun.
        TranslationBegun = "translation-begun",
        /// A text was saved.
        Saved = "saved",
        /// The facts of a statement were changed.
        FactsChanged = "facts-changed",
        /// A statement was filed under other topics.
        Filed = "filed",
        /// A save was submitted for review.
        Submitted = "submitted",
        /// A submission was taken back.
        TakenBack = "taken-back",
        /// Changes were requested.
        ChangesRequested = "changes-requested",
        /// A save was approved.
        Approved = "approved",
        /// A save was given a time to go public.
        Scheduled = "scheduled",
        /// It was taken off the schedule.
        Unscheduled = "unscheduled",
        /// Its time came, and it could not go public.
        HeldUp = "held-up",
        /// A later save took a text back to draft.
        FellBack = "fell-back",
        /// An internal note was left.
        NoteLeft = "note-left",
        /// A draft was limited to some people, or to others.
        Limited = "limited",
        /// A draft was opened to the whole desk again.
        LimitLifted = "limit-lifted",
        /// An embargo was set or moved.
        EmbargoSet = "embargo-set",
        /// An embargo was lifted.
        EmbargoLifted = "embargo-lifted",
        /// A text went public.
        Published = "published",
        /// A draft was discarded.
        Discarded = "discarded",
        /// A discarded draft was taken back.
        Undiscarded = "undiscarded",
        /// A public text was withdrawn.
        Withdrawn = "withdrawn",
        /// A withdrawn text was made public again.
        Reinstated = "reinstated",
        /// A text was removed for good, its words emptied.
        Removed = "removed",
        /// An earlier save was taken back as a new one.
        Restored = "restored",
        /// Somebody read a text that was kept for somebody else.
        KeptTextOpened = "kept-text-opened",
        /// A kept text was taken over into a draft.
        KeptTextTakenOver = "kept-text-taken-over",
        /// A kept text was put aside.
        KeptTextPutAside = "kept-text-put-aside",
        /// One earlier version was closed.
        VersionClosed = "version-closed",
        /// A closed version was opened again.
        VersionReopened = "version-reopened",
        /// A translation was found to need no change after its original had one.
        FollowingConfirmed = "following-confirmed",
        /// A link for somebody outside to read a draft was made.
        PreviewLinkMade = "preview-link-made",
        /// Such a link was taken back.
        PreviewLinkRevoked = "preview-link-revoked",
        /// A topic was added.
        TopicAdded = "topic-added",
        /// A topic was changed.
        TopicChanged = "topic-changed",
        /// A picture or a file was uploaded.
        MediaUploaded = "media-uploaded",
        /// The words that stand with a picture or a file were changed.
        MediaDescribed = "media-described",
        /// A picture or a file was deleted.
        MediaDeleted = "media-deleted",
        /// A topic was merged into another.
        TopicMerged = "topic-merged",
        /// A merge was undone.
        TopicUnmerged = "topic-unmerged",
        /// Of two topics that look like twins somebody said that they are none.
        NotTwins = "not-twins",
        /// That was taken back.
        PerhapsTwins = "perhaps-twins",
        /// A statement got, or lost, a topic together with others.
        Retagged = "retagged",
        /// That was undone.
        RetagUndone = "retag-undone",
        /// The site's names or pages were changed.
        SiteChanged = "site-changed",
        /// Four eyes were demanded for every publication.
        FourEyesDemanded = "four-eyes-demanded",
        /// Four eyes were no longer demanded.
        FourEyesNoLongerDemanded = "four-eyes-no-longer-demanded",
        /// Another time zone was chosen for the organisation.
        TimeZoneChosen = "time-zone-chosen",
        /// A person was added.
        UserAdded = "user-added",
        /// A link to choose a new password was made.
        ResetLinkMade = "reset-link-made",
        /// A link for somebody invited was made.
        InvitationMade = "invitation-made",
        /// Somebody invited chose a password and is in.
        InvitationAccepted = "invitation-accepted",
        /// A link that was not used yet was ended.
        LinkRevoked = "link-revoked",
        /// A person goes by another name.
        UserRenamed = "user-renamed",
        /// A person is trusted with more, or with less.
        RoleChanged = "role-changed",
        /// A person's access was revoked, and all their sign-ins ended.
        UserRevoked = "user-revoked",
        /// A person's access was given back.
        UserRestored = "user-restored",
        /// A password was chosen.
        PasswordChosen = "password-chosen",
        /// Somebody signed in.
        SignedIn = "signed-in",
        /// Somebody signed out.
        SignedOut = "signed-out",
        /// Sign-ins in other browsers were ended.
        SignInsEnded = "sign-ins-ended",
        /// A wrong password was tried for a person: once an hour, however often.
        SignInFailed = "sign-in-failed",
        /// There were too many tries for a person: once an hour, however often.
        SignInSlowed = "sign-in-slowed",
        /// An app that gives codes was added.
        AppAdded = "app-added",
        /// An app that gives codes was taken away.
        AppRemoved = "app-removed",
        /// A passkey was added.
        PasskeyAdded = "passkey-added",
        /// A passkey was taken away.
        PasskeyRemoved = "passkey-removed",
        /// New recovery codes were made.
        RecoveryCodesMade = "recovery-codes-made",
        /// A recovery code let somebody in.
        RecoveryCodeUsed = "recovery-code-used",
        /// The password was right, and the code after it was not.
        CodeRefused = "code-refused",
        /// All second factors of a person were taken away.
        FactorsForgotten = "factors-forgotten",
        /// A second factor is demanded of publishers and administrators.
        SecondFactorDemanded = "second-factor-demanded",
        /// It is demanded no longer.
        SecondFactorNoLongerDemanded = "second-factor-no-longer-demanded",
    }
}

/// What it was about: any of these.
#[derive(Clone, Copy, Debug, Default, Insertable)]
#[diesel(table_name = audit_events)]
pub struct About {
    /// The statement.
    pub statement_id: Option<StatementId>,
    /// The text in one language.
    pub translation_id: Option<TranslationId>,
    /// The save.
    pub revision_id: Option<RevisionId>,
    /// The publication.
    pub version_id: Option<VersionId>,
    /// The topic.
    pub topic_id: Option<TopicId>,
    /// The person it was done to.
    pub user_id: Option<UserId>,
    /// The picture or the file.
    pub media_id: Option<MediaId>,
}

/// Adds an event, in the transaction of what happened.
pub async fn record(
    conn: &mut Connection,
    actor: Actor,
    now: Timestamp,
    verb: Verb,
    about: About,
) -> QueryResult<()> {
    diesel::insert_into(audit_events::table)
        .values((
            audit_events::happened_at.eq(now.to_diesel()),
            audit_events::actor_id.eq(actor.user),
            audit_events::verb.eq(verb),
            about,
        ))
        .execute(conn)
        .await?;
    Ok(())
}
