//! What narrows a search, as lists to choose from.

use super::Wish;
use crate::domain::search::Order;
use crate::domain::statements::Kind;
use crate::i18n::Locale;
use crate::web::page::Layout;

/// A list to choose from.
pub(super) struct Choice {
    /// What it is about.
    pub(super) label: String,
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
    pub(super) lang: Option<&'static str>,
}

fn option(value: impl Into<String>, text: impl Into<String>) -> Choosable {
    Choosable { value: value.into(), text: text.into(), lang: None }
}

/// All of them.
pub(super) fn all(layout: &Layout, wish: &Wish, years: &[i16]) -> Vec<Choice> {
    let w = layout.w;
    let choice = |label: &str, name, chosen: &str, any: &str, options: Vec<Choosable>| Choice {
        label: label.to_owned(),
        name,
        chosen: chosen.to_owned(),
        options: std::iter::once(option("", any)).chain(options).collect(),
    };
    let languages = Locale::all().map(|locale| Choosable {
        lang: (locale != layout.locale).then(|| locale.tag()),
        ..option(locale.path(), locale.own_name())
    });
    let topics = layout.topics_in_order().map(|topic| Choosable {
        lang: topic
            .named(layout.locale)
            .map(|named| named.locale)
            .filter(|of| *of != layout.locale)
            .map(Locale::tag),
        ..option(&topic.slug, layout.topic_name(topic))
    });
    let kinds = Kind::ALL.iter().map(|kind| option(kind.as_str(), layout.kind(kind)));
    let chosen_year = wish.filter.year.filter(|year| !years.contains(year));
    let years =
        years.iter().copied().chain(chosen_year).map(|year| option(year.to_string(), year.to_string()));
    let year = wish.filter.year.map(|year| year.to_string()).unwrap_or_default();
    let newest = if wish.order == Order::Newest { "newest" } else { "" };
    vec![
        choice(
            &w.search_language,
            "language",
            wish.filter.locale.map_or("", Locale::path),
            &w.search_any_language,
            languages.collect(),
        ),
        choice(&w.search_topic, "topic", &wish.topic, &w.search_any_topic, topics.collect()),
        choice(&w.search_year, "year", &year, &w.search_any_year, years.collect()),
        choice(
            &w.search_kind,
            "kind",
            wish.filter.kind.as_deref().unwrap_or_default(),
            &w.search_any_kind,
            kinds.collect(),
        ),
        choice(&w.search_order, "order", newest, &w.search_best, vec![option("newest", &*w.search_newest)]),
    ]
}
