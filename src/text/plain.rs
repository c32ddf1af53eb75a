//! The words of a published text without its HTML: what is searched and quoted.

use super::paste::looks::is_block;
use super::paste::tree::{Node, Place, ROOT, Tree};

/// The plain text of HTML that has passed the sanitiser. Blocks are lines of their own; what a picture is
/// described by belongs to the text; marks of footnotes and their ways back do not.
pub fn of_html(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    write(&Tree::read(html), ROOT, &mut text);
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// A tree is not deep: so this may call itself.
fn write(tree: &Tree, place: Place, text: &mut String) {
    let node = tree.at(place);
    if leads_to_a_footnote(node) {
        return;
    }
    let breaks = is_block(&node.name) || matches!(node.name.as_str(), "br" | "img");
    if breaks {
        text.push('\n');
    }
    text.push_str(if node.name == "img" { node.attribute("alt") } else { &node.text });
    node.children.iter().for_each(|child| write(tree, *child, text));
    if breaks {
        text.push('\n');
    }
}

fn leads_to_a_footnote(node: &Node) -> bool {
    node.name == "a" && matches!(node.attribute("role"), "doc-noteref" | "doc-backlink")
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
            "a\nA \"march\" > b\nc"
        );
        assert_eq!(of_html("<p>a<br>b</p><"), "a\nb\n<");
        assert_eq!(of_html("&amp;lt; &unknown; &"), "&lt; &unknown; &");
    }
}
