//! What stands between the members of a list: "A, B, and C", "A、B和C" (CLDR, through ICU4X).

use icu_list::ListFormatter;
use icu_list::options::{ListFormatterOptions, ListLength};

use super::Locale;

/// What stands before, between and behind so many members: one text more than there are members.
pub fn joints(members: usize, locale: Locale) -> Vec<String> {
    let options = ListFormatterOptions::default().with_length(ListLength::Narrow);
    let formatter = ListFormatter::try_new_and(locale.icu().into(), options).ok();
    let joined =
        formatter.map(|formatter| formatter.format(std::iter::repeat_n(MEMBER, members)).to_string());
    let joints: Vec<String> =
        joined.iter().flat_map(|joined| joined.split(MEMBER)).map(str::to_owned).collect();
    if joints.len() == members + 1 { joints } else { comma(members) }
}

/// Nothing that could stand between members itself (a private-use character).
const MEMBER: &str = "\u{e000}";

fn comma(members: usize) -> Vec<String> {
    (0..=members).map(|at| if at == 0 || at == members { String::new() } else { ", ".to_owned() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_stand_together_as_each_language_has_it() {
        let joined = |tag| {
            let joints = joints(3, Locale::stored(tag).unwrap());
            format!("{}A{}B{}C{}", joints[0], joints[1], joints[2], joints[3])
        };
        assert_eq!(joined("en"), "A, B, C");
        assert_eq!(joined("zh-Hans"), "A、B、C");
        assert_eq!(joined("zh-Hant"), "A、B和C");
        assert_eq!(joined("ar"), "A وB وC");
        assert_eq!(joints(1, Locale::english()), ["", ""]);
        assert_eq!(joints(0, Locale::english()), [""]);
    }
}
