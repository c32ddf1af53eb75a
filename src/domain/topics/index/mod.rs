//! All topics with all their names: small enough to be read whole, and to be kept at hand.

mod read;

pub use read::{by_slug, led_to, load, names_of, of_statement};

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use super::{Merged, Topic};
use crate::domain::ids::TopicId;
use crate::i18n::{Locale, order};
use crate::text::spelling;

/// All topics, in the alphabetical order of each language.
#[derive(Clone, Debug, Default)]
pub struct Index {
    topics: Vec<Topic>,
    merged: Vec<Merged>,
    places: HashMap<TopicId, usize>,
    into: HashMap<TopicId, TopicId>,
    /// Those whose parent was let go to end a ring.
    cut: Vec<TopicId>,
    words: HashMap<String, TopicId>,
    sorted: HashMap<Locale, Vec<usize>>,
    /// What each topic's words come to when spelling does not count; made when a search first asks.
    spelled: OnceLock<HashMap<String, Vec<TopicId>>>,
}

impl Index {
    /// Puts topics into the order of every language. What is said of a topic that was merged, its
    /// narrower topics, what it is related to, its names, holds of the one it leads to.
    pub fn new(topics: Vec<Topic>, merged: Vec<Merged>) -> Self {
        let mut index = Self {
            places: topics.iter().enumerate().map(|(place, topic)| (topic.id, place)).collect(),
            into: merged.iter().map(|gone| (gone.id, gone.into)).collect(),
            topics,
            merged,
            ..Self::default()
        };
        index.relate();
        // The desk is in English, also where the site is not.
        let orders = Locale::all().chain([Locale::english()]);
        index.sorted = orders.map(|locale| (locale, index.sort(locale))).collect();
        index.words = index.meanings();
        index
    }

    fn sort(&self, locale: Locale) -> Vec<usize> {
        let mut places: Vec<usize> = (0..self.topics.len()).collect();
        let order = order::of(locale);
        places.sort_by(|one, two| order(self.topics[*one].name(locale), self.topics[*two].name(locale)));
        places
    }

    fn relate(&mut self) {
        let mut topics = std::mem::take(&mut self.topics);
        let mut also: HashMap<TopicId, HashSet<TopicId>> = HashMap::new();
        let own = topics.iter().map(|topic| (topic.id, &topic.see_also));
        for (id, others) in own.chain(self.merged.iter().map(|gone| (gone.id, &gone.see_also))) {
            let id = self.root(id);
            for other in others.iter().map(|other| self.root(*other)).filter(|other| *other != id) {
                also.entry(id).or_default().insert(other);
                also.entry(other).or_default().insert(id);
            }
        }
        for topic in &mut topics {
            topic.parent = topic.parent.map(|parent| self.root(parent)).filter(|parent| *parent != topic.id);
            topic.see_also = also.remove(&topic.id).into_iter().flatten().collect();
            topic.see_also.sort();
        }
        for gone in &self.merged {
            if let Some(place) = self.places.get(&self.root(gone.id)) {
                let words = gone.names.iter().map(|named| &named.name).chain(&gone.aliases);
                topics[*place].former.extend(words.cloned());
            }
        }
        self.topics = topics;
        // Nothing that is chosen makes a ring, but a page that walks upwards must end whatever it finds.
        for place in 0..self.topics.len() {
            let id = self.topics[place].id;
            if self.above(id).iter().any(|topic| topic.id == id) {
                self.topics[place].parent = None;
                self.cut.push(id);
            }
        }
    }

    /// What each word means: the topics' own words first, then those that only lead to them.
    fn meanings(&self) -> HashMap<String, TopicId> {
        let mut words = HashMap::new();
        let mut means = |word: &str, id: TopicId| {
            words.entry(word.trim().to_lowercase()).or_insert(id);
        };
        for topic in &self.topics {
            means(&topic.slug, topic.id);
        }
        for topic in &self.topics {
            topic.names.iter().for_each(|named| means(&named.name, topic.id));
        }
        for topic in &self.topics {
            topic.aliases.iter().chain(&topic.old_slugs).for_each(|word| means(word, topic.id));
        }
        for gone in &self.merged {
            let names = gone.names.iter().map(|named| &named.name);
            names.chain(&gone.slugs).chain(&gone.aliases).for_each(|word| means(word, self.root(gone.id)));
        }
        words.remove("");
        words
    }

    /// The topics in the alphabetical order of a language.
    pub fn in_order(&self, locale: Locale) -> impl Iterator<Item = &Topic> {
        self.sorted.get(&locale).into_iter().flatten().filter_map(|place| self.topics.get(*place))
    }

    /// The topics that were merged into others.
    pub fn merged(&self) -> &[Merged] {
        &self.merged
    }

    /// The topic with an id.
    pub fn get(&self, id: TopicId) -> Option<&Topic> {
        self.places.get(&id).and_then(|place| self.topics.get(*place))
    }

    /// The topic that an id leads to: itself, or what it was merged into, or what that was merged into.
    pub fn root(&self, id: TopicId) -> TopicId {
        let mut root = id;
        // Two topics are never merged into each other; were they, this would end all the same.
        for _ in 0..=self.into.len() {
            match self.into.get(&root) {
                Some(into) => root = *into,
                None => return root,
            }
        }
        root
    }

    /// A topic with all those that lead to it.
    pub fn leading_to(&self, id: TopicId) -> Vec<TopicId> {
        let merged = self.merged.iter().map(|gone| gone.id).filter(|gone| self.root(*gone) == id);
        std::iter::once(id).chain(merged).collect()
    }

    /// The topic with a public number.
    pub fn by_number(&self, number: i32) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.number == number)
    }

    /// The merged topic with a public number.
    pub fn merged_by_number(&self, number: i32) -> Option<&Merged> {
        self.merged.iter().find(|gone| gone.number == number)
    }

    /// The topic that a public number leads to: for one that was merged, the topic it was merged into.
    pub fn led_to_by_number(&self, number: i32) -> Option<&Topic> {
        let own = self.by_number(number);
        own.or_else(|| self.get(self.root(self.merged_by_number(number)?.id)))
    }

    /// The topic that a person means by a slug it has or had, by a name in any language, by another
    /// word for it or a word for a topic that was merged into it: in any letter case.
    pub fn meant_by(&self, word: &str) -> Option<&Topic> {
        self.words.get(&word.trim().to_lowercase()).and_then(|id| self.get(*id))
    }

    /// The topics that have this for a name or another word, however it is spelled: in any letter case, in
    /// singular or plural, in either Chinese script, with or without accents, its words in any order.
    pub fn spelled_as(&self, word: &str) -> Vec<TopicId> {
        let spelled = self.spelled.get_or_init(|| {
            let mut spelled: HashMap<String, Vec<TopicId>> = HashMap::new();
            for topic in &self.topics {
                for key in topic.words().flat_map(spelling::keys) {
                    let ids = spelled.entry(key).or_default();
                    if !ids.contains(&topic.id) {
                        ids.push(topic.id);
                    }
                }
            }
            spelled
        });
        spelling::keys(word).iter().find_map(|key| spelled.get(key)).cloned().unwrap_or_default()
    }

    /// The wider topics of a topic, the widest first.
    pub fn above(&self, id: TopicId) -> Vec<&Topic> {
        let mut above = Vec::new();
        let mut next = self.get(id).and_then(|topic| topic.parent);
        while let Some(topic) = next.and_then(|id| self.get(id)).filter(|_| above.len() < self.topics.len()) {
            above.push(topic);
            next = topic.parent.filter(|_| topic.id != id);
        }
        above.reverse();
        above
    }

    /// The topics right below a topic, in the order of a language.
    pub fn below(&self, id: TopicId, locale: Locale) -> impl Iterator<Item = &Topic> {
        self.in_order(locale).filter(move |topic| topic.parent == Some(id))
    }

    /// Whether topics were found to stand in a ring.
    pub fn has_a_ring(&self) -> bool {
        !self.cut.is_empty()
    }

    /// How many levels of topics there are from a topic downwards, itself counted.
    pub fn depth(&self, id: TopicId) -> usize {
        let own = self.topics.iter().map(|topic| {
            let above = self.above(topic.id);
            above.iter().position(|wider| wider.id == id).map_or(1, |place| above.len() - place + 1)
        });
        own.max().unwrap_or(1)
    }

    /// The ids of all.
    pub fn ids(&self) -> impl Iterator<Item = TopicId> {
        self.topics.iter().map(|topic| topic.id)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.topics.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.topics.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::topics::{Facet, Named};

    fn topic(id: i64, parent: Option<i64>, see_also: &[i64]) -> Topic {
        Topic {
            id: TopicId(id),
            number: i32::try_from(id).unwrap(),
            facet: Facet::Issue,
            slug: format!("slug-{id}"),
            old_slugs: vec![format!("old-{id}")],
            names: vec![Named {
                locale: Locale::english(),
                name: format!("Name {id}"),
                intro: String::new(),
                confirmed: true,
            }],
            aliases: vec![format!("Alias {id}")],
            former: Vec::new(),
            parent: parent.map(TopicId),
            see_also: see_also.iter().copied().map(TopicId).collect(),
        }
    }

    fn merged(id: i64, into: i64, see_also: &[i64]) -> Merged {
        let Topic { id, number, slug, names, aliases, see_also, .. } = topic(id, None, see_also);
        Merged { id, number, slugs: vec![slug], names, aliases, see_also, into: TopicId(into) }
    }

    #[test]
    fn what_is_said_of_a_merged_topic_holds_of_the_one_it_leads_to() {
        let index = Index::new(
            vec![topic(1, Some(3), &[3]), topic(2, None, &[]), topic(5, None, &[])],
            vec![merged(3, 4, &[5]), merged(4, 2, &[1])],
        );
        assert_eq!(index.get(TopicId(1)).unwrap().parent, Some(TopicId(2)));
        assert_eq!(index.get(TopicId(1)).unwrap().see_also, [TopicId(2)]);
        assert_eq!(index.get(TopicId(2)).unwrap().see_also, [TopicId(1), TopicId(5)]);
        for word in ["slug-3", "NAME 4", " alias 3 ", "old-2"] {
            assert_eq!(index.meant_by(word).map(|topic| topic.id), Some(TopicId(2)), "{word}");
        }
        assert_eq!(index.led_to_by_number(3).map(|topic| topic.id), Some(TopicId(2)));
        assert!(index.get(TopicId(3)).is_none() && index.meant_by("").is_none());
    }

    #[test]
    fn every_walk_upwards_ends() {
        let index = Index::new(
            vec![
                topic(1, Some(2), &[]),
                topic(2, Some(3), &[]),
                topic(3, Some(1), &[]),
                topic(4, Some(1), &[]),
            ],
            vec![],
        );
        let above = |id| index.above(TopicId(id)).iter().map(|topic| topic.id.0).collect::<Vec<_>>();
        assert_eq!(above(1), [0_i64; 0]);
        assert_eq!((above(3), above(2), above(4)), (vec![1], vec![1, 3], vec![1]));
        assert_eq!((index.depth(TopicId(1)), index.depth(TopicId(2))), (3, 1));
        assert_eq!(index.below(TopicId(1), Locale::english()).count(), 2);
    }
}
