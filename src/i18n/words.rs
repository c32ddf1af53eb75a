//! The interface's words: one file a locale, one field a phrase. A word that a template uses and no
//! file has does not compile; a word that a file lacks is English there, and says so.

mod reading;

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Locale, Phrase, numbers};
use crate::text::markdown::Labels;

pub(super) use reading::check;
pub use reading::lacking;

/// A phrase that depends on a number, with the plural categories of CLDR; `other` is always there.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plural {
    zero: Option<Phrase>,
    one: Option<Phrase>,
    two: Option<Phrase>,
    few: Option<Phrase>,
    many: Option<Phrase>,
    other: Phrase,
}

impl Plural {
    /// The phrase for this many, with the number in its place `{count}`.
    pub fn of(&self, count: u64, locale: Locale) -> Phrase {
        use icu_plurals::PluralCategory as Category;
        // English words go by English rules, wherever they stand.
        let rules = if self.other.english_in().is_some() { Locale::english() } else { locale };
        let phrase = match numbers::plural_category(count, rules) {
            Category::Zero => self.zero.as_ref(),
            Category::One => self.one.as_ref(),
            Category::Two => self.two.as_ref(),
            Category::Few => self.few.as_ref(),
            Category::Many => self.many.as_ref(),
            Category::Other => None,
        };
        phrase.unwrap_or(&self.other).with("count", numbers::whole(count, locale))
    }
}

/// What one kind of statement is called.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindWords {
    /// One of them: "Press release".
    pub one: Phrase,
    /// The list of them: "Press releases".
    pub list: Phrase,
}

/// What a page says when there is no such text, or none any more.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorWords {
    /// The heading.
    pub title: Phrase,
    /// What happened and what to do.
    pub text: Phrase,
}

macro_rules! words {
    ($($group:ident { $($name:ident),* $(,)? })*) => {
        /// All words of the interface in one language.
        #[derive(Clone, Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Words {
            /// What each kind is called, by its slug.
            pub kinds: BTreeMap<String, KindWords>,
            /// What each change kind is called, by its slug.
            pub changes: BTreeMap<String, Phrase>,
            /// "{count} statements".
            pub statements: Plural,
            /// "{count} changes".
            pub noted: Plural,
            /// What the page of a translation says of its original, by the slug of the change.
            pub behind: BTreeMap<String, Phrase>,
            /// What each failure says, by its name.
            pub errors: BTreeMap<String, ErrorWords>,
            $($(#[allow(missing_docs)] pub $name: Phrase,)*)*
        }
    };
}

words! {
    page { site_name, skip_to_content, skip_to_navigation, navigation, home, topics, archive, languages, explore_topics, standing_pages, about, contact, reuse, sample, sample_note }
    lists { newly_on_record, latest, whole_archive, kinds_title, years, months, days, other_periods, more_in, nothing_yet, newest_shown, older_numbers, newer_numbers, month_unknown, day_unknown, title_and_period, years_between, topic, part_of_topic, narrower_topics, see_also }
    search { search, search_for, search_hint, search_any_language, search_any_kind, search_any_year, search_any_topic, search_language, search_kind, search_year, search_topic, search_order, search_best, search_newest, search_found_in, search_found_more_in, search_nothing, search_nothing_asked, search_too_long, search_instead, search_any_of, search_without_filters, search_nearest_topics, search_topic_named, search_next, search_previous, search_best_only, search_newest_only, search_cut, search_page_title, search_also_in, search_about }
    changes { corrections, corrections_intro, no_corrections, changes_in, read_original }
    versions { versions, version, earlier_versions, todays_text, earlier_notice, todays_notice, read_today, closed_on }
    drafts { draft_notice, draft_text }
    statement { filed_under, also_in, address, original, related, changed_on, retracted_on, printed_from, number, file_label, kilobytes, megabytes }
    trouble { not_in_this_language, read_it_in, withdrawn, withdrawn_on, removed_on, reason, look_elsewhere, reference, start_again, footnotes, back_to_text, table }
}

impl Words {
    /// The words that a rendered text needs. They stand in attributes, where no language can be marked.
    pub fn labels(&self) -> Labels<'_> {
        Labels {
            footnotes: self.footnotes.as_written(),
            back: self.back_to_text.as_written(),
            table: self.table.as_written(),
        }
    }
}
