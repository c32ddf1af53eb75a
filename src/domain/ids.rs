//! Ids: one type for each table, so that none is mistaken for another.

crate::id! {
    /// A person who may sign in.
    UserId
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
    /// A topic, whatever its slug.
    TopicId
}
crate::id! {
    /// A picture or a file: `media:12` in a text.
    MediaId
}
