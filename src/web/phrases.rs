//! How a phrase stands in HTML: what is in another language than the page is marked, so that it is read out,
//! set and run in the right direction (WCAG 2.2, 3.1.2).

use std::fmt;

use askama::filters::{Escaper, Html, HtmlSafe};

use crate::i18n::{Locale, Phrase, Piece};

impl fmt::Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(page) = self.english_in() else { return write_pieces(f, self.pieces(), None) };
        let english = Locale::english();
        write!(f, "<span lang=\"{english}\"")?;
        if english.dir() != page.dir() {
            write!(f, " dir=\"{}\"", english.dir())?;
        }
        f.write_str(">")?;
        write_pieces(f, self.pieces(), Some(page))?;
        f.write_str("</span>")
    }
}

/// Everything in it is escaped.
impl HtmlSafe for Phrase {}

/// The parts of a phrase; `page`: the language of the page, where the phrase is not in it.
fn write_pieces(f: &mut fmt::Formatter<'_>, pieces: &[Piece], page: Option<Locale>) -> fmt::Result {
    for piece in pieces {
        match piece {
            Piece::Words(text) => Html.write_escaped_str(&mut *f, text)?,
            Piece::Phrase(phrase) => write!(f, "{phrase}")?,
            Piece::Value(text, language) => match language.or(page) {
                None => Html.write_escaped_str(&mut *f, text)?,
                Some(language) => {
                    write!(f, "<bdi lang=\"{language}\" dir=\"{}\">", language.dir())?;
                    Html.write_escaped_str(&mut *f, text)?;
                    f.write_str("</bdi>")?;
                }
            },
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_another_language_is_marked_and_everything_is_escaped() {
        let english = Locale::english();
        let more = english.words().more_in.with("count", "<2>");
        let chinese = Locale::stored("zh-Hans").unwrap();
        assert_eq!(
            more.with_language("language", chinese).to_string(),
            "&#60;2&#62; more in <bdi lang=\"zh-Hans\" dir=\"ltr\">简体中文</bdi>"
        );
        let hebrew = Locale::stored("he").unwrap();
        assert_eq!(hebrew.words().topics.to_string(), "<span lang=\"en\" dir=\"ltr\">Topics</span>");
        let number = hebrew.words().number.with("number", 7);
        assert_eq!(
            number.to_string(),
            "<span lang=\"en\" dir=\"ltr\">No. <bdi lang=\"he\" dir=\"rtl\">7</bdi></span>"
        );
        assert_eq!(number.plain(), "No. 7");
        assert_eq!(chinese.words().topics.to_string(), "主题");
    }
}
