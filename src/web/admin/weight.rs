//! What a page weighs for a reader: the whole answer, compressed as the server compresses it.

use std::fmt;
use std::io::Write as _;

use crate::domain::ids::{StatementId, TopicId};
use crate::domain::media::shown::Viewer;
use crate::domain::statements::draft::{Facts, Words};
use crate::domain::statements::published::FiledUnder;
use crate::domain::topics::Index;
use crate::i18n::{Locale, order};
use crate::web::extract::Editor;
use crate::web::site::statements;
use crate::web::urls;

/// What arrives in the first round trip on any line: ten packets (RFC 6928), and room for the headers.
const LIGHT: usize = 14_000;

/// The quality and window of actix-web's `Compress`, which answers readers.
const QUALITY: u32 = 3;
const WINDOW: u32 = 22;

/// Bytes on the way to a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weight(usize);

impl Weight {
    /// Weighs a page.
    pub fn of(page: &str) -> Option<Self> {
        let mut writer = brotli::CompressorWriter::new(Vec::new(), 32 * 1024, QUALITY, WINDOW);
        writer.write_all(page.as_bytes()).ok()?;
        writer.flush().ok()?;
        Some(Self(writer.into_inner().len()))
    }

    /// Whether it is more than a slow line brings at once.
    pub fn is_heavy(self) -> bool {
        self.0 > LIGHT
    }
}

impl fmt::Display for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, tenth) = (self.0 / 1000, self.0 % 1000 / 100);
        if self.is_heavy() {
            write!(
                f,
                "{whole}.{tenth} kB for a reader, which is more than the 14 kB that a slow line brings at once. \
                 It can go out; shorter, or in two statements, it would be there sooner."
            )
        } else {
            write!(f, "{whole}.{tenth} kB for a reader, of 14.")
        }
    }
}

/// A text as it stands, with what is around it on its page.
pub struct Draft<'a> {
    /// The statement; `None` where it is not begun.
    pub statement: Option<StatementId>,
    /// The facts.
    pub facts: Facts,
    /// The words.
    pub words: &'a Words,
    /// The language.
    pub locale: Locale,
    /// The language of the original.
    pub original: Locale,
    /// The topics that it is filed under.
    pub topics: &'a [TopicId],
}

impl Draft<'_> {
    /// The page as a preview shows it.
    pub async fn page(&self, editor: &Editor) -> Option<String> {
        statements::draft_html(editor, self.for_readers(editor).await, None).await.ok()
    }

    /// What it will weigh, with the related statements that readers get under it. Pictures come after
    /// the page, and are not in it.
    pub async fn weight(&self, editor: &Editor) -> Option<Weight> {
        if self.words.is_empty() {
            return None;
        }
        let page = statements::draft_html(editor, self.for_readers(editor).await, self.statement).await;
        page.ok().as_deref().and_then(Weight::of)
    }

    async fn for_readers(&self, editor: &Editor) -> statements::Draft<'_> {
        statements::Draft {
            facts: self.facts,
            words: self.words,
            locale: self.locale,
            original: self.original,
            topics: filed(&*editor.topics().await, self.topics, self.locale),
            viewer: Viewer { under: urls::DESK_FILES, minding: editor.actor().minding() },
        }
    }
}

fn filed(index: &Index, topics: &[TopicId], locale: Locale) -> Vec<FiledUnder> {
    let mut filed: Vec<FiledUnder> = topics
        .iter()
        .filter_map(|id| {
            let topic = index.get(*id)?;
            let named = topic.named(locale)?;
            Some(FiledUnder { slug: topic.slug.clone(), name: named.name.clone(), locale: named.locale })
        })
        .collect();
    let order = order::of(locale);
    filed.sort_by(|one, two| order(&one.name, &two.name));
    filed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_heavy_past_fourteen_kilobytes() {
        assert_eq!(Weight(5_149).to_string(), "5.1 kB for a reader, of 14.");
        assert!(!Weight(14_000).is_heavy() && Weight(14_001).is_heavy());
        assert!(Weight(15_250).to_string().starts_with("15.2 kB for a reader, which is more"));
        assert!(Weight::of(&"the same ".repeat(10_000)).unwrap().0 < 500);
    }
}
