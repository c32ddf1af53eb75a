//! A topic as somebody wants it to be, and what keeps it from being so.

use super::{Facet, Index, Named, Topic, twins};
use crate::domain::ids::TopicId;
use crate::domain::outcome::Problems;
use crate::i18n::Locale;
use crate::text::slug;

/// How many levels of topics there may be, one under the other.
pub const LEVELS: usize = 4;

/// The most topics that "see also" names.
const MOST_RELATED: usize = 20;

/// The most other words that a topic has.
const MOST_ALIASES: usize = 60;

/// A topic as somebody wants it to be.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// What sort of subject it is.
    pub facet: Facet,
    /// The slug of its address; empty to have one offered from the English name.
    pub slug: String,
    /// Its names; those that are empty are left out.
    pub names: Vec<Named>,
    /// Other words for it.
    pub aliases: Vec<String>,
    /// The wider topic that it is part of.
    pub parent: Option<TopicId>,
    /// The topics to see also.
    pub see_also: Vec<TopicId>,
    /// Whether the topics that it looks like a twin of were seen, and it is meant all the same.
    pub is_no_twin: bool,
    /// The state ([`Topic::state`]) of the topic that this was written over; `None`: whatever it is.
    pub written_over: Option<String>,
}

impl Wanted {
    /// A topic with these names, and nothing more.
    pub fn named(facet: Facet, slug: &str, names: Vec<Named>) -> Self {
        Self {
            facet,
            slug: slug.to_owned(),
            names,
            aliases: Vec::new(),
            parent: None,
            see_also: Vec::new(),
            is_no_twin: false,
            written_over: None,
        }
    }

    /// A topic just as it is.
    pub fn as_is(topic: &Topic) -> Self {
        Self {
            aliases: topic.aliases.clone(),
            parent: topic.parent,
            see_also: topic.see_also.clone(),
            ..Self::named(topic.facet, &topic.slug, topic.names.clone())
        }
    }

    /// With the slug that its English name suggests where it brings none, and each other word once.
    pub(super) fn tidied(mut self) -> Self {
        if self.slug.is_empty()
            && let [first, ..] = self.names.as_slice()
        {
            self.slug = slug::offer(&first.name);
        }
        let mut known: Vec<String> = self.names.iter().map(|named| named.name.to_lowercase()).collect();
        self.aliases.retain(|alias| {
            let alias = alias.to_lowercase();
            let is_new = !alias.is_empty() && !known.contains(&alias);
            known.push(alias);
            is_new
        });
        self.see_also.sort();
        self.see_also.dedup();
        self
    }

    fn given_names(&self) -> impl Iterator<Item = &Named> {
        self.names.iter().filter(|named| !named.name.is_empty())
    }

    /// The topics that it looks like a twin of, and of which nobody has said that they are none; of a
    /// topic that exists only by words it did not have before.
    pub(super) fn twins(
        &self,
        index: &Index,
        own: Option<TopicId>,
        no_twins: &[(TopicId, TopicId)],
    ) -> Vec<TopicId> {
        let before: Vec<&str> = own.and_then(|id| index.get(id)).into_iter().flat_map(Topic::words).collect();
        let words: Vec<&str> = self
            .given_names()
            .map(|named| named.name.as_str())
            .chain(self.aliases.iter().map(String::as_str))
            .filter(|word| !before.contains(word))
            .collect();
        let said = |other| own.is_some_and(|own| no_twins.contains(&twins::in_order(own, other)));
        twins::of_words(index, &words, own).into_iter().map(|(id, _)| id).filter(|id| !said(*id)).collect()
    }

    /// What keeps it from being so, twins aside.
    pub(super) fn problems(&self, index: &Index, own: Option<TopicId>) -> Problems {
        let mut problems = Problems::default();
        self.check_names(index, own, &mut problems);
        if self.names.iter().any(|n| n.intro.chars().count() > 2000) {
            problems.add("intro", "An intro has at most 2,000 characters.");
        }
        self.check_aliases(index, own, &mut problems);
        if let Some(parent) = self.parent {
            self.check_parent(index, own, parent, &mut problems);
        }
        if self.see_also.iter().any(|other| Some(*other) == own || index.get(*other).is_none()) {
            problems.add(
                "see_also",
                "One of these topics no longer exists, or is this one. Please choose again.",
            );
        }
        if self.see_also.len() > MOST_RELATED {
            problems.add("see_also", format!("At most {MOST_RELATED} related topics can be chosen."));
        }
        if self.slug.is_empty() {
            problems.add("slug", "Please give the address in Latin letters: a–z, 0–9 and single hyphens.");
        } else if !slug::is_valid(&self.slug) {
            problems.add("slug", "An address has only a–z, 0–9 and single hyphens, at most 80 of them.");
        }
        problems
    }

    fn check_names(&self, index: &Index, own: Option<TopicId>, problems: &mut Problems) {
        if self.given_names().next().is_none() {
            problems.add("name", "Please give the topic a name in at least one language.");
        }
        if self.given_names().any(|n| n.name.chars().count() > 120) {
            problems.add("name", "A name has at most 120 characters.");
        }
        let same = self.given_names().find_map(|n| same_name(index, own, n.locale, &n.name));
        if let Some(other) = same {
            problems.add(
                "name",
                format!("There is already a topic with this name, at the address “{}”.", other.slug),
            );
        }
    }

    fn check_aliases(&self, index: &Index, own: Option<TopicId>, problems: &mut Problems) {
        if self.aliases.len() > MOST_ALIASES || self.aliases.iter().any(|alias| alias.chars().count() > 120) {
            problems.add(
                "aliases",
                format!("At most {MOST_ALIASES} other words, each of at most 120 characters."),
            );
        }
        let locale = Locale::english();
        for alias in &self.aliases {
            let folded = alias.to_lowercase();
            let mut others = index.in_order(locale).filter(|topic| Some(topic.id) != own);
            if let Some(other) = others.find(|topic| topic.words().any(|word| word.to_lowercase() == folded))
            {
                let name = other.name(locale);
                problems.add(
                    "aliases",
                    format!("“{alias}” is a name of the topic “{name}” already, or another word for it."),
                );
            }
        }
    }

    fn check_parent(&self, index: &Index, own: Option<TopicId>, parent: TopicId, problems: &mut Problems) {
        let Some(wider) = index.get(parent) else {
            problems.add("parent", "This topic no longer exists. Please choose another.");
            return;
        };
        let name = wider.name(Locale::english());
        let above = index.above(parent);
        let before = own.and_then(|id| index.get(id)).and_then(|topic| topic.parent);
        if own == Some(parent) {
            problems.add("parent", "A topic cannot stand under itself. Please choose another, or none.");
        } else if above.iter().any(|topic| Some(topic.id) == own) {
            problems.add(
                "parent",
                format!("“{name}” stands under this topic already, so it cannot stand above it as well."),
            );
        } else if before != Some(parent) && above.len() + 1 + own.map_or(1, |own| index.depth(own)) > LEVELS {
            problems.add(
                "parent",
                format!("Topics stand at most {LEVELS} levels deep. Please choose one that is wider than “{name}”."),
            );
        }
    }
}

/// Another topic that has this name in the same language, in whatever letter case.
pub(super) fn same_name<'a>(
    index: &'a Index,
    own: Option<TopicId>,
    locale: Locale,
    name: &str,
) -> Option<&'a Topic> {
    let folded = name.to_lowercase();
    index.in_order(Locale::english()).find(|topic| {
        Some(topic.id) != own
            && topic.names.iter().any(|n| n.locale == locale && n.name.to_lowercase() == folded)
    })
}
