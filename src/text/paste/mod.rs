//! What comes out of Word, Google Docs, LibreOffice and web pages, as the Markdown that an editor would
//! have written: headings, lists, quotations, links, footnotes, emphasis and plain tables. No styles, no
//! scripts, no pictures from elsewhere.
//!
//! `html5ever` cuts the HTML into tags, which become a tree of bounded depth; what the programs mean by
//! their styles and classes is read from it into blocks; these are plain HTML again, which `htmd`
//! writes as Markdown. Every step is linear in what came in.

mod blocks;
mod inline;
mod lists;
pub(in crate::text) mod looks;
mod notes;
mod tables;
pub(in crate::text) mod tree;
mod write;

#[cfg(test)]
mod tests;

use blocks::{Block, Kind};
use notes::Notes;
use tree::Tree;

/// What a piece of HTML comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pasted {
    /// Markdown, without blank lines around it.
    pub markdown: String,
    /// Whether it holds anything that the same words as plain text would not: where it does not, the plain
    /// text is better taken as it is.
    pub is_rich: bool,
    /// How many pictures were left out.
    pub pictures: usize,
}

/// Makes Markdown of HTML. Footnotes get the numbers that come after `notes_before`, which the text has
/// already.
pub fn from_html(html: &str, notes_before: usize) -> Pasted {
    let tree = Tree::read(html);
    let notes = Notes::find(&tree);
    let mut read = blocks::read(&tree, &notes, tree::ROOT);
    blocks::tidy(&mut read.blocks);
    let mut markdown = write::markdown(&read, notes_before);
    for (index, definition) in notes.definitions().enumerate() {
        let note = blocks::read(&tree, &notes, definition);
        let text = write::markdown(&note, notes_before);
        let label = notes_before + index + 1;
        // A definition goes on in lines that are set in (as pulldown-cmark and GitHub read it).
        let text = text.replace('\n', "\n    ").replace("\n    \n", "\n\n");
        markdown.push_str(&format!("\n\n[^{label}]: {}", text.trim()));
    }
    let is_rich = notes.definitions().next().is_some() || is_rich(&read.blocks);
    Pasted {
        markdown: markdown.trim_matches('\n').to_owned(),
        is_rich: is_rich && !read.is_source,
        pictures: read.pictures,
    }
}

fn is_rich(blocks: &[Block]) -> bool {
    let all_source = blocks.iter().all(|block| matches!(block.kind, Kind::Source(_)));
    let is_plain = |block: &Block| match &block.kind {
        Kind::Paragraph(words) => block.item.is_none() && block.quote == 0 && words.is_plain(),
        _ => false,
    };
    !all_source && (blocks.len() > 1 || !blocks.iter().all(is_plain))
}
