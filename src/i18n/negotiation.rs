//! Which locale suits a browser that says what it likes (RFC 9110, 12.5.4). Only `/` ever asks.

use icu_locale::{LanguageIdentifier, LocaleExpander};

use super::Locale;

/// The best locale for an `Accept-Language` header, the default where nothing fits.
///
/// A range fits by language and script once both are made explicit, so that `zh-TW` and `zh-HK` are
/// 繁體中文, and `zh` and `zh-SG` 简体中文; failing that, by language alone.
pub fn best(accept_language: &str) -> Locale {
    let expander = LocaleExpander::new_common();
    let wanted: Vec<LanguageIdentifier> = ranges_by_weight(accept_language)
        .into_iter()
        .map(|mut range| {
            expander.maximize(&mut range);
            range
        })
        .collect();
    let ours: Vec<(Locale, LanguageIdentifier)> = Locale::all()
        .map(|locale| {
            let mut id = locale.icu().id.clone();
            expander.maximize(&mut id);
            (locale, id)
        })
        .collect();
    for range in &wanted {
        let of_script =
            |(_, id): &&(_, LanguageIdentifier)| id.language == range.language && id.script == range.script;
        let of_language = |(_, id): &&(_, LanguageIdentifier)| id.language == range.language;
        if let Some((locale, _)) = ours.iter().find(of_script).or_else(|| ours.iter().find(of_language)) {
            return *locale;
        }
    }
    Locale::default_locale()
}

/// The ranges that are wanted at all, the most wanted first; no more of them than a person would set.
fn ranges_by_weight(accept_language: &str) -> Vec<LanguageIdentifier> {
    let mut ranges: Vec<(f32, LanguageIdentifier)> = accept_language
        .split(',')
        .take(20)
        .filter_map(|item| {
            let (range, parameter) = item.split_once(';').unwrap_or((item, "q=1"));
            let weight: f32 = parameter.trim().strip_prefix("q=")?.trim().parse().ok()?;
            (weight > 0.0).then_some((weight, range.trim().parse().ok()?))
        })
        .collect();
    ranges.sort_by(|(one, _), (two, _)| two.total_cmp(one));
    ranges.into_iter().map(|(_, range)| range).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_say_which_script() {
        for (header, tag) in [
            ("zh-TW,zh;q=0.9,en;q=0.8", "zh-Hant"),
            ("zh-HK", "zh-Hant"),
            ("zh-CN,zh;q=0.9", "zh-Hans"),
            ("zh", "zh-Hans"),
            ("fr-FR, en-GB;q=0.5", "en"),
            ("en;q=0.4, zh-Hant;q=0.6", "zh-Hant"),
            ("en;q=0, zh;q=0.1", "zh-Hans"),
            ("", "en"),
            ("*", "en"),
            ("%%%;q=x,,;", "en"),
        ] {
            assert_eq!(best(header).tag(), tag, "{header}");
        }
    }
}
