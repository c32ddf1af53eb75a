//! What a typed text becomes before it is judged: the same words, without what nobody can see.

/// A text of several lines: line ends become `\n`, control characters other than tabs go, and so do
/// blank space at line ends and blank lines around the whole.
///
/// Word's line break (vertical tab) and page break (form feed) become line ends, so that pasted
/// lines stay apart.
pub fn paragraphs(typed: &str) -> String {
    let unified = typed
        .replace("\r\n", "\n")
        .replace(['\r', '\u{0B}', '\u{0C}', '\u{85}', '\u{2028}', '\u{2029}'], "\n");
    let lines: Vec<String> = unified
        .lines()
        .map(|line| {
            let visible: String = line.chars().filter(|c| !is_refused(*c)).collect();
            // Two spaces at a line's end are a line break in Markdown: one kind of end, kept.
            let kept_break = visible.ends_with("  ") && !visible.trim().is_empty();
            format!("{}{}", visible.trim_end(), if kept_break { "  " } else { "" })
        })
        .collect();
    lines.join("\n").trim_matches('\n').trim_end().to_owned()
}

/// A text of one line: every run of white space is one space, and control characters go.
pub fn line(typed: &str) -> String {
    let spaced: String =
        typed.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| !is_refused(*c)).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a character has no place in any text: controls other than tab and line ends, and the
/// code points that Unicode reserves for nothing. PostgreSQL refuses NUL; HTML refuses the others
/// even when escaped.
pub fn is_refused(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
        || matches!(c, '\u{FDD0}'..='\u{FDEF}')
        || (u32::from(c) & 0xFFFE) == 0xFFFE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_one_line() {
        assert_eq!(line("  Forty\u{0}-nine\r\n years \t of "), "Forty-nine years of");
        assert_eq!(line("　全角　空格　"), "全角 空格");
    }

    #[test]
    fn paragraphs_keep_their_words_and_breaks() {
        assert_eq!(paragraphs("\r\n\r\none\u{0B}two  \r\nthree\u{7} \n\n\n"), "one\ntwo  \nthree");
        assert_eq!(paragraphs("    code stays indented"), "    code stays indented");
    }
}
