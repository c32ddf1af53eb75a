//! What narrows a search, as lists to choose from.

use super::Wish;
use crate::domain::search::Order;
use crate::domain::statements::Kind;
use crate::i18n::{Locale, Phrase};
use crate::web::page::Layout;

/// A list to choose from.
pub(super) struct Choice {
    /// What it is about.
    pub(super) label: &'static Phrase,
    /// The name of the field.
    pub(super) name: &'static str,
    /// What is chosen.
    pub(super) chosen: String,
    /// What there is.
    pub(super) options: Vec<Choosable>,
}

/// One thing that can be chosen.
pub(super) struct Choosable {
    pub(super) value: String,
    pub(super) text: String,
    /// The language of the text, where it is not the page's.
    pub(super) locale: Option<Locale>,
}

impl Choosable {
    fn new(value: impl Into<String>, text: impl Into<String>) -> Self {
        Self { value: value.into(), text: text.into(), locale: None }
    }

    /// In a list to choose from nothing can be marked but the whole.
    fn of(value: &str, phrase: &Phrase) -> Self {
        let locale = phrase.english_in().map(|_| Locale::english());
        Self { locale, ..Self::new(value, phrase.plain()) }
    }
}

/// All of them.
pub(super) fn all(layout: &Layout, wish: &Wish, years: &[i16]) -> Vec<Choice> {
    let w = layout.w;
    let choice = |label, name, chosen: &str, any, options: Vec<Choosable>| Choice {
        label,
        name,
        chosen: chosen.to_owned(),
        options: std::iter::once(Choosable::of("", any)).chain(options).collect(),
    };
    let languages = Locale::all().map(|locale| Choosable {
        locale: (locale != layout.locale).then_some(locale),
        ..Choosable::new(locale.path(), locale.own_name())
    });
    let topics = layout.topics_in_order().map(|topic| Choosable {
        locale: layout.foreign(topic),
        ..Choosable::new(&topic.slug, layout.topic_name(topic))
    });
    let kinds = Kind::ALL.iter().map(|kind| Choosable::of(kind.as_str(), &layout.kind(kind)));
    let chosen_year = wish.filter.year.filter(|year| !years.contains(year));
    let years = years.iter().copied().chain(chosen_year);
    let years = years.map(|year| Choosable::new(year.to_string(), year.to_string()));
    let year = wish.filter.year.map(|year| year.to_string()).unwrap_or_default();
    let language = wish.filter.locale.map_or("", Locale::path);
    let kind = wish.filter.kind.as_deref().unwrap_or_default();
    let order = if wish.order == Order::Newest { "newest" } else { "" };
    let newest = vec![Choosable::of("newest", &w.search_newest)];
    vec![
        choice(&w.search_language, "language", language, &w.search_any_language, languages.collect()),
        choice(&w.search_topic, "topic", &wish.topic, &w.search_any_topic, topics.collect()),
        choice(&w.search_year, "year", &year, &w.search_any_year, years.collect()),
        choice(&w.search_kind, "kind", kind, &w.search_any_kind, kinds.collect()),
        choice(&w.search_order, "order", order, &w.search_best, newest),
    ]
}
