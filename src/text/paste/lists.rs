//! Lists: of HTML, of Google Docs, and Word's, which are paragraphs that say how deep they stand.

use super::looks::style;
use super::tree::{MARKER, Node, Place, Tree};

/// Word knows nine levels; nobody writes more.
const DEEPEST: u8 = 9;

/// The item that a block is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Item {
    /// How deep, from 1.
    pub(super) level: u8,
    /// Its number; `None` where it has a bullet.
    pub(super) number: Option<u32>,
    /// Whether the block is the first of it.
    pub(super) begins: bool,
}

/// A list that is being read.
#[derive(Clone, Debug)]
pub(super) struct Counter {
    level: u8,
    /// The number of the next item; `None` for bullets.
    next: Option<u32>,
}

impl Counter {
    /// A list in a list or in none.
    pub(super) fn of(node: &Node, around: Option<&Self>) -> Self {
        let level = around.map_or(0, |list| list.level).saturating_add(1);
        let start = node.attribute("start").parse().unwrap_or(1);
        Self { level, next: (node.name == "ol").then_some(start) }
    }

    /// The next item. Word's pages say of an item itself how deep it stands.
    pub(super) fn next(list: &mut Option<Self>, node: &Node) -> Item {
        let list = list.get_or_insert(Self { level: 1, next: None });
        if let Ok(number) = node.attribute("value").parse() {
            list.next = list.next.map(|_| number);
        }
        let number = list.next;
        list.next = number.map(|number| number.saturating_add(1));
        let level = node.attribute("data-aria-level").parse().ok().filter(|level| *level > list.level);
        Item { level: level.unwrap_or(list.level).min(DEEPEST), number, begins: true }
    }
}

/// The item that a paragraph of Word is: `mso-list:l0 level2 lfo1`.
pub(super) fn of_word(tree: &Tree, place: Place) -> Option<Item> {
    let list = style(tree.at(place), "mso-list");
    let level = list.split_whitespace().find_map(|part| part.strip_prefix("level")?.parse::<u8>().ok());
    if level.is_none() || list.contains("none") {
        return None;
    }
    let marker = tree.within(place).find(|at| {
        let node = tree.at(*at);
        node.name == MARKER || is_word_marker(node)
    });
    let text = marker.map(|at| tree.text_of(at)).unwrap_or_default();
    Some(Item { level: level.unwrap_or(1).clamp(1, DEEPEST), number: number_in(&text), begins: true })
}

/// Whether an element is a number or bullet that Word wrote out.
pub(super) fn is_word_marker(node: &Node) -> bool {
    style(node, "mso-list").eq_ignore_ascii_case("ignore")
}

/// The number of a marker such as `3.`, `(3)`, `c.` or `三、`; `None` for a bullet.
fn number_in(marker: &str) -> Option<u32> {
    let marker = marker.trim_matches(|sign: char| sign.is_whitespace() || sign == '\u{A0}');
    let is_numbered =
        marker.ends_with(['.', ')', '、', '．', '）']) && marker.chars().any(char::is_alphanumeric);
    if !is_numbered {
        return None;
    }
    let bare = marker.trim_matches(|sign: char| !sign.is_alphanumeric());
    let last = bare.rsplit('.').next().unwrap_or(bare);
    Some(match last.chars().next() {
        Some(figure) if figure.is_ascii_digit() => last.parse().unwrap_or(1),
        Some(letter) if last.len() == 1 && letter.is_ascii_lowercase() => {
            u32::from(letter) - u32::from('a') + 1
        }
        Some(letter) if last.len() == 1 && letter.is_ascii_uppercase() => {
            u32::from(letter) - u32::from('A') + 1
        }
        Some(sign) => {
            "一二三四五六七八九十".chars().zip(1..).find(|(han, _)| *han == sign).map_or(1, |(_, n)| n)
        }
        None => 1,
    })
}
