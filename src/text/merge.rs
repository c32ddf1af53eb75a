//! Two texts that were made from one, put together again: what only one side changed is taken, and
//! where both changed the same place, both are shown.
//!
//! The unit is a line with the blank lines after it, which in Markdown is mostly a paragraph. Changes
//! that lie side by side are no conflict; changes of the same lines are.

use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};
use std::ops::Range;
use std::time::{Duration, Instant};

/// A part of what comes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Nobody changed it, or one side did, or both did the same.
    Agreed(String),
    /// Both changed it.
    Conflict {
        /// What both began with.
        base: String,
        /// What one made of it.
        mine: String,
        /// What the other made of it.
        theirs: String,
    },
}

/// How long two texts are compared; after that whatever differs is one large difference.
const PATIENCE: Duration = Duration::from_millis(500);

/// A change: a range of the base, and the range that stands there instead.
type Change = (Range<usize>, Range<usize>);

/// Puts two texts together, line by line.
pub fn lines(base: &str, mine: &str, theirs: &str) -> Vec<Part> {
    let (base, mine, theirs) = (split(base), split(mine), split(theirs));
    let (of_mine, of_theirs) = (changes(&base, &mine), changes(&base, &theirs));
    let (mut m, mut t) = (of_mine.as_slice(), of_theirs.as_slice());
    let mut parts = Vec::new();
    let mut at = 0;
    while !m.is_empty() || !t.is_empty() {
        let (of_m, of_t) = cluster(m, t);
        let both = || m[..of_m].iter().chain(&t[..of_t]);
        let from = both().map(|(range, _)| range.start).min().unwrap_or(at);
        let to = both().map(|(range, _)| range.end).max().unwrap_or(at);
        agreed(&mut parts, &base[at..from]);
        let as_mine = apply(&base, &mine, from..to, &m[..of_m]);
        let as_theirs = apply(&base, &theirs, from..to, &t[..of_t]);
        match (of_m, of_t) {
            (_, 0) => agreed(&mut parts, &as_mine),
            (0, _) => agreed(&mut parts, &as_theirs),
            _ if as_mine == as_theirs => agreed(&mut parts, &as_mine),
            _ => parts.push(Part::Conflict {
                base: base[from..to].concat(),
                mine: as_mine.concat(),
                theirs: as_theirs.concat(),
            }),
        }
        (m, t, at) = (&m[of_m..], &t[of_t..], to);
    }
    agreed(&mut parts, &base[at..]);
    parts
}

/// Puts two texts together that are no more than a line or a few, as a whole.
pub fn whole(base: &str, mine: &str, theirs: &str) -> Vec<Part> {
    let one = |text: &str| vec![Part::Agreed(text.to_owned())];
    if mine == theirs || theirs == base {
        one(mine)
    } else if mine == base {
        one(theirs)
    } else {
        let (base, mine, theirs) = (base.to_owned(), mine.to_owned(), theirs.to_owned());
        vec![Part::Conflict { base, mine, theirs }]
    }
}

/// Whether any part is open.
pub fn has_conflicts(parts: &[Part]) -> bool {
    parts.iter().any(|part| matches!(part, Part::Conflict { .. }))
}

/// Each line with its end and the blank lines after it. All but the last end in a line end, so that
/// lines can be moved about; the last gets one too, and [`trim`] takes it away.
fn split(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        match lines.last_mut().filter(|_| line.trim().is_empty()) {
            Some(last) => last.push('\n'),
            None => lines.push(format!("{line}\n")),
        }
    }
    // The last paragraph is parted from what may come after it as the others are.
    if let Some(last) = lines.last_mut().filter(|last| !last.ends_with("\n\n") && text.contains("\n\n")) {
        last.push('\n');
    }
    lines
}

/// A text that was put together, without the blank lines at its end.
pub fn trim(text: &str) -> String {
    text.trim_end_matches('\n').to_owned()
}

fn changes(base: &[String], other: &[String]) -> Vec<Change> {
    let until = Instant::now() + PATIENCE;
    let ops = capture_diff_slices_deadline(Algorithm::Patience, base, other, Some(until));
    let changed = ops.iter().filter(|op| !matches!(op, DiffOp::Equal { .. }));
    let mut changes: Vec<Change> = Vec::new();
    for (old, new) in changed.map(|op| (op.old_range(), op.new_range())) {
        match changes.last_mut().filter(|(last, _)| last.end == old.start) {
            Some((last_old, last_new)) => (last_old.end, last_new.end) = (old.end, new.end),
            None => changes.push((old, new)),
        }
    }
    changes
}

/// Whether two changes are in each other's way: they share lines, or put something into the same place.
fn meet(one: &Range<usize>, other: &Range<usize>) -> bool {
    (one.start < other.end && other.start < one.end)
        || (one.start == other.start && one.is_empty() && other.is_empty())
}

/// How many of the next changes of each side belong together: one alone, or as many as meet.
fn cluster(mine: &[Change], theirs: &[Change]) -> (usize, usize) {
    let first = match (mine.first(), theirs.first()) {
        (Some((one, _)), Some((other, _))) => {
            if (one.start, one.end) <= (other.start, other.end) {
                (1, 0)
            } else {
                (0, 1)
            }
        }
        (one, _) => (usize::from(one.is_some()), usize::from(one.is_none())),
    };
    let (mut m, mut t) = first;
    loop {
        let takes = |all: &[Change], taken: usize, others: &[Change]| {
            all.get(taken).is_some_and(|(next, _)| others.iter().any(|(range, _)| meet(next, range)))
        };
        if takes(mine, m, &theirs[..t]) {
            m += 1;
        } else if takes(theirs, t, &mine[..m]) {
            t += 1;
        } else {
            return (m, t);
        }
    }
}

/// A range of the base with the changes of one side.
fn apply(base: &[String], other: &[String], range: Range<usize>, changes: &[Change]) -> Vec<String> {
    let mut lines = Vec::new();
    let mut at = range.start;
    for (old, new) in changes {
        lines.extend_from_slice(&base[at..old.start]);
        lines.extend_from_slice(&other[new.clone()]);
        at = old.end;
    }
    lines.extend_from_slice(&base[at..range.end]);
    lines
}

fn agreed(parts: &mut Vec<Part>, lines: &[String]) {
    if lines.is_empty() {
        return;
    }
    match parts.last_mut() {
        Some(Part::Agreed(text)) => text.push_str(&lines.concat()),
        _ => parts.push(Part::Agreed(lines.concat())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "One.\n\nTwo.\n\nThree.\n\nFour.";

    fn clean(mine: &str, theirs: &str) -> String {
        let parts = lines(BASE, mine, theirs);
        assert!(!has_conflicts(&parts), "{parts:?}");
        let all: String =
            parts.iter().map(|part| if let Part::Agreed(text) = part { text } else { "" }).collect();
        trim(&all)
    }

    fn conflict(mine: &str, theirs: &str) -> (String, String) {
        let parts = lines(BASE, mine, theirs);
        let open: Vec<_> = parts
            .into_iter()
            .filter_map(|part| match part {
                Part::Conflict { mine, theirs, .. } => Some((trim(&mine), trim(&theirs))),
                Part::Agreed(_) => None,
            })
            .collect();
        assert_eq!(open.len(), 1);
        open[0].clone()
    }

    #[test]
    fn what_one_side_changed_is_taken() {
        assert_eq!(clean(BASE, BASE), BASE);
        assert_eq!(clean("1.\n\nTwo.\n\nThree.\n\nFour.", BASE), "1.\n\nTwo.\n\nThree.\n\nFour.");
        assert_eq!(clean(BASE, "One.\n\nThree.\n\nFour."), "One.\n\nThree.\n\nFour.");
        let (mine, theirs) = ("1.\n\nTwo.\n\nThree.\n\nFour.", "One.\n\nTwo.\n\nThree.\n\nFour.\n\nFive.");
        assert_eq!(clean(mine, theirs), "1.\n\nTwo.\n\nThree.\n\nFour.\n\nFive.");
    }

    #[test]
    fn changes_side_by_side_are_no_conflict() {
        let (mine, theirs) = ("One.\n\n2.\n\nThree.\n\nFour.", "One.\n\nTwo.\n\n3.\n\nFour.");
        assert_eq!(clean(mine, theirs), "One.\n\n2.\n\n3.\n\nFour.");
    }

    #[test]
    fn the_same_change_twice_is_one() {
        let both = "One.\n\nTwo and a half.\n\nThree.\n\nFour.";
        assert_eq!(clean(both, both), both);
    }

    #[test]
    fn the_same_lines_changed_otherwise_are_a_conflict() {
        let (mine, theirs) = ("One.\n\nmine\n\nThree.\n\nFour.", "One.\n\ntheirs\n\nThree.\n\nFour.");
        assert_eq!(conflict(mine, theirs), ("mine".to_owned(), "theirs".to_owned()));
        // One side takes away what the other changed.
        let (mine, theirs) = ("One.\n\nThree.\n\nFour.", "One.\n\ntheirs\n\nThree.\n\nFour.");
        assert_eq!(conflict(mine, theirs), (String::new(), "theirs".to_owned()));
        // Both put something into the same place.
        let (mine, theirs) =
            ("One.\n\nmine\n\nTwo.\n\nThree.\n\nFour.", "One.\n\ntheirs\n\nTwo.\n\nThree.\n\nFour.");
        assert_eq!(conflict(mine, theirs), ("mine".to_owned(), "theirs".to_owned()));
    }

    #[test]
    fn two_who_begin_with_nothing_conflict_as_a_whole() {
        assert_eq!(
            lines("", "甲", "乙"),
            [Part::Conflict { base: String::new(), mine: "甲\n".into(), theirs: "乙\n".into() }]
        );
        assert_eq!(lines("", "", ""), []);
        assert!(!has_conflicts(&lines("", "甲", "")));
    }

    /// Every word of each side is in what comes out: agreed, or in its side of a conflict.
    #[test]
    fn no_line_that_somebody_wrote_is_lost() {
        let mut state = 7_u64;
        let mut chance = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        for round in 0..2000 {
            let base: Vec<String> = (0..chance(8)).map(|n| format!("b{n}")).collect();
            let mut change = |who: &str| {
                let mut lines = base.clone();
                for n in 0..chance(4) {
                    let at = usize::try_from(chance(lines.len() as u64 + 1)).unwrap();
                    match chance(3) {
                        0 => lines.insert(at, format!("{who}{n}")),
                        1 if at < lines.len() => lines[at] = format!("{who}{n}"),
                        _ if at < lines.len() => drop(lines.remove(at)),
                        _ => {}
                    }
                }
                lines
            };
            let (mine, theirs) = (change("m"), change("t"));
            let parts = super::lines(&base.join("\n"), &mine.join("\n"), &theirs.join("\n"));
            let all = format!("{parts:?}");
            for new in mine.iter().chain(&theirs).filter(|line| !line.starts_with('b')) {
                assert!(
                    all.contains(new.as_str()),
                    "{round}: {new} of {mine:?} and {theirs:?} is lost: {all}"
                );
            }
        }
    }
}
