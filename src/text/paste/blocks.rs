//! The paragraphs, headings, items, tables and sources of a tree, in their order.

use super::inline::{Style, Words};
use super::lists::{self, Counter, Item};
use super::looks;
use super::notes::{Notes, Part};
use super::tables::{self, Table};
use super::tree::{MARKER, Place, Tree};

/// What stands in lines of its own.
#[derive(Debug)]
pub(super) enum Kind {
    Paragraph(Words),
    /// With its level, from 1.
    Heading(u8, Words),
    Table(Table),
    Source(String),
    Rule,
}

/// A block and what it stands in.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) kind: Kind,
    /// In how many quotations.
    pub(super) quote: u8,
    /// Of which item.
    pub(super) item: Option<Item>,
}

/// What was read.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) blocks: Vec<Block>,
    pub(super) links: Vec<String>,
    pub(super) pictures: usize,
    /// Whether it was copied out of an editor of programs.
    pub(super) is_source: bool,
}

/// Reads a part of a tree.
pub(super) fn read(tree: &Tree, notes: &Notes, from: Place) -> Read {
    let mut reader =
        Reader { tree, notes, read: Read::default(), words: Words::default(), first: false, in_cell: false };
    for child in &tree.at(from).children {
        reader.visit(*child, &mut Around::default());
    }
    reader.end(&Around::default());
    reader.read
}

/// Where a node stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Around {
    style: Style,
    quote: u8,
    heading: Option<u8>,
    item: Option<Item>,
    /// The list that it is of, and how deep that is.
    list: Option<Counter>,
}

struct Reader<'a> {
    tree: &'a Tree,
    notes: &'a Notes,
    read: Read,
    words: Words,
    /// Whether the next block begins its item.
    first: bool,
    /// Whether all that is read is one cell of a table.
    in_cell: bool,
}

impl Reader<'_> {
    fn visit(&mut self, place: Place, around: &mut Around) {
        let tree = self.tree;
        let node = tree.at(place);
        if node.name.is_empty() {
            self.words.push(&node.text, around.style);
            return;
        }
        match self.notes.part(place) {
            Some(Part::Reference(number)) => return self.words.push_note(number),
            Some(Part::Definition | Part::Back) => return,
            None => {}
        }
        if looks::is_left_out(node) {
            return;
        }
        match node.name.as_str() {
            "br" => self.words.push_break(),
            "img" | "picture" => self.read.pictures += usize::from(!is_spacer(node.attribute("width"))),
            MARKER => self.marker(place, around),
            "sup" | "sub" => self.small(place, around),
            "rt" => self.between("(", place, ")", around),
            "q" => self.between("\u{201C}", place, "\u{201D}", around),
            "hr" => self.whole(Kind::Rule, around),
            "pre" => self.whole(Kind::Source(tree.text_of(place)), around),
            "table" => match tables::read(tree, place, |cell| self.cell(cell, around)) {
                Some(table) => self.whole(Kind::Table(table), around),
                None => self.block(place, around),
            },
            name if looks::is_block(name) => self.block(place, around),
            _ if lists::is_word_marker(node) => self.marker(place, around),
            _ => self.inline(place, around),
        }
    }

    fn children(&mut self, place: Place, around: &mut Around) {
        for child in &self.tree.at(place).children {
            self.visit(*child, around);
        }
    }

    fn inline(&mut self, place: Place, around: &Around) {
        let node = self.tree.at(place);
        let mut here = around.clone();
        here.style.emphasis = looks::emphasis(node, around.style.emphasis);
        if node.name == "a"
            && let Some(to) = looks::destination(node)
        {
            self.read.links.push(to);
            here.style.link = self.read.links.len();
        }
        if node.attribute("role") == "heading" {
            here.heading = looks::heading(node);
        }
        self.children(place, &mut here);
    }

    fn between(&mut self, before: &str, place: Place, after: &str, around: &Around) {
        self.words.push(before, around.style);
        self.inline(place, around);
        self.words.push(after, around.style);
    }

    /// Raised figures have signs of their own; what else is raised is read as well on the line.
    fn small(&mut self, place: Place, around: &mut Around) {
        let (text, is_raised) = (self.tree.text_of(place), self.tree.at(place).name == "sup");
        let figures: Option<String> =
            text.trim().chars().map(|figure| tables::figure(figure, is_raised)).collect();
        match figures.filter(|figures| !figures.is_empty() && !self.notes.any_in(self.tree, place)) {
            Some(figures) => self.words.push(&figures, around.style),
            None => self.inline(place, around),
        }
    }

    /// Word's own number of a heading is a part of it; that of an item is written by whoever shows the list.
    fn marker(&mut self, place: Place, around: &Around) {
        if around.heading.is_some() {
            self.words.push(&self.tree.text_of(place), around.style);
            self.words.push(" ", around.style);
        }
    }

    fn block(&mut self, place: Place, around: &mut Around) {
        self.end(around);
        let node = self.tree.at(place);
        let mut here = around.clone();
        here.style.emphasis = looks::emphasis(node, around.style.emphasis);
        here.heading = looks::heading(node).or(around.heading);
        here.quote = around.quote.saturating_add(u8::from(looks::is_quotation(node))).min(6);
        self.read.is_source |= looks::is_source(node);
        match node.name.as_str() {
            "ul" | "ol" => here.list = Some(Counter::of(node, around.list.as_ref())),
            "li" => {
                here.item = Some(Counter::next(&mut around.list, node));
                here.list = around.list.clone();
                self.first = true;
            }
            _ => {
                if here.heading.is_none()
                    && let Some(item) = lists::of_word(self.tree, place)
                {
                    here.item = Some(item);
                    self.first = true;
                }
            }
        }
        self.children(place, &mut here);
        self.end(&here);
    }

    fn cell(&mut self, place: Place, around: &Around) -> Words {
        self.end(around);
        self.in_cell = true;
        self.children(place, &mut Around { style: around.style, ..Around::default() });
        self.in_cell = false;
        std::mem::take(&mut self.words).paragraphs().into_iter().next().unwrap_or_default()
    }

    /// Ends the paragraph that is being read.
    fn end(&mut self, around: &Around) {
        if self.in_cell {
            return self.words.push(" ", around.style);
        }
        for words in std::mem::take(&mut self.words).paragraphs() {
            let kind = match around.heading {
                Some(level) => Kind::Heading(level, words.without_bold()),
                None => Kind::Paragraph(words),
            };
            self.push(kind, around);
        }
    }

    fn whole(&mut self, kind: Kind, around: &Around) {
        self.end(around);
        self.push(kind, around);
    }

    fn push(&mut self, kind: Kind, around: &Around) {
        let begins = std::mem::take(&mut self.first);
        let item = around.item.map(|item| Item { begins, ..item });
        self.read.blocks.push(Block { kind, quote: around.quote, item });
    }
}

fn is_spacer(width: &str) -> bool {
    matches!(width.trim(), "0" | "1" | "2")
}

/// Takes away what only parted a page: rules at the end, and headings begin at the second level, as under
/// the title of a statement.
pub(super) fn tidy(blocks: &mut Vec<Block>) {
    while matches!(blocks.last(), Some(Block { kind: Kind::Rule, .. })) {
        blocks.pop();
    }
    let level = |block: &Block| if let Kind::Heading(level, _) = block.kind { Some(level) } else { None };
    let Some(highest) = blocks.iter().filter_map(level).min() else { return };
    for block in blocks {
        if let Kind::Heading(level, _) = &mut block.kind {
            *level = (*level - highest + 2).min(6);
        }
    }
}
