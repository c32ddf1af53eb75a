//! What a text names, and with which words.

use std::collections::BTreeSet;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::OPTIONS;

/// The number of what an address names: `media:12`.
pub fn number(address: &str) -> Option<i64> {
    let digits = address.strip_prefix("media:")?;
    let is_plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|_| is_plain)
}

/// One mention of a picture or a file in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The number in its name.
    pub number: i64,
    /// Whether it is to be shown, and not only linked.
    pub shown: bool,
    /// The words of the text itself that describe it, or that are the link.
    pub words: String,
}

/// Everything of ours that a text mentions, in its order.
pub fn mentions(source: &str) -> Vec<Mention> {
    let mut open: Vec<Option<Mention>> = Vec::new();
    let mut found = Vec::new();
    for event in Parser::new_ext(source, OPTIONS) {
        match event {
            Event::Start(Tag::Image { dest_url, .. }) => open.push(begun(&dest_url, true)),
            Event::Start(Tag::Link { dest_url, .. }) => open.push(begun(&dest_url, false)),
            Event::End(TagEnd::Image | TagEnd::Link) => found.extend(open.pop().flatten()),
            Event::Text(text) | Event::Code(text) => {
                // A picture in a link, and no deeper: a text of nothing but brackets costs nothing.
                open.iter_mut().rev().take(2).flatten().for_each(|mention| mention.words.push_str(&text));
            }
            _ => {}
        }
    }
    found
}

fn begun(address: &str, shown: bool) -> Option<Mention> {
    Some(Mention { number: number(address)?, shown, words: String::new() })
}

/// The numbers of everything of ours that a text mentions.
pub fn numbers(source: &str) -> BTreeSet<i64> {
    mentions(source).into_iter().map(|mention| mention.number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mentions_are_found_with_their_own_words() {
        let found =
            mentions("![a](media:1) [b `c`](media:2) [![](media:3)](media:4) ![x](https://e)\n\n`media:5`");
        let found: Vec<_> = found.iter().map(|m| (m.number, m.shown, m.words.as_str())).collect();
        assert_eq!(found, [(1, true, "a"), (2, false, "b c"), (3, true, ""), (4, false, "")]);
    }
}
