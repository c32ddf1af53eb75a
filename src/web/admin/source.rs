//! What a translation is made from: another text of the statement beside the fields, and a first draft in
//! the other Chinese signs.

use crate::domain::ids::RevisionId;
use crate::domain::statements::draft::Words;
use crate::domain::statements::store::{self, Statement, Translation};
use crate::i18n::Locale;
use crate::infra::db::{self, Connection};
use crate::text::han::Script;
use crate::web::urls;

/// The name of the choice, in addresses and in the form.
pub const NAME: &str = "beside";

/// The choice of nothing.
const NOTHING: &str = "nothing";

/// What follows a language whose text is shown in the signs of this one.
const CONVERTED: &str = "-converted";

/// The texts that can stand beside the fields, and the one that does.
#[derive(Default)]
pub struct Source {
    /// All of them, with the choice of none; empty where there is no other text.
    pub choices: Vec<Choice>,
    /// The one that does.
    pub shown: Option<Shown>,
    /// Languages that a first draft can be made from, with its address; none once something was saved.
    pub drafts: Vec<(Locale, String)>,
}

/// A text that can stand beside the fields.
pub struct Choice {
    /// Where it does.
    pub path: String,
    /// The language; `None`: nothing stands there.
    pub locale: Option<Locale>,
    /// What else there is to say of it.
    pub about: &'static str,
    /// Whether it is the one that does.
    pub is_here: bool,
}

/// The text beside the fields.
pub struct Shown {
    /// Its language: that of its signs.
    pub locale: Locale,
    /// What it is.
    pub heading: String,
    /// Its words, as they were saved last.
    pub words: Words,
}

impl Source {
    /// Reads what is there for a text in a language; `chosen` is what an address or a form said.
    pub async fn read(
        conn: &mut Connection,
        statement: Option<&Statement>,
        texts: &[Translation],
        here: Locale,
        chosen: &str,
    ) -> Result<Self, db::Error> {
        let Some(statement) = statement else { return Ok(Self::default()) };
        let mut others: Vec<(Locale, RevisionId)> = texts
            .iter()
            .filter(|text| text.locale != here && text.locale.is_used() && !text.state().is_put_away())
            .filter_map(|text| Some((text.locale, text.latest_revision_id?)))
            .collect();
        if others.is_empty() {
            return Ok(Self::default());
        }
        let original = statement.original_locale;
        others.sort_by_key(|(locale, _)| *locale != original);
        let usual = if here == original { NOTHING } else { others[0].0.path() };
        let chosen = if chosen.is_empty() { usual } else { chosen };
        let own = urls::desk(statement.id, here, "");
        let at = |choice: &str| format!("{}#source-choices", beside(&own, choice));
        let mut source = Self::default();
        for &(locale, revision) in &others {
            for is_converted in [false, true] {
                if is_converted && !are_other_signs(locale, here) {
                    continue;
                }
                let value = format!("{}{}", locale.path(), if is_converted { CONVERTED } else { "" });
                let about = match (is_converted, locale == original) {
                    (true, _) => "converted",
                    (false, true) => "original",
                    (false, false) => "",
                };
                let is_here = value == chosen;
                source.choices.push(Choice { path: at(&value), locale: Some(locale), about, is_here });
                if is_here {
                    let words = store::words(conn, revision).await?;
                    source.shown = Some(if is_converted {
                        Shown::converted(&words, locale, here)
                    } else {
                        Shown::as_it_is(words, locale, about)
                    });
                }
            }
        }
        let is_here = source.shown.is_none();
        source.choices.push(Choice { path: at(NOTHING), locale: None, about: "", is_here });
        let is_begun = texts.iter().any(|text| text.locale == here && text.latest_revision_id.is_some());
        if !is_begun {
            let from = others.iter().filter(|(locale, _)| are_other_signs(*locale, here));
            source.drafts =
                from.map(|(locale, _)| (*locale, format!("{own}?draft={}", locale.path()))).collect();
        }
        Ok(source)
    }
}

impl Shown {
    fn as_it_is(words: Words, locale: Locale, about: &str) -> Self {
        let comma = if about.is_empty() { "" } else { ", " };
        Self { heading: format!("{}{comma}{about}", locale.own_name()), words, locale }
    }

    fn converted(words: &Words, from: Locale, here: Locale) -> Self {
        let heading = format!("{}, in the signs of {}", from.own_name(), here.own_name());
        Self { heading, words: written(words, here), locale: here }
    }

    /// What there is of it, under the labels of the form.
    pub fn fields(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let Words { title, summary, body, sign_off, credit } = &self.words;
        let all = [
            ("Title", title),
            ("Summary", summary),
            ("Text", body),
            ("Signed by", sign_off),
            ("Translator or source", credit),
        ];
        all.into_iter().map(|(label, words)| (label, words.as_str())).filter(|(_, words)| !words.is_empty())
    }
}

/// A first draft for a language out of the text that the statement has in the other Chinese signs; `None`
/// where there is none, or where this language has been begun.
pub async fn draft(
    conn: &mut Connection,
    statement: &Statement,
    here: Locale,
    from: &str,
) -> Result<Option<Words>, db::Error> {
    let texts = store::translations_of(conn, statement.id).await?;
    if texts.iter().any(|text| text.locale == here && text.latest_revision_id.is_some()) {
        return Ok(None);
    }
    let from = texts.iter().find(|text| text.locale.path() == from && are_other_signs(text.locale, here));
    let revision = from.filter(|text| !text.state().is_put_away()).and_then(|text| text.latest_revision_id);
    match revision {
        Some(revision) => Ok(Some(written(&store::words(conn, revision).await?, here))),
        None => Ok(None),
    }
}

/// Whether a form says of something that it stands beside the fields. What is unknown is no error there, and
/// nothing that an address has to carry.
pub fn is_choice(chosen: &str) -> bool {
    !chosen.is_empty() && chosen.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// The address of an editor with a choice.
pub fn beside(path: &str, choice: &str) -> String {
    format!("{path}?{NAME}={choice}")
}

fn are_other_signs(one: Locale, other: Locale) -> bool {
    let scripts = (Script::of(one.tag()), Script::of(other.tag()));
    matches!(scripts, (Some(one), Some(other)) if one != other)
}

/// Words in the signs of a language.
fn written(words: &Words, locale: Locale) -> Words {
    let Some(script) = Script::of(locale.tag()) else { return words.clone() };
    Words {
        title: script.write(&words.title),
        summary: script.write_markdown(&words.summary),
        body: script.write_markdown(&words.body),
        sign_off: script.write_markdown(&words.sign_off),
        credit: script.write(&words.credit),
    }
}
