//! Whether a word is another one, typed in haste.

/// How many slips of the fingers it takes to type the one word for the other, where a letter too many, one
/// missing, a wrong one and two that changed places are a slip each; `None` where that is more than a word of
/// this length bears.
pub fn slips(typed: &str, meant: &str) -> Option<usize> {
    let (typed, meant): (Vec<char>, Vec<char>) = (typed.chars().collect(), meant.chars().collect());
    let most = match typed.len() {
        0..=3 => 0,
        4..=6 => 1,
        _ => 2,
    };
    let slips = distance(&typed, &meant, most)?;
    (slips > 0 && slips <= most).then_some(slips)
}

/// Damerau's distance of neighbours (optimal string alignment); `None` where it is surely more than this.
fn distance(one: &[char], other: &[char], most: usize) -> Option<usize> {
    if one.len().abs_diff(other.len()) > most {
        return None;
    }
    let mut before = vec![0; other.len() + 1];
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in other.iter().enumerate() {
            let mut least = (last[j] + usize::from(a != b)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *a == other[j - 1] && one[i - 1] == *b {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_forgiven_where_the_word_is_long_enough() {
        for (typed, meant, slipped) in [
            ("prisners", "prisoners", Some(1)),
            ("prisonres", "prisoners", Some(1)),
            ("prisonners", "prisoners", Some(1)),
            ("tibte", "tibet", Some(1)),
            ("tiananman", "tiananmen", Some(1)),
            ("goverment", "government", Some(1)),
            ("xingjang", "xinjiang", Some(2)),
            ("tibt", "tibet", Some(1)),
            ("tbte", "tibet", None),
            ("wan", "wang", None),
            ("tibet", "tibet", None),
            ("prison", "freedom", None),
            ("", "", None),
        ] {
            assert_eq!(slips(typed, meant), slipped, "{typed}");
        }
    }
}
