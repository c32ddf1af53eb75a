//! What the page says to a question.

use actix_web::http::StatusCode;

use super::{LAST_PAGE, Wish};
use crate::domain::ids::TopicId;
use crate::domain::search::{self, Asked, Filter, MOST_RANKED, Order, PAGE, Page};
use crate::domain::statements::lists::Period;
use crate::domain::statements::{IssuedOn, Precision};
use crate::domain::topics::Index;
use crate::i18n::{Locale, Phrase, numbers};
use crate::text::excerpt::{self, Part};
use crate::text::question::{Piece, Question};
use crate::web::site::lists::TopicLink;
use crate::web::urls::Place;

/// What the page says to a question.
#[derive(Default)]
pub(super) struct Answer {
    /// The topics that the question is a name of.
    pub(super) named: Vec<TopicLink>,
    /// That something else was searched than was typed.
    pub(super) instead: Option<Phrase>,
    /// Whether only the beginning of the question was read.
    pub(super) is_cut: bool,
    /// How many there are in each language, with the way to see these only.
    pub(super) counts: Vec<(Option<String>, Phrase)>,
    /// Why there are no hits.
    pub(super) said: Option<Phrase>,
    /// Other searches that may find something.
    pub(super) ways: Vec<(String, Phrase)>,
    /// Topics that may be near.
    pub(super) near: Vec<TopicLink>,
    /// The hits.
    pub(super) hits: Vec<Hit>,
    /// The place of the first of them.
    pub(super) first: usize,
    /// What is said at the end of the last page.
    pub(super) end: Option<Phrase>,
    /// The page before.
    pub(super) previous: Option<String>,
    /// The page after.
    pub(super) next: Option<String>,
    took_too_long: bool,
}

/// A hit as the page shows it.
pub(super) struct Hit {
    pub(super) path: String,
    pub(super) locale: Locale,
    pub(super) kind: Phrase,
    pub(super) issued: IssuedOn,
    pub(super) is_sample: bool,
    pub(super) title: Vec<Part>,
    pub(super) excerpt: Vec<Part>,
    pub(super) also_in: Vec<(Locale, String)>,
}

impl Hit {
    fn of(locale: Locale, hit: search::Hit, marked: &[Piece]) -> Self {
        let statement = |locale| Place::Statement(hit.number).path(locale);
        let kind = locale
            .words()
            .kinds
            .get(&hit.kind)
            .map_or_else(|| Phrase::of(&hit.kind, None), |words| words.one.clone());
        Self {
            path: statement(hit.locale),
            locale: hit.locale,
            kind,
            issued: IssuedOn {
                date: hit.issued_on,
                precision: Precision::parse(&hit.issued_precision).unwrap_or(Precision::Day),
            },
            is_sample: hit.is_sample,
            title: excerpt::mark(&hit.title, marked),
            excerpt: excerpt_of(&hit, marked),
            also_in: hit.also_in.iter().map(|other| (*other, statement(*other))).collect(),
        }
    }
}

/// The first of summary, body and sign-off that has what was asked for; where it is the title or a topic
/// that has it, the summary or the beginning.
fn excerpt_of(hit: &search::Hit, marked: &[Piece]) -> Vec<Part> {
    let number = hit.number.to_string();
    let marked: Vec<Piece> = marked.iter().filter(|piece| piece.text() != number).cloned().collect();
    for text in [&hit.summary, &hit.body, &hit.sign_off] {
        let (parts, is_hit) = excerpt::excerpt(text, &marked);
        if is_hit {
            return parts;
        }
    }
    let text = if hit.summary.is_empty() { &hit.body } else { &hit.summary };
    excerpt::excerpt(text, &[]).0
}

impl Answer {
    pub(super) fn status(&self) -> StatusCode {
        if self.took_too_long { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK }
    }

    pub(super) fn too_long(locale: Locale) -> Self {
        let said = Some(locale.words().search_too_long.clone());
        Self { said, took_too_long: true, ..Self::default() }
    }

    pub(super) fn nothing_asked(locale: Locale) -> Self {
        Self { said: Some(locale.words().search_nothing_asked.clone()), ..Self::default() }
    }

    /// With hits.
    pub(super) fn of(
        locale: Locale,
        wish: &Wish,
        question: &Question,
        asked: &Asked,
        page: Page,
        topics: &Index,
    ) -> Self {
        let w = locale.words();
        let at = |page| Some(Wish { page, ..wish.clone() }.path(locale));
        let last = if wish.order == Order::Best { MOST_RANKED / PAGE - 1 } else { LAST_PAGE };
        let total: u64 = page.counts.iter().map(|count| count.found).sum();
        let ends_early = !page.goes_on && wish.order == Order::Best && total > MOST_RANKED as u64
            || page.goes_on && wish.page >= last
            || !page.goes_on && page.counts.iter().any(|count| count.or_more);
        let end = match wish.order {
            Order::Best => w.search_best_only.with("count", numbers::whole(MOST_RANKED as u64, locale)),
            Order::Newest => w.search_newest_only.clone(),
        };
        Self {
            named: links(&asked.topics, topics, locale),
            is_cut: question.is_cut,
            counts: counts(locale, wish, &page),
            hits: page.hits.into_iter().map(|hit| Hit::of(locale, hit, &asked.marked)).collect(),
            first: wish.page * PAGE + 1,
            end: ends_early.then_some(end),
            previous: wish.page.checked_sub(1).and_then(at),
            next: at(wish.page + 1).filter(|_| page.goes_on && wish.page < last),
            ..Self::default()
        }
    }

    /// Says that something else was searched than was typed.
    pub(super) fn instead_of(&mut self, locale: Locale, typed: &str, meant: &str) {
        self.instead = Some(locale.words().search_instead.with("typed", typed).with("meant", meant));
    }

    /// Without hits, but with ways on.
    pub(super) fn nothing(
        locale: Locale,
        wish: &Wish,
        question: &Question,
        asked: &Asked,
        topics: &Index,
    ) -> Self {
        let w = locale.words();
        let mut ways = Vec::new();
        if wish.filter.is_any() {
            let wish = Wish { filter: Filter::default(), topic: String::new(), page: 0, ..wish.clone() };
            ways.push((wish.path(locale), w.search_without_filters.clone()));
        }
        let wanted: Vec<String> = question.wanted().map(Piece::text).collect();
        if wanted.len() > 1 {
            let wish = Wish { question: wanted.join(" OR "), page: 0, ..wish.clone() };
            ways.push((wish.path(locale), w.search_any_of.clone()));
        }
        let near: Vec<TopicId> = search::nearest_topics(question, topics);
        let near: Vec<TopicId> = near.into_iter().filter(|id| !asked.topics.contains(id)).collect();
        Self {
            named: links(&asked.topics, topics, locale),
            is_cut: question.is_cut,
            said: Some(w.search_nothing.clone()),
            ways,
            near: links(&near, topics, locale),
            ..Self::default()
        }
    }
}

fn counts(locale: Locale, wish: &Wish, page: &Page) -> Vec<(Option<String>, Phrase)> {
    let w = locale.words();
    let is_one = page.counts.len() == 1;
    let count = |count: &search::Count| {
        let phrase = if count.or_more { &w.search_found_more_in } else { &w.search_found_in };
        let text =
            phrase.with("count", numbers::whole(count.found, locale)).with_language("language", count.locale);
        let filter = Filter { locale: Some(count.locale), ..wish.filter.clone() };
        let path = Wish { filter, page: 0, ..wish.clone() }.path(locale);
        ((!is_one).then_some(path), text)
    };
    page.counts.iter().map(count).collect()
}

fn links(ids: &[TopicId], topics: &Index, locale: Locale) -> Vec<TopicLink> {
    let link = |id: &TopicId| {
        let topic = topics.get(*id)?;
        let named = topic.named(locale);
        Some(TopicLink {
            name: topic.name(locale).to_owned(),
            locale: named.map(|named| named.locale).filter(|own| *own != locale),
            path: Place::Topic(topic.slug.clone(), Period::All).path(locale),
        })
    };
    ids.iter().filter_map(link).collect()
}
