//! What a list of hits shows of a text: the place where it is hit, with the hit marked as it is written there.
//!
//! Hits are looked for in the folded text and marked in the text itself, so that 獲釋 is marked for 获释, Élan
//! for elan, and a word in full width for one in half.

use std::ops::Range;

use super::fold::Folded;
use super::question::Piece;
use super::search_words::{Stretch, stretches};
use super::stem::stem;

/// A stretch of an excerpt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The text of it.
    pub text: String,
    /// Whether it is what was asked for.
    pub is_hit: bool,
}

/// How much of a text is looked through: where a hit comes later, its beginning is shown.
const MOST_BYTES: usize = 200_000;

/// How wide an excerpt is, in columns: a Han sign takes two.
const WIDTH: usize = 220;

/// How many columns stand before the hit.
const BEFORE: usize = 60;

/// Marks what was asked for in a whole text.
pub fn mark(text: &str, asked: &[Piece]) -> Vec<Part> {
    parts(text, 0..text.len(), &hits(text, asked))
}

/// The place of a text where most of what was asked for stands together, marked; its beginning where
/// nothing does. Whether anything was marked comes with it.
pub fn excerpt(text: &str, asked: &[Piece]) -> (Vec<Part>, bool) {
    let mut end = text.len().min(MOST_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = &text[..end];
    let hits = hits(text, asked);
    let best = best(text, &hits);
    let range = around(text, best);
    let mut parts = parts(text, range.clone(), &hits);
    if range.start > 0 {
        parts.insert(0, Part { text: "… ".to_owned(), is_hit: false });
    }
    if range.end < text.len() {
        parts.push(Part { text: " …".to_owned(), is_hit: false });
    }
    parts.iter_mut().for_each(|part| part.text = part.text.replace('\n', " "));
    (parts, !hits.is_empty())
}

/// A hit: where it stands, and which of what was asked it is.
#[derive(Clone, Debug)]
struct Hit {
    at: Range<usize>,
    piece: usize,
}

/// Where what was asked for stands, in order; what overlaps is one.
fn hits(text: &str, asked: &[Piece]) -> Vec<Hit> {
    let folded = Folded::of(text);
    let stems: Vec<Option<String>> = asked
        .iter()
        .map(|piece| match piece {
            Piece::Word(word) => Some(stem(word)),
            Piece::Signs(_) => None,
        })
        .collect();
    // No ending changes how a word begins: most need not be stemmed to see that they are others.
    let may_be_asked = |word: &str| {
        let first = word.chars().next();
        stems.iter().flatten().any(|asked| asked.chars().next() == first)
    };
    let mut hits: Vec<Hit> = Vec::new();
    for stretch in stretches(folded.letters()) {
        match stretch {
            Stretch::Word(word, letters) if may_be_asked(&word) => {
                let stem = stem(&word);
                if let Some(piece) = stems.iter().position(|asked| asked.as_deref() == Some(&stem)) {
                    hits.push(Hit { at: folded.from(letters), piece });
                }
            }
            Stretch::Word(..) => {}
            Stretch::Signs(signs) => {
                for (piece, asked) in asked.iter().enumerate() {
                    let Piece::Signs(asked) = asked else { continue };
                    for window in signs.windows(asked.len().max(1)) {
                        if window.iter().map(|(sign, _)| sign).eq(asked) {
                            let letters = window[0].1..window[window.len() - 1].1 + 1;
                            hits.push(Hit { at: folded.from(letters), piece });
                        }
                    }
                }
            }
        }
    }
    hits.sort_by_key(|hit| (hit.at.start, std::cmp::Reverse(hit.at.end)));
    let mut apart: Vec<Hit> = Vec::with_capacity(hits.len());
    for hit in hits {
        match apart.last_mut().filter(|last| last.at.end > hit.at.start) {
            Some(last) => last.at.end = last.at.end.max(hit.at.end),
            None => apart.push(hit),
        }
    }
    apart
}

fn columns(text: &str) -> usize {
    text.chars().map(|c| if c >= '\u{1100}' { 2 } else { 1 }).sum()
}

/// The hit from which on most different ones follow within an excerpt; the first of equals.
fn best(text: &str, hits: &[Hit]) -> Option<Range<usize>> {
    let mut best: Option<(usize, usize)> = None;
    for (at, hit) in hits.iter().enumerate().take(200) {
        let mut pieces = vec![hit.piece];
        for later in &hits[at + 1..] {
            if columns(&text[hit.at.start..later.at.end]) > WIDTH - BEFORE {
                break;
            }
            if !pieces.contains(&later.piece) {
                pieces.push(later.piece);
            }
        }
        if best.is_none_or(|(most, _)| pieces.len() > most) {
            best = Some((pieces.len(), at));
        }
    }
    best.map(|(_, at)| hits[at].at.clone())
}

/// The stretch to show around a hit, from word to word.
fn around(text: &str, hit: Option<Range<usize>>) -> Range<usize> {
    let hit = hit.unwrap_or(0..0);
    let mut start = hit.start;
    let mut used = 0;
    for (at, c) in text[..hit.start].char_indices().rev() {
        used += if c >= '\u{1100}' { 2 } else { 1 };
        if used > BEFORE {
            break;
        }
        // A line is a block of its own: an excerpt that can begin with one does.
        if c == '\n' {
            start = at + 1;
            break;
        }
        start = at;
    }
    if used > BEFORE
        && let Some(space) = text[start..hit.start].find(' ')
    {
        start += space + 1;
    }
    let mut end = start;
    let mut used = 0;
    for (at, c) in text[start..].char_indices() {
        used += if c >= '\u{1100}' { 2 } else { 1 };
        if used > WIDTH && start + at >= hit.end {
            let rest = text[hit.end.max(start)..start + at].rfind(' ');
            let near = rest.map(|space| hit.end.max(start) + space).filter(|space| start + at - space < 30);
            end = near.unwrap_or(start + at);
            return start..end;
        }
        end = start + at + c.len_utf8();
    }
    start..end
}

fn parts(text: &str, range: Range<usize>, hits: &[Hit]) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut add = |text: &str, is_hit| {
        if !text.is_empty() {
            parts.push(Part { text: text.to_owned(), is_hit });
        }
    };
    let mut at = range.start;
    for hit in hits.iter().filter(|hit| hit.at.start >= range.start && hit.at.end <= range.end) {
        add(&text[at..hit.at.start], false);
        add(&text[hit.at.clone()], true);
        at = hit.at.end;
    }
    add(&text[at..range.end.max(at)], false);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::question::cut;

    fn shown(parts: &[Part]) -> String {
        parts
            .iter()
            .map(|part| if part.is_hit { format!("[{}]", part.text) } else { part.text.clone() })
            .collect()
    }

    #[test]
    fn a_hit_is_marked_as_it_is_written() {
        for (text, asked, marked) in [
            ("Prisoners were released.", "prisoner release", "[Prisoners] were [released]."),
            ("四十九名政治犯獲釋。", "政治犯获释", "四十九名[政治犯獲釋]。"),
            ("政治犯", "犯", "政治[犯]"),
            ("Ｅ\u{301}LAN, ＵＮ", "élan un", "[Ｅ\u{301}LAN], [ＵＮ]"),
            ("The Women’s rights", "womens", "The [Women’s] rights"),
            ("天安門母親 (Tiananmen Mothers)", "天安门 mothers", "[天安門]母親 (Tiananmen [Mothers])"),
            ("政治犯人", "政治犯 犯人", "[政治犯人]"),
            ("No. 2800 <b>", "2800", "No. [2800] <b>"),
            ("nothing", "else", "nothing"),
            ("", "else", ""),
        ] {
            assert_eq!(shown(&mark(text, &cut(asked))), marked, "{asked}");
        }
    }

    #[test]
    fn an_excerpt_stands_around_the_hit() {
        let text =
            format!("{}the hunger strike began. {}", "Before it. ".repeat(60), "After it. ".repeat(60));
        let (parts, hit) = excerpt(&text, &cut("strike"));
        let said = shown(&parts);
        assert!(hit && said.starts_with("… ") && said.ends_with(" …"), "{said}");
        assert!(said.contains("hunger [strike] began."), "{said}");
        assert!(columns(&said) < WIDTH + 10, "{said}");

        let text = format!("{}政治犯獲釋{}", "在此之前。".repeat(60), "在此之後。".repeat(60));
        let said = shown(&excerpt(&text, &cut("获释")).0);
        assert!(said.contains("政治犯[獲釋]在") && columns(&said) < WIDTH + 10, "{said}");
    }

    #[test]
    fn it_shows_where_most_stands_together() {
        let text = format!("A strike. {} A hunger strike. {}", "Much else. ".repeat(40), "More. ".repeat(40));
        assert!(shown(&excerpt(&text, &cut("hunger strike")).0).contains("[hunger] [strike]"));
    }

    #[test]
    fn without_a_hit_it_is_the_beginning() {
        let (parts, hit) = excerpt("A short text.\nOf two lines.", &cut("else"));
        assert!(!hit);
        assert_eq!(shown(&parts), "A short text. Of two lines.");
        assert_eq!(shown(&excerpt("", &cut("else")).0), "");
    }

    #[test]
    fn a_very_long_text_is_looked_through_to_an_end() {
        let text = "犯".repeat(300_000);
        let (parts, hit) = excerpt(&text, &cut("犯"));
        assert!(hit && parts.len() < 1_000);
    }
}
