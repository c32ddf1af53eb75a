//! Words with their emphasis, a sign at a time, so that emphasis can be moved to where Markdown reads it.

/// Bold.
pub(super) const BOLD: u8 = 1;
/// Italic.
pub(super) const ITALIC: u8 = 2;
/// Struck through.
pub(super) const STRUCK: u8 = 4;
/// Code.
pub(super) const CODE: u8 = 8;

/// In the order of their tags, the outermost first.
const TAGS: [(u8, &str); 4] = [(BOLD, "strong"), (ITALIC, "em"), (STRUCK, "del"), (CODE, "code")];

/// The end of a line within a paragraph.
const BREAK: char = '\u{2028}';
/// The place of a reference to a footnote.
const NOTE: char = '\u{FFFC}';

/// How a sign stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    /// Its emphasis.
    pub(super) emphasis: u8,
    /// Its link: one more than a place in the list of links; 0 for none.
    pub(super) link: usize,
}

/// The words of a paragraph, a heading, an item or a cell.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    signs: Vec<(char, Style)>,
    notes: Vec<usize>,
}

impl Words {
    /// Adds a text, with each run of white space as one space.
    pub(super) fn push(&mut self, text: &str, style: Style) {
        let mut rest = text.chars().peekable();
        while let Some(sign) = rest.next() {
            if !is_space(sign) {
                if sign != BREAK && sign != NOTE && !super::super::clean::is_refused(sign) {
                    self.signs.push((sign, style));
                }
                continue;
            }
            let mut ends_line = is_line_end(sign);
            while let Some(space) = rest.next_if(|next| is_space(*next)) {
                ends_line |= is_line_end(space);
            }
            let before = self.signs.last().map(|(sign, _)| *sign);
            // A source that is broken into lines between Chinese signs means no space there.
            let no_space =
                ends_line && before.is_some_and(is_wide) && rest.peek().is_some_and(|s| is_wide(*s));
            if !no_space && before.is_some_and(|before| before != ' ' && before != BREAK) {
                self.signs.push((' ', style));
            }
        }
    }

    /// Ends the line.
    pub(super) fn push_break(&mut self) {
        self.signs.push((BREAK, Style::default()));
    }

    /// Adds a reference to a footnote.
    pub(super) fn push_note(&mut self, number: usize) {
        self.signs.push((NOTE, Style::default()));
        self.notes.push(number);
    }

    /// Whether there is nothing to be read.
    pub(super) fn is_empty(&self) -> bool {
        self.signs.iter().all(|(sign, _)| *sign == ' ' || *sign == BREAK)
    }

    /// Whether it is one line without any emphasis, link or footnote.
    pub(super) fn is_plain(&self) -> bool {
        self.signs.iter().all(|(sign, style)| *style == Style::default() && ![BREAK, NOTE].contains(sign))
    }

    /// Without bold: a heading is one already.
    pub(super) fn without_bold(mut self) -> Self {
        self.signs.iter_mut().for_each(|(_, style)| style.emphasis &= !BOLD);
        self
    }

    /// The paragraphs: web pages part them by an empty line.
    pub(super) fn paragraphs(self) -> Vec<Self> {
        let Self { signs, notes } = self;
        let mut notes = notes.into_iter();
        let mut parts: Vec<Vec<(char, Style)>> = vec![Vec::new()];
        let mut breaks = 0;
        for sign in signs {
            match sign.0 {
                BREAK => breaks += 1,
                ' ' if breaks > 0 => {}
                _ => {
                    match breaks {
                        0 => {}
                        1 => {
                            parts.last_mut().into_iter().for_each(|part| part.push((BREAK, Style::default())))
                        }
                        _ => parts.push(Vec::new()),
                    }
                    breaks = 0;
                    parts.last_mut().into_iter().for_each(|part| part.push(sign));
                }
            }
        }
        parts
            .into_iter()
            .map(|signs| {
                let count = signs.iter().filter(|(sign, _)| *sign == NOTE).count();
                Self { signs, notes: notes.by_ref().take(count).collect() }.trimmed()
            })
            .filter(|words| !words.signs.is_empty())
            .collect()
    }

    fn trimmed(mut self) -> Self {
        let blank = |sign: &(char, Style)| sign.0 == ' ' || sign.0 == BREAK;
        while self.signs.last().is_some_and(blank) {
            self.signs.pop();
        }
        let first = self.signs.iter().position(|sign| !blank(sign)).unwrap_or(0);
        self.signs.drain(..first);
        self
    }

    /// As HTML that uses nothing but what Markdown has. Footnotes count from `notes_before` on.
    pub(super) fn html(&self, links: &[String], notes_before: usize) -> String {
        let mut signs = self.signs.clone();
        for (flag, _) in TAGS {
            settle(&mut signs, |style| style.emphasis & flag != 0, |style| style.emphasis &= !flag);
        }
        settle(&mut signs, |style| style.link != 0, |style| style.link = 0);
        let mut out = String::with_capacity(signs.len() * 2);
        let mut notes = self.notes.iter();
        let mut open: Vec<Open> = Vec::new();
        for (at, (sign, style)) in signs.iter().enumerate() {
            let keep = open.iter().take_while(|tag| tag.is_of(*style)).count();
            for tag in open.drain(keep..).rev() {
                out.push_str(&tag.end());
            }
            let mut wanted: Vec<Open> = Open::all(*style).filter(|tag| !open.contains(tag)).collect();
            // What lasts longest is opened first, so that it need not be closed between.
            wanted.sort_by_key(|tag| {
                std::cmp::Reverse(signs[at..].iter().take_while(|(_, s)| tag.is_of(*s)).count())
            });
            for tag in wanted {
                out.push_str(&tag.start(links));
                open.push(tag);
            }
            match *sign {
                BREAK => out.push_str("<br>"),
                NOTE => {
                    let number = notes.next().map_or(0, |number| number + notes_before);
                    out.push_str(&format!("<sup data-note=\"{number}\"></sup>"));
                }
                // So that what only looks like a sign in HTML stays what it looks like.
                '&' => out.push_str(if looks_like_entity(&signs[at..]) { "&amp;amp;" } else { "&amp;" }),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                other => out.push(other),
            }
        }
        for tag in open.drain(..).rev() {
            out.push_str(&tag.end());
        }
        out
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Link(usize),
    Emphasis(u8, &'static str),
}

impl Open {
    fn all(style: Style) -> impl Iterator<Item = Self> {
        let link = (style.link != 0).then_some(Self::Link(style.link));
        let tags = TAGS.into_iter().filter(move |(flag, _)| style.emphasis & flag != 0);
        link.into_iter().chain(tags.map(|(flag, tag)| Self::Emphasis(flag, tag)))
    }

    fn is_of(self, style: Style) -> bool {
        match self {
            Self::Link(link) => style.link == link,
            Self::Emphasis(flag, _) => style.emphasis & flag != 0,
        }
    }

    fn start(self, links: &[String]) -> String {
        match self {
            Self::Link(link) => {
                let to = links.get(link - 1).map_or("", String::as_str);
                format!("<a href=\"{}\">", to.replace('&', "&amp;").replace('"', "%22"))
            }
            Self::Emphasis(_, tag) => format!("<{tag}>"),
        }
    }

    fn end(self) -> String {
        match self {
            Self::Link(_) => "</a>".to_owned(),
            Self::Emphasis(_, tag) => format!("</{tag}>"),
        }
    }
}

/// Moves the ends of each stretch to where Markdown sees them: not at white space, and not at a
/// punctuation mark that a letter follows (CommonMark 0.31, 6.2: in Chinese that is every other one).
fn settle(signs: &mut [(char, Style)], is_set: impl Fn(&Style) -> bool, clear: impl Fn(&mut Style)) {
    let mut from = 0;
    while from < signs.len() {
        if !is_set(&signs[from].1) {
            from += 1;
            continue;
        }
        let mut to = from;
        while to < signs.len() && is_set(&signs[to].1) {
            to += 1;
        }
        let next = to;
        let has_words = signs[from..to].iter().any(|(sign, _)| sign.is_alphanumeric());
        while from < to && (!has_words || drops(signs[from].0, from.checked_sub(1).map(|at| signs[at].0))) {
            clear(&mut signs[from].1);
            from += 1;
        }
        while from < to && drops(signs[to - 1].0, signs.get(to).map(|(sign, _)| *sign)) {
            clear(&mut signs[to - 1].1);
            to -= 1;
        }
        from = next;
    }
}

fn drops(edge: char, outside: Option<char>) -> bool {
    let is_mark = |sign: char| !sign.is_alphanumeric() && !sign.is_whitespace();
    edge == ' ' || edge == BREAK || (is_mark(edge) && outside.is_some_and(|sign| sign.is_alphanumeric()))
}

fn looks_like_entity(signs: &[(char, Style)]) -> bool {
    let name: Vec<char> = signs.iter().skip(1).take(32).map(|(sign, _)| *sign).collect();
    let end = name.iter().position(|sign| !sign.is_ascii_alphanumeric() && *sign != '#');
    end.is_some_and(|end| end > 0 && name[end] == ';')
}

fn is_space(sign: char) -> bool {
    matches!(sign, ' ' | '\t' | '\n' | '\r' | '\u{C}' | '\u{A0}')
}

fn is_line_end(sign: char) -> bool {
    matches!(sign, '\n' | '\r')
}

/// Signs between which no space stands: Han, kana, their punctuation, full width.
fn is_wide(sign: char) -> bool {
    matches!(sign, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}'
        | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}
