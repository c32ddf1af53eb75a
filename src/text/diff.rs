//! What differs between two texts: by word where words have spaces between them, by character in
//! Chinese.

use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};
use std::time::{Duration, Instant};

/// A stretch of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stretch {
    /// It is in both.
    Same(String),
    /// It is in the old one only.
    Removed(String),
    /// It is in the new one only.
    Added(String),
}

/// How long two texts are compared; after that whatever differs is one large difference.
const PATIENCE: Duration = Duration::from_millis(800);

/// Compares two texts: lines first, and within lines that changed, words and characters.
pub fn compare(old: &str, new: &str) -> Vec<Stretch> {
    let until = Instant::now() + PATIENCE;
    // The last line ends like the others, so that it can be one of them.
    let (old, new) = (format!("{old}\n"), format!("{new}\n"));
    let (old_lines, new_lines) = (lines(&old), lines(&new));
    let mut stretches = Vec::new();
    for op in capture_diff_slices_deadline(Algorithm::Patience, &old_lines, &new_lines, Some(until)) {
        let (was, is) = (old_lines[op.old_range()].concat(), new_lines[op.new_range()].concat());
        match op {
            DiffOp::Equal { .. } => add(&mut stretches, Stretch::Same(was)),
            DiffOp::Delete { .. } => add(&mut stretches, Stretch::Removed(was)),
            DiffOp::Insert { .. } => add(&mut stretches, Stretch::Added(is)),
            DiffOp::Replace { .. } => within(&mut stretches, &was, &is, until),
        }
    }
    without_last_line_end(&mut stretches);
    stretches
}

/// Takes away the line end that each of the two texts was given.
fn without_last_line_end(stretches: &mut Vec<Stretch>) {
    use Stretch::{Added, Removed, Same};
    match stretches.as_mut_slice() {
        [.., Same(both), Added(text) | Removed(text)] => {
            both.pop();
            text.pop();
            text.insert(0, '\n');
        }
        [.., Removed(one), Added(other)] | [.., Added(one), Removed(other)] => {
            one.pop();
            other.pop();
        }
        [.., Same(text) | Added(text) | Removed(text)] => drop(text.pop()),
        [] => {}
    }
    stretches.retain(|(Same(text) | Added(text) | Removed(text))| !text.is_empty());
}

/// Whether nothing differs.
pub fn is_same(stretches: &[Stretch]) -> bool {
    stretches.iter().all(|stretch| matches!(stretch, Stretch::Same(_)))
}

fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// Compares what changed word by word. What is taken out and what comes in stand together, also over the
/// spaces between: three other words are one change, not three.
fn within(stretches: &mut Vec<Stretch>, old: &str, new: &str, until: Instant) {
    let (was, is) = (tokens(old), tokens(new));
    let ops = capture_diff_slices_deadline(Algorithm::Myers, &was, &is, Some(until));
    let (mut removed, mut added) = (String::new(), String::new());
    for (at, op) in ops.iter().enumerate() {
        let (was, is) = (was[op.old_range()].concat(), is[op.new_range()].concat());
        let is_equal = matches!(op, DiffOp::Equal { .. });
        let only_parts = was.chars().all(|c| c == ' ') && at > 0 && at + 1 < ops.len();
        if is_equal && !(only_parts && !removed.is_empty() && !added.is_empty()) {
            add(stretches, Stretch::Removed(std::mem::take(&mut removed)));
            add(stretches, Stretch::Added(std::mem::take(&mut added)));
            add(stretches, Stretch::Same(was));
        } else {
            removed.push_str(&was);
            added.push_str(&is);
        }
    }
    add(stretches, Stretch::Removed(removed));
    add(stretches, Stretch::Added(added));
}

/// Adds a stretch, to the last one where it is of the same sort.
fn add(stretches: &mut Vec<Stretch>, next: Stretch) {
    use Stretch::{Added, Removed, Same};
    match (stretches.last_mut(), next) {
        (_, Same(text) | Removed(text) | Added(text)) if text.is_empty() => {}
        (Some(Same(last)), Same(text))
        | (Some(Removed(last)), Removed(text))
        | (Some(Added(last)), Added(text)) => {
            last.push_str(&text);
        }
        (_, next) => stretches.push(next),
    }
}

/// A text in its smallest parts: words, runs of white space, and each sign and each character of a
/// script that has no spaces between words by itself.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut start = 0;
    let mut last = None;
    for (at, c) in text.char_indices() {
        let sort = Sort::of(c);
        if last.is_some_and(|last| last != sort || sort == Sort::Alone) {
            tokens.push(&text[start..at]);
            start = at;
        }
        last = Some(sort);
    }
    if start < text.len() {
        tokens.push(&text[start..]);
    }
    tokens
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Word,
    Space,
    Alone,
}

impl Sort {
    fn of(c: char) -> Self {
        // Han, kana, bopomofo and their signs, without and with the planes above.
        let has_no_spaces = matches!(u32::from(c), 0x2E80..=0x312F | 0x3190..=0xA4CF | 0xF900..=0xFAFF | 0xFF00..=0xFF60 | 0x20000..=0x3FFFF);
        if c.is_whitespace() {
            Self::Space
        } else if !has_no_spaces && (c.is_alphanumeric() || matches!(c, '\'' | '’')) || is_mark(c) {
            Self::Word
        } else {
            Self::Alone
        }
    }
}

/// Whether this belongs to the letter before it (combining marks, joiners).
fn is_mark(c: char) -> bool {
    matches!(u32::from(c), 0x0300..=0x036F | 0x200C..=0x200D | 0x20D0..=0x20FF | 0xFE00..=0xFE0F)
}

#[cfg(test)]
mod tests {
    use super::Stretch::{Added, Removed, Same};
    use super::*;

    fn same(text: &str) -> Stretch {
        Same(text.to_owned())
    }
    fn removed(text: &str) -> Stretch {
        Removed(text.to_owned())
    }
    fn added(text: &str) -> Stretch {
        Added(text.to_owned())
    }

    #[test]
    fn english_is_compared_by_word() {
        assert_eq!(
            compare("The harbour court heard none.", "The harbour’s court heard all of them."),
            [
                same("The "),
                removed("harbour"),
                added("harbour’s"),
                same(" court heard "),
                removed("none"),
                added("all of them"),
                same("."),
            ]
        );
    }

    #[test]
    fn words_changed_in_a_row_are_one_change() {
        assert_eq!(
            compare("And my own ending.", "Typed while signed out."),
            [removed("And my own ending"), added("Typed while signed out"), same(".")]
        );
        assert_eq!(compare("a b c d", "a x c d"), [same("a "), removed("b"), added("x"), same(" c d")]);
    }

    #[test]
    fn chinese_is_compared_by_character() {
        assert_eq!(
            compare("五名码头工人已被关押一年。", "五名码头工人已被关押两年。"),
            [same("五名码头工人已被关押"), removed("一"), added("两"), same("年。")]
        );
    }

    #[test]
    fn lines_that_are_the_same_are_not_taken_apart() {
        assert_eq!(
            compare("One.\n\nTwo.\n\nThree.", "One.\n\nThree.\n\nFour."),
            [same("One.\n\n"), removed("Two.\n\n"), same("Three."), added("\n\nFour.")]
        );
        assert!(is_same(&compare("a\nb", "a\nb")) && compare("", "").is_empty());
        assert_eq!(compare("", "x"), [added("x")]);
    }

    /// Both texts can be read out of their comparison.
    #[test]
    fn nothing_is_left_out() {
        let texts = [
            "",
            "a",
            "One two.\nThree 四五 six\n",
            "One 2.\n\nThree 四 six!\n七",
            "\n\n",
            "e\u{301}te\u{301}",
        ];
        for old in texts {
            for new in texts {
                let stretches = compare(old, new);
                let read = |skip: fn(&Stretch) -> bool| -> String {
                    let kept = stretches.iter().filter(|stretch| !skip(stretch));
                    kept.map(|(Same(text) | Removed(text) | Added(text))| text.as_str()).collect()
                };
                assert_eq!(read(|stretch| matches!(stretch, Added(_))), old);
                assert_eq!(read(|stretch| matches!(stretch, Removed(_))), new);
            }
        }
    }

    #[test]
    fn long_texts_that_have_nothing_in_common_do_not_take_long() {
        let long = |word: &str| (0..60_000).map(|n| format!("{word}{n} ")).collect::<String>();
        let begun = Instant::now();
        let stretches = compare(&long("a"), &long("b"));
        assert!(!is_same(&stretches) && begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    }
}
