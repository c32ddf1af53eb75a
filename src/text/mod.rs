//! Pure functions on texts. Nothing here knows a database, a request or a language's words.

pub mod clean;
pub mod diff;
pub mod digest;
pub mod excerpt;
pub mod figures;
pub mod fold;
pub mod han;
pub mod markdown;
pub mod merge;
pub mod paste;
pub mod plain;
pub mod question;
pub mod sanitized;
pub mod search_words;
pub mod slug;
pub mod spelling;
pub mod stem;
pub mod typing;
