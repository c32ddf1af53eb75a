//! A topic with all that it is called.

use super::Facet;
use crate::domain::ids::TopicId;
use crate::i18n::Locale;
use crate::text::digest;

/// What a topic is called in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The language.
    pub locale: Locale,
    /// The name.
    pub name: String,
    /// A few sentences for the head of its page; may be empty.
    pub intro: String,
    /// Whether somebody who knows has confirmed the name.
    pub confirmed: bool,
}

/// A topic with all its names.
#[derive(Clone, Debug)]
pub struct Topic {
    /// The id.
    pub id: TopicId,
    /// The public number.
    pub number: i32,
    /// What sort of subject it is.
    pub facet: Facet,
    /// The slug of its address today.
    pub slug: String,
    /// The slugs that it had before.
    pub old_slugs: Vec<String>,
    /// Its names.
    pub names: Vec<Named>,
    /// Other words for it.
    pub aliases: Vec<String>,
    /// The names and other words of topics that were merged into it.
    pub former: Vec<String>,
    /// The wider topic that it is part of.
    pub parent: Option<TopicId>,
    /// The topics that its readers may look for too: each of them names this one as well.
    pub see_also: Vec<TopicId>,
}

impl Topic {
    /// What it is called in a language; where it has no name there, the first name it has.
    pub fn named(&self, locale: Locale) -> Option<&Named> {
        choose(&self.names, locale)
    }

    /// Its name, as in [`Topic::named`]; the slug where it has none at all.
    pub fn name(&self, locale: Locale) -> &str {
        self.named(locale).map_or(&self.slug, |named| &named.name)
    }

    /// Whether a name waits to be confirmed.
    pub fn is_to_be_confirmed(&self) -> bool {
        self.names.iter().any(|named| !named.confirmed)
    }

    /// A short digest of all that its form shows: another after each change, whoever made it.
    pub fn state(&self) -> String {
        let (mut aliases, mut see_also) = (self.aliases.clone(), self.see_also.clone());
        aliases.sort();
        see_also.sort();
        let shown = (self.facet, &self.slug, &self.names, aliases, self.parent, see_also);
        digest::short_hex(format!("{shown:?}").as_bytes(), 32)
    }

    /// Everything that somebody may type to find it: names, other words, words of what was merged into it.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let names = self.names.iter().map(|named| named.name.as_str());
        names.chain(self.aliases.iter().chain(&self.former).map(String::as_str))
    }
}

/// A topic that was merged into another, and leads there.
#[derive(Clone, Debug)]
pub struct Merged {
    /// The id.
    pub id: TopicId,
    /// The public number.
    pub number: i32,
    /// The slugs that it has, the one of today first.
    pub slugs: Vec<String>,
    /// Its names.
    pub names: Vec<Named>,
    /// Other words for it.
    pub aliases: Vec<String>,
    /// What it was related to.
    pub see_also: Vec<TopicId>,
    /// Where it leads; that one may have been merged too.
    pub into: TopicId,
}

impl Merged {
    /// Its name in a language, or another where it has none there; the slug where it has none at all.
    pub fn name(&self, locale: Locale) -> &str {
        let slug = self.slugs.first().map_or("", String::as_str);
        choose(&self.names, locale).map_or(slug, |named| &named.name)
    }
}

/// The name in a language; where there is none, the first there is.
pub fn choose(names: &[Named], locale: Locale) -> Option<&Named> {
    names.iter().find(|named| named.locale == locale).or(names.first())
}
