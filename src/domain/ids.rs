//! Ids: one type for each table, so that none is mistaken for another.

crate::id! {
    /// A person who may sign in.
    UserId
}
crate::id! {
    /// A text that was kept before it was judged.
    KeptId
}
crate::id! {
    /// A statement, whatever its number.
    StatementId
}
crate::id! {
    /// A statement's text in one language.
    TranslationId
}
crate::id! {
    /// One save of a translation.
    RevisionId
}
crate::id! {
    /// One publication of a translation.
    VersionId
}
crate::id! {
    /// An internal note.
    NoteId
}
crate::id! {
    /// A picture or a file: `media:12` in a text.
    MediaId
}
crate::id! {
    /// A topic, whatever its slug.
    TopicId
}
crate::id! {
    /// A link for somebody outside to read a draft.
    PreviewLinkId
}
crate::id! {
    /// An app of a person that gives codes.
    TotpDeviceId
}
crate::id! {
    /// A passkey of a person.
    PasskeyId
}
crate::id! {
    /// A merge of one topic into another.
    MergeId
}
crate::id! {
    /// A change of topics of many statements at once.
    RetagId
}
