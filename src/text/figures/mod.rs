//! Pictures and files in a text: `![what it shows](media:12 "Caption")` and `[words](media:13)`.
//!
//! A text names ours and no others: a page makes no request to a third party. What stands behind a name is
//! handed over by the caller, who has looked it up: nothing here knows a database.

mod mentions;
mod places;

use std::collections::HashMap;

use pulldown_cmark::Options;

pub use mentions::{Mention, mentions, number, numbers};
pub(in crate::text) use places::put_in;

/// What a text may show, by the number in its name.
pub type Media = HashMap<i64, Medium>;

/// One thing that a text may show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Medium {
    /// A picture.
    Picture(Picture),
    /// A file to be read by itself.
    File(Linked),
}

/// A picture in its sizes, with the words that stand with it in the language of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Every size, the smallest first.
    pub sizes: Vec<Size>,
    /// What it says to those who do not see it; empty where it only decorates; `None`: not yet said.
    pub alt: Option<String>,
    /// What is written under it.
    pub caption: String,
    /// Who made it.
    pub credit: String,
    /// The picture by itself, for a text that links it instead of showing it.
    pub linked: Linked,
}

/// One size of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Size {
    /// Where it is.
    pub address: String,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
}

/// Something to be opened by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    /// Where it is.
    pub address: String,
    /// What it is and how large, in the language of the text: "PDF, 1.2 MB".
    pub label: String,
}

/// How wide a picture is shown: as wide as the text, and on small screens as wide as these.
pub const SIZES: &str = "(min-width: 46rem) 680px, 100vw";

/// What our Markdown has beyond CommonMark.
pub(in crate::text) const OPTIONS: Options =
    Options::ENABLE_TABLES.union(Options::ENABLE_STRIKETHROUGH).union(Options::ENABLE_FOOTNOTES);
