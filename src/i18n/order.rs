//! Alphabetical order as each language has it: Latin by letters, Chinese by pinyin in both scripts.

use std::cmp::Ordering;

use icu_collator::CollatorBorrowed;
use icu_collator::options::CollatorOptions;
use icu_collator::preferences::CollationType;
use icu_locale::subtags::language;

use super::Locale;

/// How two names stand to each other for a reader of the language; never equal unless they are the same.
pub fn of(locale: Locale) -> impl Fn(&str, &str) -> Ordering {
    let mut preferences: icu_collator::CollatorPreferences = locale.icu().into();
    if locale.icu().id.language == language!("zh") {
        // Traditional Chinese defaults to strokes; a reader who looks a topic up knows its sound.
        preferences.collation_type = Some(CollationType::Pinyin);
    }
    let collator = CollatorBorrowed::try_new(preferences, CollatorOptions::default()).ok();
    move |one, two| {
        let by_language = collator.as_ref().map_or(Ordering::Equal, |collator| collator.compare(one, two));
        by_language.then_with(|| one.cmp(two))
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
            (
                "en",
                ["Zeal", "EU-China", "economic", "Éducation"],
                ["economic", "Éducation", "EU-China", "Zeal"],
            ),
        ] {
            names.sort_by(|one, two| of(Locale::parse(tag).unwrap())(one, two));
            assert_eq!(names, sorted, "{tag}");
        }
    }
}
