//! The words that stand with a picture or a file, in one language.

use crate::domain::outcome::Problems;
use crate::i18n::Locale;
use crate::text::clean;

/// What is said of a picture or a file in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// The language.
    pub locale: Locale,
    /// What a picture says to those who do not see it.
    pub alt: String,
    /// Whether it says nothing, and is passed over when a page is read out.
    pub decorative: bool,
    /// What is written under it.
    pub caption: String,
    /// Who made it.
    pub credit: String,
}

/// The most characters of each.
const MOST_ALT: usize = 600;
const MOST_CAPTION: usize = 1_000;
const MOST_CREDIT: usize = 200;

impl Words {
    /// Nothing said yet.
    pub fn none(locale: Locale) -> Self {
        Self { locale, alt: String::new(), decorative: false, caption: String::new(), credit: String::new() }
    }

    /// Words as typed.
    pub fn typed(locale: Locale, alt: &str, decorative: bool, caption: &str, credit: &str) -> Self {
        Self {
            locale,
            alt: clean::line(alt),
            decorative,
            caption: clean::line(caption),
            credit: clean::line(credit),
        }
    }

    /// Whether there is nothing to keep.
    pub fn is_empty(&self) -> bool {
        *self == Self::none(self.locale)
    }

    /// Whether a text in this language may show the picture without saying anything itself.
    pub fn is_described(&self) -> bool {
        self.decorative || !self.alt.is_empty()
    }

    /// What a page puts in the place of the picture for those who do not see it; `None`: not yet said.
    pub fn alternative(&self) -> Option<String> {
        self.is_described().then(|| self.alt.clone())
    }

    /// What keeps them from being kept. The field of the form is the same for all languages: the message
    /// says which.
    pub fn problems(&self) -> Problems {
        let mut problems = Problems::default();
        let name = self.locale.own_name();
        if self.decorative && !self.alt.is_empty() {
            problems.add(
                "words",
                format!("{name}: a picture that only decorates says nothing. Please choose one of the two."),
            );
        }
        for (what, text, most) in [
            ("description", &self.alt, MOST_ALT),
            ("caption", &self.caption, MOST_CAPTION),
            ("credit", &self.credit, MOST_CREDIT),
        ] {
            let length = text.chars().count();
            if length > most {
                problems.add(
                    "words",
                    format!("{name}: the {what} has {length} characters; at most {most} are kept."),
                );
            }
        }
        problems
    }
}
