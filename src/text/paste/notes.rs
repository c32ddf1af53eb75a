//! Footnotes: a reference in the text and a note, each with a link to the other. Word, LibreOffice, Google
//! Docs, wikis and our own pages all write them so, each with names of its own.

use std::collections::HashMap;

use super::looks::{is_block, style};
use super::tree::{Place, Tree};

/// The most links within a page that are looked at: a book's worth of notes.
const MOST: usize = 4_000;

/// What a node is to the footnotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The mention of a note, by its number from 1.
    Reference(usize),
    /// All of a note.
    Definition,
    /// The link in a note that leads back.
    Back,
}

/// The footnotes of a tree.
#[derive(Debug, Default)]
pub(super) struct Notes {
    parts: HashMap<Place, Part>,
    definitions: Vec<Place>,
}

impl Notes {
    /// Finds them.
    pub(super) fn find(tree: &Tree) -> Self {
        let names = names(tree);
        let links: Vec<(Place, Place)> = tree
            .places()
            .filter(|at| tree.at(*at).name == "a" && tree.within(*at).count() < 20)
            .filter_map(|at| Some((at, *names.get(fragment(tree.at(at).attribute("href"))?)?)))
            .take(MOST)
            .collect();
        let mut notes = Self::default();
        let mut numbers: HashMap<Place, usize> = HashMap::new();
        for (link, target) in &links {
            // The mention comes first; what leads up leads back.
            let Some(note) = note_around(tree, *target).filter(|_| link < target) else { continue };
            let within = tree.within(note);
            let from = links.partition_point(|(at, _)| at < within.start());
            let back: Vec<_> = links[from..].iter().take_while(|(at, _)| within.contains(at)).collect();
            let mention = mention_around(tree, *link);
            let returns = |to: Place| {
                tree.within(mention).contains(&to) || tree.around(*link).take(2).any(|up| up == to)
            };
            // One of the links in a note leads back to the mention; that of a later mention may be left out.
            let is_mutual = back.iter().any(|(_, to)| returns(*to)) || numbers.contains_key(&note);
            if !is_mutual || within.contains(link) || !is_mark(&tree.text_of(*link)) {
                continue;
            }
            let number = *numbers.entry(note).or_insert_with(|| {
                notes.definitions.push(note);
                notes.definitions.len()
            });
            notes.parts.insert(mention, Part::Reference(number));
            notes.parts.insert(note, Part::Definition);
            for (back, _) in back.into_iter().filter(|(_, to)| *to < note) {
                notes.parts.insert(*back, Part::Back);
            }
        }
        notes
    }

    /// What a node is.
    pub(super) fn part(&self, place: Place) -> Option<Part> {
        self.parts.get(&place).copied()
    }

    /// The notes in the order of their first mention.
    pub(super) fn definitions(&self) -> impl Iterator<Item = Place> {
        self.definitions.iter().copied()
    }

    /// Whether a node holds a mention.
    pub(super) fn any_in(&self, tree: &Tree, place: Place) -> bool {
        !self.parts.is_empty() && tree.within(place).any(|at| self.parts.contains_key(&at))
    }
}

/// Every name that a link can lead to, with the first node of that name.
fn names(tree: &Tree) -> HashMap<&str, Place> {
    let mut names = HashMap::new();
    for at in tree.places() {
        let node = tree.at(at);
        let anchor = if node.name == "a" { node.attribute("name") } else { "" };
        for name in [node.attribute("id"), anchor] {
            if !name.is_empty() {
                names.entry(name).or_insert(at);
            }
        }
    }
    names
}

/// What a link into a page leads to: browsers write the page's address before it.
fn fragment(href: &str) -> Option<&str> {
    href.split_once('#').map(|(_, name)| name).filter(|name| !name.is_empty())
}

/// The note that a node is in: what Word and LibreOffice keep together, an item, or a paragraph.
fn note_around(tree: &Tree, place: Place) -> Option<Place> {
    let own = |at: &Place| {
        let node = tree.at(*at);
        let id = node.attribute("id");
        let is_kept = ["ftn", "edn", "sdfootnote", "sdendnote"].iter().any(|name| {
            id.strip_prefix(name)
                .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
        });
        node.name == "div" && (is_kept || matches!(style(node, "mso-element"), "footnote" | "endnote"))
    };
    let with_itself = || std::iter::once(place).chain(tree.around(place)).take(12);
    with_itself().find(own).or_else(|| {
        with_itself().find(|at| matches!(tree.at(*at).name.as_str(), "li" | "dd" | "p" | "aside"))
    })
}

/// The mention with the raised figure around it.
fn mention_around(tree: &Tree, link: Place) -> Place {
    let mut mention = link;
    for up in tree.around(link) {
        let node = tree.at(up);
        if is_block(&node.name) || node.children.len() > 1 {
            break;
        }
        mention = up;
    }
    mention
}

/// Whether a link is short as a mark is: `1`, `[1]`, `(12)`, `*`, `iv`.
fn is_mark(text: &str) -> bool {
    let text = text.trim();
    let bare =
        text.trim_matches(|sign: char| matches!(sign, '[' | ']' | '(' | ')' | '（' | '）' | '［' | '］'));
    let bare = bare.strip_prefix("note ").unwrap_or(bare);
    !bare.is_empty() && bare.chars().count() <= 4
}
