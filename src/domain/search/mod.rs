//! The search of what is published: documents in, hits out. It knows no statements; they make the documents
//! (`statements::documents`), in the transaction that changes what is public.

mod asked;
mod find;
mod keep;
mod query;
mod suggest;
mod vector;
mod windows;

pub use asked::Asked;
pub use find::{Count, Failure, Hit, MOST_COUNTED, MOST_RANKED, PAGE, Page, Seek, find, years};
pub use keep::{forget_unused_spellings, keep, write};
pub use suggest::{nearest_topics, respell};
pub use vector::TOPIC as TOPIC_MARK;

use jiff::civil::Date;

use super::ids::{StatementId, TopicId, TranslationId, VersionId};
use crate::i18n::Locale;

/// Which form of index this is. Raise it with every change of what is kept of a document: what an older
/// program has kept is then kept anew when this one starts.
pub const FORM: i32 = 2;

/// A public text, as the search knows it.
#[derive(Clone, Debug)]
pub struct Document {
    /// The text.
    pub translation: TranslationId,
    /// The statement it is a text of.
    pub statement: StatementId,
    /// The version that is public.
    pub version: VersionId,
    /// Its language.
    pub locale: String,
    /// The public number.
    pub number: i64,
    /// The word of its kind.
    pub kind: String,
    /// The date on it, and how closely it is known.
    pub issued_on: Date,
    /// `day`, `month` or `year`.
    pub issued_precision: String,
    /// Whether it came with the program.
    pub is_sample: bool,
    /// The headline.
    pub title: String,
    /// The sentence that leads it.
    pub summary: String,
    /// Its words without any marks.
    pub body: String,
    /// Who signs.
    pub sign_off: String,
    /// What it is filed under.
    pub topics: Vec<TopicId>,
}

/// What narrows a search.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Texts in this language only.
    pub locale: Option<Locale>,
    /// Of this kind only.
    pub kind: Option<String>,
    /// Of this year only.
    pub year: Option<i16>,
    /// Under this topic only.
    pub topic: Option<TopicId>,
}

impl Filter {
    /// Whether it narrows anything.
    pub fn is_any(&self) -> bool {
        *self != Self::default()
    }
}

/// In which order hits come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The page's own language first, and in it what matches best.
    #[default]
    Best,
    /// By the date on it, in whatever language.
    Newest,
}
