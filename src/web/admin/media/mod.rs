//! Pictures and files on the desk: the library, uploading, one of them with its words, and the panel of the
//! editor that puts them into a text.

pub mod files;
pub mod library;
pub mod medium;
pub mod panel;
pub mod receive;
pub mod upload;

use crate::domain::media::library::Entry;
use crate::domain::media::{Blob, shown};
use crate::i18n::Locale;
// The macros of the templates name it as a neighbour of the page.
use crate::web::urls;

/// One of the library, as a list shows it.
pub struct Item {
    /// The number in its name.
    pub id: i64,
    /// What a text shows it with.
    pub markdown: String,
    /// Its page.
    pub path: String,
    /// The smallest picture: address, width, height; `None` for a file.
    pub thumbnail: Option<(String, i32, i32)>,
    /// What it is called: its description in a language of ours, or its name.
    pub title: String,
    /// What it is and how large.
    pub label: String,
    /// Whether a text shows it.
    pub is_used: bool,
    /// Whether it still lacks a description in every language.
    pub is_undescribed: bool,
}

impl Item {
    fn of(entry: &Entry) -> Self {
        let medium = &entry.medium;
        let said = entry.words.iter().map(|words| &words.alt).find(|alt| !alt.is_empty());
        let caption = entry.words.iter().map(|words| &words.caption).find(|caption| !caption.is_empty());
        let english = Locale::english();
        Self {
            id: medium.id.0,
            markdown: medium.markdown(),
            path: urls::desk_medium(medium.id),
            thumbnail: entry
                .thumbnail()
                .map(|blob| (on_the_desk(entry, blob), side(blob.width), side(blob.height))),
            title: said.or(caption).unwrap_or(&medium.name).clone(),
            label: entry.blobs.last().map(|blob| shown::label(blob, english)).unwrap_or_default(),
            is_used: entry.is_used,
            is_undescribed: medium.format.is_picture()
                && !entry.words.iter().any(|words| words.is_described()),
        }
    }
}

/// Where a blob is on the desk, behind the sign-in.
fn on_the_desk(entry: &Entry, blob: &Blob) -> String {
    shown::address(urls::DESK_FILES, &entry.medium, blob)
}

fn side(pixels: Option<i32>) -> i32 {
    pixels.unwrap_or_default()
}
