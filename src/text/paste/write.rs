//! Blocks as plain HTML, which `htmd` writes as Markdown.

use std::sync::LazyLock;

use htmd::element_handler::Handlers;
use htmd::options::{BulletListMarker, Options};
use htmd::{Element, HtmlToMarkdown};

use super::blocks::{Block, Kind, Read};

static WRITER: LazyLock<HtmlToMarkdown> = LazyLock::new(|| {
    let options = Options {
        bullet_list_marker: BulletListMarker::Dash,
        ul_bullet_spacing: 1,
        ol_number_spacing: 1,
        ..Options::default()
    };
    HtmlToMarkdown::builder()
        .options(options)
        .add_handler(vec!["sup"], note)
        .add_handler(vec!["del"], struck)
        .build()
});

/// A reference to a footnote.
fn note(_: &dyn Handlers, element: Element<'_>) -> Option<htmd::element_handler::HandlerResult> {
    let number = element.attrs.iter().find(|attribute| &*attribute.name.local == "data-note")?;
    Some(format!("[^{}]", number.value).into())
}

/// GitHub's way to strike words through, which our own pages read too.
fn struck(handlers: &dyn Handlers, element: Element<'_>) -> Option<htmd::element_handler::HandlerResult> {
    Some(format!("~~{}~~", handlers.walk_children(element.node).content).into())
}

/// Writes blocks. Footnotes count from `notes_before` on.
pub(super) fn markdown(read: &Read, notes_before: usize) -> String {
    let mut html = Html { out: String::new(), links: &read.links, notes_before };
    let blocks: Vec<&Block> = read.blocks.iter().collect();
    html.quoted(&blocks, 0);
    let written = WRITER.convert(&html.out).unwrap_or_default();
    let lines: Vec<&str> = written
        .lines()
        .map(|line| if line.trim_matches([' ', '>']).is_empty() { line.trim_end() } else { line })
        .collect();
    lines.join("\n")
}

struct Html<'a> {
    out: String,
    links: &'a [String],
    notes_before: usize,
}

impl Html<'_> {
    fn quoted(&mut self, blocks: &[&Block], depth: u8) {
        for run in blocks.chunk_by(|one, two| (one.quote > depth) == (two.quote > depth)) {
            if run[0].quote > depth {
                self.out.push_str("<blockquote>");
                self.quoted(run, depth + 1);
                self.out.push_str("</blockquote>");
            } else {
                self.listed(run);
            }
        }
    }

    fn listed(&mut self, blocks: &[&Block]) {
        for run in blocks.chunk_by(|one, two| one.item.is_some() == two.item.is_some()) {
            if run[0].item.is_some() {
                self.list(run);
            } else {
                run.iter().for_each(|block| self.block(block));
            }
        }
    }

    /// Items, each with what is deeper than it. A list that begins deep begins where it does.
    fn list(&mut self, blocks: &[&Block]) {
        let level = |block: &&Block| block.item.map_or(0, |item| item.level);
        let own = blocks.iter().map(level).min().unwrap_or(0);
        let begins = |block: &&Block| level(block) == own && block.item.is_some_and(|item| item.begins);
        let items: Vec<&[&Block]> = blocks.chunk_by(|_, next| !begins(next)).collect();
        let number = |item: &&[&Block]| item[0].item.and_then(|item| item.number);
        for list in items.chunk_by(|one, two| number(one).is_some() == number(two).is_some()) {
            let (start, end) = match number(&list[0]) {
                Some(number) => (format!("<ol start=\"{number}\">"), "</ol>"),
                None => ("<ul>".to_owned(), "</ul>"),
            };
            self.out.push_str(&start);
            for item in list {
                self.item(item, own);
            }
            self.out.push_str(end);
        }
    }

    fn item(&mut self, blocks: &[&Block], own: u8) {
        self.out.push_str("<li>");
        let is_own = |block: &Block| block.item.is_some_and(|item| item.level == own);
        let is_short = blocks.iter().filter(|block| is_own(block)).count() < 2;
        for run in blocks.chunk_by(|one, two| is_own(one) == is_own(two)) {
            match (is_own(run[0]), &run[0].kind) {
                (false, _) => self.list(run),
                // So that a list of lines is one in Markdown too, without blank lines between.
                (true, Kind::Paragraph(words)) if is_short => self.words(words),
                (true, _) => run.iter().for_each(|block| self.block(block)),
            }
        }
        self.out.push_str("</li>");
    }

    fn words(&mut self, words: &super::inline::Words) {
        let html = words.html(self.links, self.notes_before);
        self.out.push_str(&html);
    }

    fn block(&mut self, block: &Block) {
        match &block.kind {
            Kind::Paragraph(words) => self.within("p", words),
            Kind::Heading(level, words) => self.within(&format!("h{level}"), words),
            Kind::Rule => self.out.push_str("<hr>"),
            Kind::Source(source) => {
                let source = source.replace('&', "&amp;").replace('<', "&lt;");
                self.out.push_str(&format!("<pre><code>{source}</code></pre>"));
            }
            Kind::Table(table) => {
                self.out.push_str("<table>");
                for (index, row) in table.0.iter().enumerate() {
                    self.out.push_str("<tr>");
                    for cell in row {
                        self.within(if index == 0 { "th" } else { "td" }, cell);
                    }
                    self.out.push_str("</tr>");
                }
                self.out.push_str("</table>");
            }
        }
    }

    fn within(&mut self, tag: &str, words: &super::inline::Words) {
        self.out.push_str(&format!("<{tag}>"));
        self.words(words);
        self.out.push_str(&format!("</{tag}>"));
    }
}
