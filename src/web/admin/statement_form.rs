//! The form of a statement: strings as typed on the way in and out, and one conversion to what the
//! domain trusts.

use jiff::civil::Date;

use super::kept::arrival;
use super::labels::kind_name;
use super::source;
use crate::domain::ids::{KeptId, RevisionId, StatementId, TopicId};
use crate::domain::outcome::Problems;
use crate::domain::statements::commands::Save;
use crate::domain::statements::draft::{Facts, Words};
use crate::domain::statements::store::{self, Statement};
use crate::domain::statements::{IssuedOn, Kind};
use crate::domain::topics;
use crate::i18n::Locale;
use crate::infra::db::{self, Connection};
use crate::web::error::Error;
use crate::web::form::Fields;

/// The form, as typed.
#[derive(Clone, Debug)]
pub struct Form {
    /// The statement; `None` for a new one.
    pub statement: Option<StatementId>,
    /// The language.
    pub locale: Locale,
    /// The save that the words started from.
    pub based_on: String,
    /// The words.
    pub words: Words,
    /// What all languages share, as typed.
    pub shared: Shared,
    /// What all languages shared when this form was made.
    pub was: Shared,
    /// The facts that somebody else has changed since, to something else than is typed here.
    pub crossed: Vec<&'static str>,
    /// The page that it came from.
    pub page: Page,
}

/// What a form says about the page that it came from.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The page's token; empty where it needs a new one.
    pub token: String,
    /// The kept text that was taken over into it.
    pub took_over: Option<KeptId>,
    /// Which text stands beside the fields, as in [`super::source`]; empty: the usual one.
    pub beside: String,
    /// Whether the words were made out of those in the other Chinese signs, and nobody has read them.
    pub is_converted: bool,
}

/// What all languages of a statement share.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shared {
    /// The public number.
    pub number: String,
    /// What sort of text it is.
    pub kind: String,
    /// The date on it.
    pub issued_on: String,
    /// The topics.
    pub topics: Vec<TopicId>,
}

impl Form {
    /// For a new statement.
    pub fn empty(number: i64, today: Date) -> Self {
        let facts = Facts { number, kind: Kind::Statement, issued: IssuedOn::day(today) };
        Self {
            statement: None,
            locale: Locale::default_locale(),
            based_on: String::new(),
            words: Words::default(),
            shared: Shared::of(facts, Vec::new()),
            was: Shared::of(facts, Vec::new()),
            crossed: Vec::new(),
            page: Page::default(),
        }
    }

    /// As the desk has it.
    pub async fn stored(
        conn: &mut Connection,
        statement: &Statement,
        locale: Locale,
    ) -> Result<Self, db::Error> {
        let translation = store::translation(conn, statement.id, locale).await?;
        let revision = translation.and_then(|t| t.latest_revision_id);
        let words = match revision {
            Some(revision) => store::words(conn, revision).await?,
            None => Words::default(),
        };
        let based_on = revision.map(|id| id.to_string()).unwrap_or_default();
        let shared = Shared::read(conn, statement).await?;
        let (was, page) = (shared.clone(), Page::default());
        Ok(Self {
            statement: Some(statement.id),
            locale,
            based_on,
            words,
            was,
            shared,
            crossed: Vec::new(),
            page,
        })
    }

    /// As somebody filled it in for a new statement.
    pub fn begun(fields: &Fields) -> Result<Self, Error> {
        Ok(Self {
            statement: None,
            locale: Locale::parse(&fields.line("locale")).ok_or(Error::BadRequest)?,
            based_on: String::new(),
            words: words(fields),
            shared: Shared::typed(fields, ""),
            was: Shared::typed(fields, "was."),
            crossed: Vec::new(),
            page: Page::typed(fields),
        })
    }

    /// As somebody filled it in for a statement that exists.
    pub async fn changed(
        conn: &mut Connection,
        statement: &Statement,
        locale: Locale,
        fields: &Fields,
    ) -> Result<Self, db::Error> {
        let today = Shared::read(conn, statement).await?;
        let mut opened = Shared::typed(fields, "was.");
        let mut typed = Shared::typed(fields, "");
        // A topic that was merged since the form was opened is the one it leads to.
        opened.topics = topics::index::led_to(conn, &opened.topics).await?;
        typed.topics = topics::index::led_to(conn, &typed.topics).await?;
        Ok(Self {
            statement: Some(statement.id),
            locale,
            based_on: fields.line("based_on"),
            words: words(fields),
            crossed: typed.crossed(&today, &opened),
            shared: typed.on_top_of(&today, &opened),
            was: today,
            page: Page::typed(fields),
        })
    }

    /// The same words, on top of another save.
    pub fn based_on(self, revision: RevisionId) -> Self {
        Self { based_on: revision.to_string(), ..self }
    }

    /// The facts as typed, where they can be read; else those of the desk.
    pub fn facts_or(&self, desk: Facts) -> Facts {
        Facts {
            number: self.shared.number.parse().unwrap_or(desk.number),
            kind: Kind::parse(&self.shared.kind).unwrap_or(desk.kind),
            issued: IssuedOn::parse(&self.shared.issued_on).unwrap_or(desk.issued),
        }
    }

    /// What the domain trusts; or what has to be mended, all of it at once.
    pub fn to_save(&self) -> Result<Save, Problems> {
        let mut problems = Problems::default();
        let number = self.shared.number.parse();
        if number.is_err() {
            problems.add("number", "A number has digits only, such as 2800.");
        }
        let kind = Kind::parse(&self.shared.kind);
        if kind.is_none() {
            problems.add("kind", "Please choose what sort of text this is.");
        }
        let issued = IssuedOn::parse(&self.shared.issued_on);
        if issued.is_none() {
            problems.add(
                "issued_on",
                "Please write a day (November 16, 1997 or 1997-11-16), a month (November 1997) or a year (1997).",
            );
        }
        for fact in &self.crossed {
            let today = self.was.in_words(fact);
            problems.add(
                fact,
                format!(
                    "Somebody else changed this to “{today}” after you opened the page. What you chose is still here: save \
                     again if it is right."
                ),
            );
        }
        problems.extend(self.words.problems());
        match (number, kind, issued) {
            (Ok(number), Some(kind), Some(issued)) if problems.is_empty() => Ok(Save {
                statement: self.statement,
                locale: self.locale,
                based_on: self.based_on.parse().ok().map(RevisionId),
                facts: Facts { number, kind, issued },
                words: self.words.clone(),
                topics: self.shared.topics.clone(),
                is_sample: false,
            }),
            _ => Err(problems),
        }
    }
}

impl Page {
    fn typed(fields: &Fields) -> Self {
        let took_over = fields.raw(arrival::TOOK_OVER).parse().ok().map(KeptId);
        Self {
            token: fields.raw(arrival::TOKEN).to_owned(),
            took_over,
            beside: fields.line(source::NAME),
            is_converted: false,
        }
    }
}

impl Shared {
    fn of(facts: Facts, topics: Vec<TopicId>) -> Self {
        Self {
            number: facts.number.to_string(),
            kind: facts.kind.to_string(),
            issued_on: facts.issued.long(Locale::english()),
            topics,
        }
    }

    async fn read(conn: &mut Connection, statement: &Statement) -> Result<Self, db::Error> {
        Ok(Self::of(statement.facts(), topics::index::of_statement(conn, statement.id).await?))
    }

    /// What the fields say whose names begin like this.
    fn typed(fields: &Fields, prefix: &str) -> Self {
        let named = |field: &str| format!("{prefix}{field}");
        Self {
            number: fields.line(&named("number")),
            kind: fields.line(&named("kind")),
            issued_on: fields.line(&named("issued_on")),
            topics: fields.all(&named("topics")).filter_map(|id| id.parse().ok()).map(TopicId).collect(),
        }
    }

    /// The facts that a form and somebody else have changed, each to something of their own.
    fn crossed(&self, today: &Self, opened: &Self) -> Vec<&'static str> {
        let mut crossed = Vec::new();
        for fact in ["number", "kind", "issued_on"] {
            let (typed, today, opened) = (self.fact(fact), today.fact(fact), opened.fact(fact));
            // A form that does not say what it was opened with crosses nothing.
            if !opened.is_empty() && typed != opened && today != opened && typed != today {
                crossed.push(fact);
            }
        }
        crossed
    }

    fn fact(&self, name: &str) -> &str {
        match name {
            "number" => &self.number,
            "kind" => &self.kind,
            _ => &self.issued_on,
        }
    }

    /// One of the facts, as a person reads it.
    fn in_words(&self, fact: &str) -> &str {
        match Kind::parse(self.fact(fact)) {
            Some(kind) => kind_name(kind),
            None => self.fact(fact),
        }
    }

    /// What was changed in a form since it was opened, on top of what others have changed meanwhile:
    /// nobody's date or topic is undone by a form that never touched it.
    fn on_top_of(self, today: &Self, opened: &Self) -> Self {
        let one = |typed: String, opened: &String, today: &String| {
            if typed == *opened { today.clone() } else { typed }
        };
        let mut topics = self.topics;
        topics.retain(|id| today.topics.contains(id) || !opened.topics.contains(id));
        let added_by_others = today.topics.iter().filter(|id| !opened.topics.contains(id));
        topics.extend(added_by_others.filter(|id| !topics.contains(id)).collect::<Vec<_>>());
        Self {
            number: one(self.number, &opened.number, &today.number),
            kind: one(self.kind, &opened.kind, &today.kind),
            issued_on: one(self.issued_on, &opened.issued_on, &today.issued_on),
            topics,
        }
    }
}

/// The words of a form.
pub fn words(fields: &Fields) -> Words {
    Words::typed(
        fields.raw("title"),
        fields.raw("summary"),
        fields.raw("body"),
        fields.raw("sign_off"),
        fields.raw("credit"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared(kind: &str, topics: &[i64]) -> Shared {
        let topics = topics.iter().copied().map(TopicId).collect();
        Shared { kind: kind.to_owned(), topics, ..Shared::default() }
    }

    #[test]
    fn a_form_changes_only_what_was_changed_in_it() {
        let opened = || shared("statement", &[1, 2]);
        let today = shared("report", &[2, 3]);
        assert_eq!(opened().on_top_of(&today, &opened()), shared("report", &[2, 3]), "nothing typed");
        let typed = shared("article", &[1, 2, 4]);
        assert_eq!(typed.on_top_of(&today, &opened()), shared("article", &[2, 4, 3]), "one more topic");
        let typed = shared("statement", &[1]);
        assert_eq!(typed.on_top_of(&today, &opened()), shared("report", &[3]), "one topic less");
    }

    #[test]
    fn what_two_changed_to_different_things_is_asked_about() {
        let crossed = |opened, today, typed| {
            shared(typed, &[]).crossed(&shared(today, &[]), &shared(opened, &[])) == ["kind"]
        };
        assert!(crossed("statement", "report", "article"));
        assert!(!crossed("statement", "report", "report"), "both meant the same");
        assert!(!crossed("statement", "report", "statement"), "only they changed it");
        assert!(!crossed("statement", "statement", "article"), "only I changed it");
    }
}
