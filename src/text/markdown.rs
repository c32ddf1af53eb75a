//! Markdown as an editor writes it, to the HTML that a reader gets.
//!
//! CommonMark with tables, strike-through and footnotes (pulldown-cmark). Headings move so that they begin
//! at `h2`, under the statement's own title, and no level is skipped. Footnotes stand at the end and link
//! both ways. A table stands in a region that scrolls by itself, for screens narrower than it.

use std::collections::HashMap;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Parser, Tag, TagEnd, html};

use super::figures::{self, Media};
use super::sanitized::SanitizedHtml;

/// The words that a rendered text needs in its own language.
#[derive(Clone, Copy, Debug)]
pub struct Labels<'a> {
    /// The accessible name of the section of footnotes: "Footnotes".
    pub footnotes: &'a str,
    /// The accessible name of a link from a footnote back to the text: "Back to the text".
    pub back: &'a str,
    /// The accessible name of a table, before its number: "Table".
    pub table: &'a str,
}

/// Renders a text that shows no picture. Never fails: what is not Markdown is text.
pub fn render(source: &str, labels: Labels<'_>) -> SanitizedHtml {
    render_with(source, labels, &Media::new())
}

/// Renders a text with the pictures and files of ours that it names; every other picture becomes its words.
pub fn render_with(source: &str, labels: Labels<'_>, media: &Media) -> SanitizedHtml {
    let events = figures::put_in(Parser::new_ext(source, figures::OPTIONS).collect(), media);
    let events = lower_headings(events);
    let events = tables_in_regions(events, labels.table);
    let mut notes = Notes::default();
    let main = notes.lift_definitions(events);
    let main = notes.link_references(main);
    let mut out = String::with_capacity(source.len() * 3 / 2);
    html::push_html(&mut out, main.into_iter());
    notes.push_section(&mut out, labels);
    SanitizedHtml::from_untrusted(&out)
}

/// A region that scrolls has to be reached by keyboard, and to have a name (WCAG 2.2, 2.1.1 and 4.1.2).
fn tables_in_regions<'a>(events: Vec<Event<'a>>, label: &str) -> Vec<Event<'a>> {
    let mut count = 0;
    let mut framed = Vec::with_capacity(events.len());
    for event in events {
        match event {
            Event::Start(Tag::Table(_)) => {
                count += 1;
                let name = escape(label);
                let region =
                    format!(r#"<div class="table" role="region" aria-label="{name} {count}" tabindex="0">"#);
                framed.extend([Event::Html(region.into()), event]);
            }
            Event::End(TagEnd::Table) => framed.extend([event, Event::Html("</div>\n".into())]),
            other => framed.push(other),
        }
    }
    framed
}

fn lower_headings(mut events: Vec<Event<'_>>) -> Vec<Event<'_>> {
    // The headings above the one at hand, as they were written: so no step is more than one deep.
    let mut above: Vec<HeadingLevel> = Vec::new();
    for event in &mut events {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                above.retain(|higher| higher < level);
                above.push(*level);
                *level = lowered(&above);
            }
            Event::End(TagEnd::Heading(level)) => *level = lowered(&above),
            _ => {}
        }
    }
    events
}

fn lowered(above: &[HeadingLevel]) -> HeadingLevel {
    HeadingLevel::try_from((above.len() + 1).min(6)).unwrap_or(HeadingLevel::H6)
}

/// The footnotes of one text: numbered in the order of their first mention.
#[derive(Default)]
struct Notes<'a> {
    definitions: HashMap<CowStr<'a>, Vec<Event<'a>>>,
    /// Labels in the order of their numbers, with how often each is mentioned.
    mentioned: Vec<(CowStr<'a>, usize)>,
}

impl<'a> Notes<'a> {
    /// Takes the definitions out of the flow of the text.
    fn lift_definitions(&mut self, events: Vec<Event<'a>>) -> Vec<Event<'a>> {
        let mut flow = Vec::with_capacity(events.len());
        let mut open: Option<(CowStr<'a>, Vec<Event<'a>>)> = None;
        for event in events {
            match (event, &mut open) {
                (Event::Start(Tag::FootnoteDefinition(label)), _) => open = Some((label, Vec::new())),
                (Event::End(TagEnd::FootnoteDefinition), _) => {
                    if let Some((label, content)) = open.take() {
                        self.definitions.entry(label).or_insert(content);
                    }
                }
                (event, Some((_, content))) => content.push(event),
                (event, None) => flow.push(event),
            }
        }
        flow
    }

    fn link_references(&mut self, events: Vec<Event<'a>>) -> Vec<Event<'a>> {
        events
            .into_iter()
            .map(|event| match event {
                Event::FootnoteReference(label) => Event::InlineHtml(self.reference(label).into()),
                other => other,
            })
            .collect()
    }

    fn reference(&mut self, label: CowStr<'a>) -> String {
        let place = match self.mentioned.iter().position(|(known, _)| *known == label) {
            Some(place) => place,
            None => {
                self.mentioned.push((label, 0));
                self.mentioned.len() - 1
            }
        };
        self.mentioned[place].1 += 1;
        let id = reference_id(place + 1, self.mentioned[place].1);
        let number = place + 1;
        format!(r##"<sup><a href="#fn-{number}" id="{id}" role="doc-noteref">{number}</a></sup>"##)
    }

    fn push_section(mut self, out: &mut String, labels: Labels<'_>) {
        // A note may mention a note, which lengthens the list while it is walked.
        let mut contents = Vec::new();
        while contents.len() < self.mentioned.len() {
            let label = self.mentioned[contents.len()].0.clone();
            let content = self.definitions.remove(&label).unwrap_or_default();
            contents.push(self.link_references(content));
        }
        // A note that nothing mentions is still something that was written.
        let mut unmentioned: Vec<_> = self.definitions.drain().collect();
        unmentioned.sort_by(|(one, _), (two, _)| one.cmp(two));
        if contents.is_empty() && unmentioned.is_empty() {
            return;
        }
        out.push_str(&format!(
            "<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"{}\"><ol>",
            escape(labels.footnotes)
        ));
        for (index, content) in contents.into_iter().enumerate() {
            let number = index + 1;
            let back: String = (1..=self.mentioned[index].1)
                .map(|nth| {
                    let id = reference_id(number, nth);
                    let name = escape(labels.back);
                    format!(r##" <a href="#{id}" role="doc-backlink" aria-label="{name} {number}">↩</a>"##)
                })
                .collect();
            out.push_str(&format!("<li id=\"fn-{number}\">"));
            html::push_html(out, with_at_the_end(content, back).into_iter());
            out.push_str("</li>");
        }
        for (_, content) in unmentioned {
            out.push_str("<li>");
            html::push_html(out, content.into_iter());
            out.push_str("</li>");
        }
        out.push_str("</ol></section>");
    }
}

fn reference_id(number: usize, nth: usize) -> String {
    if nth == 1 { format!("fnref-{number}") } else { format!("fnref-{number}-{nth}") }
}

/// Puts the links back into the note's last paragraph, so that they stand on its last line.
fn with_at_the_end(mut content: Vec<Event<'_>>, back: String) -> Vec<Event<'_>> {
    let back = Event::InlineHtml(back.into());
    match content.last() {
        Some(Event::End(TagEnd::Paragraph)) => content.insert(content.len() - 1, back),
        _ => content.push(back),
    }
    content
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(source: &str) -> String {
        let labels = Labels { footnotes: "Footnotes", back: "Back to reference", table: "Table" };
        render(source, labels).as_str().to_owned()
    }

    #[test]
    fn headings_begin_at_h2_and_skip_no_step() {
        assert!(html("# One\n\n## Two").contains("<h2>One</h2>\n<h3>Two</h3>"));
        assert!(html("### Only").contains("<h2>Only</h2>"));
        let out = html("### a\n\n# b\n\n#### c\n\n#### d\n\n## e\n\n# f");
        for heading in ["<h2>a</h2>", "<h2>b</h2>", "<h3>c</h3>", "<h3>d</h3>", "<h3>e</h3>", "<h2>f</h2>"] {
            assert!(out.contains(heading), "{heading} in {out}");
        }
    }

    #[test]
    fn footnotes_link_both_ways() {
        let out = html("First.[^a] Again.[^a] Second.[^b]\n\n[^b]: Of b.\n[^a]: Of a, see[^b].\n");
        assert!(out.contains(r##"href="#fn-1" id="fnref-1""##), "{out}");
        assert!(out.contains(r##"id="fnref-1-2""##), "{out}");
        assert!(out.contains(r#"<li id="fn-1">"#) && out.contains(r##"href="#fnref-1""##), "{out}");
        assert_eq!(out.matches("doc-backlink").count(), 4, "{out}");
        assert!(out.find("Of a").unwrap() < out.find("Of b").unwrap(), "{out}");
    }

    #[test]
    fn a_footnote_without_a_mention_is_not_lost() {
        assert!(html("Text.\n\n[^x]: Alone.").contains("Alone."));
    }

    #[test]
    fn footnotes_that_mention_each_other_end() {
        let out = html("A.[^1]\n\n[^1]: See[^2].\n[^2]: See[^1].");
        assert!(out.contains(r#"id="fn-2""#), "{out}");
    }

    #[test]
    fn each_table_stands_in_a_region_of_its_own_name() {
        let out = html("| a |\n| - |\n| b |\n\nText.\n\n| c |\n| - |\n| d |\n");
        assert!(out.contains(r#"role="region" aria-label="Table 1" tabindex="0"><table>"#), "{out}");
        assert!(
            out.contains(r#"aria-label="Table 2""#) && out.matches("</table>\n</div>").count() == 2,
            "{out}"
        );
    }

    #[test]
    fn a_picture_becomes_its_words() {
        let out = html("![A sealed door](https://example.org/x.png)");
        assert!(
            out.contains("A sealed door") && !out.contains("img") && !out.contains("example.org"),
            "{out}"
        );
    }
}
