//! What an editor hands over: the words of one language, and the facts that all languages share.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::{IssuedOn, Kind};
use crate::domain::outcome::Problems;
use crate::text::clean;

/// The words of a statement in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// The headline.
    pub title: String,
    /// One sentence that leads the lists.
    pub summary: String,
    /// Markdown as written.
    pub body: String,
    /// Who signs, in which role then.
    pub sign_off: String,
    /// One line for the translator or the source.
    pub credit: String,
}

/// The most characters of each field: far more than anyone needs, and a bound all the same.
const LIMITS: [(&str, usize); 5] =
    [("title", 300), ("summary", 1_000), ("body", 500_000), ("sign_off", 1_000), ("credit", 500)];

impl Words {
    /// Takes words as typed: lines become lines, and nothing invisible comes along.
    pub fn typed(title: &str, summary: &str, body: &str, sign_off: &str, credit: &str) -> Self {
        Self {
            title: clean::line(title),
            summary: clean::line(summary),
            body: clean::paragraphs(body),
            sign_off: clean::paragraphs(sign_off),
            credit: clean::line(credit),
        }
    }

    /// What keeps them from being saved.
    pub fn problems(&self) -> Problems {
        let mut problems = Problems::default();
        let lengths = [&self.title, &self.summary, &self.body, &self.sign_off, &self.credit];
        for ((field, limit), words) in LIMITS.into_iter().zip(lengths) {
            let length = words.chars().count();
            if length > limit {
                problems
                    .add(field, format!("This has {length} characters; at most {limit} can be kept here."));
            }
        }
        problems
    }

    /// What keeps them from going public.
    pub fn problems_for_publication(&self) -> Problems {
        let mut problems = self.problems();
        if self.title.is_empty() {
            problems.add("title", "A statement needs a title before it goes public.");
        }
        if self.body.trim().is_empty() {
            problems.add("body", "A statement needs a text before it goes public.");
        }
        problems
    }

    /// Whether nothing has been written yet.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The facts that all languages of a statement share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The public number.
    pub number: i64,
    /// What sort of text it is.
    pub kind: Kind,
    /// The date on it.
    pub issued: IssuedOn,
}

/// The highest number that can be given: nine digits can be read out and typed.
pub const HIGHEST_NUMBER: i64 = 999_999_999;

impl Facts {
    /// What keeps them from being kept. A date may lie ahead by a year, for what is written in advance.
    pub fn problems(&self, today: Date) -> Problems {
        let mut problems = Problems::default();
        if !(1..=HIGHEST_NUMBER).contains(&self.number) {
            problems.add("number", format!("A number is between 1 and {HIGHEST_NUMBER}."));
        }
        let next_year = today.checked_add(1.year()).unwrap_or(Date::MAX);
        if self.issued.date > next_year {
            problems.add("issued_on", "This date lies more than a year ahead. Please check the year.");
        }
        problems
    }
}
