//! The words of a published text without its HTML: what is searched and quoted.

/// The plain text of HTML that has passed the sanitiser. Blocks are lines of their own; what a picture is
/// described by belongs to the text; marks of footnotes and their ways back do not.
pub fn of_html(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        push_decoded(&mut text, &rest[..at]);
        let tag = &rest[at..];
        let (inside, after) = split_tag(tag);
        rest = after;
        let name = inside.trim_start_matches('/');
        let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
        if name == "img" {
            push_decoded(&mut text, attribute(inside, "alt"));
        } else if name == "a" && (inside.contains("doc-backlink") || inside.contains("doc-noteref")) {
            rest = rest.find("</a>").map_or("", |end| &rest[end..]);
        }
        if !INLINE.contains(&name) && !text.ends_with('\n') {
            text.push('\n');
        }
    }
    push_decoded(&mut text, rest);
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// What stands within a line.
const INLINE: [&str; 20] = [
    "a", "abbr", "b", "cite", "code", "del", "em", "i", "ins", "q", "rp", "rt", "ruby", "s", "small", "span",
    "strong", "sub", "sup", "u",
];

/// A tag without its brackets, and what comes after it. No bracket in quotes ends it.
fn split_tag(tag: &str) -> (&str, &str) {
    let mut quoted = false;
    let end = tag.find(|c| {
        quoted ^= c == '"';
        c == '>' && !quoted
    });
    match end {
        Some(end) => (&tag[1..end], &tag[end + 1..]),
        None => ("", ""),
    }
}

fn attribute<'a>(tag: &'a str, name: &str) -> &'a str {
    let begin = format!(" {name}=\"");
    let value = tag.find(&begin).map_or("", |at| &tag[at + begin.len()..]);
    &value[..value.find('"').unwrap_or(0)]
}

fn push_decoded(text: &mut String, escaped: &str) {
    let mut rest = escaped;
    while let Some(at) = rest.find('&') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let known =
            [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&nbsp;", ' '), ("&#39;", '\'')];
        let (length, c) = known
            .iter()
            .find(|(escape, _)| rest.starts_with(escape))
            .map_or((1, '&'), |(escape, c)| (escape.len(), *c));
        text.push(c);
        rest = &rest[length..];
    }
    text.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::markdown::{self, Labels};

    #[test]
    fn words_stay_and_marks_go() {
        let source = "## A *part*\n\nIt & <that>.[^1] [Link](https://example.org/secret) \"x\"\n\n| a | b |\n|---|---|\n\
                      | c | d |\n\n[^1]: A note.";
        let labels = Labels { footnotes: "Footnotes", back: "Back", table: "Table" };
        let html = markdown::render(source, labels);
        assert_eq!(of_html(html.as_str()), "A part\nIt & . Link \"x\"\na\nb\nc\nd\nA note.");
        assert_eq!(
            of_html(r#"<p>a<img src="/x" alt="A &quot;march&quot; > b"></p>c"#),
            "aA \"march\" > b\nc"
        );
        assert_eq!(of_html("<p>a<br>b</p><"), "a\nb");
        assert_eq!(of_html("&amp;lt; &unknown; &"), "&lt; &unknown; &");
    }
}
