//! Nothing but English is known of these: dates, order and sizes come from CLDR.

use onrecord::i18n::{dates, numbers, order};

use crate::record::locale;

#[test]
fn dates_and_sizes_are_written_in_every_language() {
    let date = jiff::civil::date(1997, 11, 16);
    for (tag, month) in [("ug", "نويابىر"), ("bo", "1997-11"), ("ar-XB", "نوفمبر")] {
        let locale = locale(tag);
        for said in [dates::day(date, locale), dates::month(date, locale)] {
            assert!(said.contains(month), "{tag}: {said}");
        }
        assert!(dates::year(date, locale).contains("1997"), "{tag}");
    }
    assert_eq!(numbers::file_size(1_240_000, locale("bo")).plain(), "1.2 MB");
}

#[test]
fn names_stand_in_the_order_of_their_alphabet() {
    for (tag, mut names, sorted) in [
        // Uyghur: e stands before b, and gaf behind kaf (CLDR).
        ("ug", ["بالا", "ئەدەب", "تارىخ"], ["ئەدەب", "بالا", "تارىخ"]),
        ("bo", ["ང", "ཁ", "ཀ"], ["ཀ", "ཁ", "ང"]),
    ] {
        let order = order::of(locale(tag));
        names.sort_by(|one, two| order(one, two));
        assert_eq!(names, sorted, "{tag}");
    }
}
