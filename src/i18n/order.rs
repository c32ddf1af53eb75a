//! Alphabetical order as each language has it: Latin by letters, Chinese by pinyin in both scripts.

use std::cmp::Ordering;

use icu_collator::CollatorBorrowed;
use icu_collator::options::CollatorOptions;
use icu_collator::preferences::CollationType;

use super::Locale;

/// Sorts things by a name of theirs, as a reader of the language expects to find them.
pub fn sort_by_name<T>(things: &mut [T], locale: Locale, name: impl Fn(&T) -> &str) {
    let mut preferences: icu_collator::CollatorPreferences = locale.icu().into();
    if locale.tag().starts_with("zh") {
        // Traditional Chinese defaults to strokes; a reader who looks a topic up knows its sound.
        preferences.collation_type = Some(CollationType::Pinyin);
    }
    match CollatorBorrowed::try_new(preferences, CollatorOptions::default()) {
        Ok(collator) => things.sort_by(|one, two| {
            match collator.compare(name(one), name(two)) {
                Ordering::Equal => name(one).cmp(name(two)),
                unequal => unequal,
            }
        }),
        Err(_) => things.sort_by(|one, two| name(one).cmp(name(two))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_goes_by_pinyin_in_both_scripts() {
        for (tag, mut names, sorted) in [
            ("zh-Hans", ["西藏", "儿童", "北京", "环境"], ["北京", "儿童", "环境", "西藏"]),
            ("zh-Hant", ["西藏", "兒童", "北京", "環境"], ["北京", "兒童", "環境", "西藏"]),
            ("en", ["Zeal", "EU-China", "economic", "Éducation"], ["economic", "Éducation", "EU-China", "Zeal"]),
        ] {
            sort_by_name(&mut names, Locale::parse(tag).unwrap(), |name| name);
            assert_eq!(names, sorted, "{tag}");
        }
    }
}
