//! What an element means, by its name and by the styles and classes that Word, Google Docs and LibreOffice
//! give it.

use super::inline::{BOLD, CODE, ITALIC, STRUCK};
use super::tree::Node;

/// Whether an element stands in lines of its own.
pub(in crate::text) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
    )
}

/// Whether nothing of an element is for readers: scripts, styles, controls, what is hidden, what was
/// deleted or remarked while Word kept track of changes.
pub(super) fn is_left_out(node: &Node) -> bool {
    let by_name = matches!(
        node.name.as_str(),
        "head"
            | "title"
            | "style"
            | "script"
            | "noscript"
            | "template"
            | "xml"
            | "svg"
            | "iframe"
            | "object"
            | "embed"
            | "audio"
            | "video"
            | "canvas"
            | "button"
            | "select"
            | "input"
            | "textarea"
            | "rp"
            | "map"
            | "noembed"
            | "noframes"
            | "link"
            | "meta"
    );
    let class = node.attribute("class");
    by_name
        || node.name.starts_with("v:")
        || node.has("hidden")
        || node.attribute("aria-hidden") == "true"
        || style(node, "display") == "none"
        || style(node, "mso-hide") == "all"
        || style(node, "mso-element").starts_with("comment")
        || class.starts_with("MsoComment")
        || class == "msoDel"
        || (node.name == "del" && (node.has("cite") || node.has("datetime")))
}

/// A property of an element's style, in lower case; empty where it is not set.
pub(super) fn style<'a>(node: &'a Node, property: &str) -> &'a str {
    node.attribute("style")
        .split(';')
        .filter_map(|declaration| declaration.split_once(':'))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case(property))
        .map_or("", |(_, value)| value.trim())
}

/// What an element makes of the emphasis around it.
pub(super) fn emphasis(node: &Node, around: u8) -> u8 {
    let mut here = around;
    match node.name.as_str() {
        "b" | "strong" => here |= BOLD,
        "i" | "em" | "cite" | "dfn" | "var" => here |= ITALIC,
        "s" | "strike" | "del" => here |= STRUCK,
        "code" | "kbd" | "samp" | "tt" => here |= CODE,
        _ => {}
    }
    // Google Docs wraps everything into a bold that is none: the style has the last word.
    match style(node, "font-weight") {
        "" => {}
        "bold" | "bolder" | "600" | "700" | "800" | "900" => here |= BOLD,
        _ => here &= !BOLD,
    }
    match style(node, "font-style") {
        "" => {}
        "italic" | "oblique" => here |= ITALIC,
        _ => here &= !ITALIC,
    }
    let decoration = [style(node, "text-decoration"), style(node, "text-decoration-line")];
    if decoration.iter().any(|line| line.contains("line-through")) {
        here |= STRUCK;
    }
    here
}

/// The level of a heading, from 1 to 6.
pub(super) fn heading(node: &Node) -> Option<u8> {
    let digit = |text: &str| text.parse().ok().filter(|level| (1..=6).contains(level));
    if let Some(level) = node.name.strip_prefix('h').and_then(digit) {
        return Some(level);
    }
    let class = node.attribute("class");
    match class {
        "MsoTitle" | "MsoTitleCxSpFirst" => return Some(1),
        _ => {}
    }
    if let Some(level) = class.strip_prefix("MsoHeading").and_then(digit) {
        return Some(level);
    }
    (node.attribute("role") == "heading").then(|| digit(node.attribute("aria-level")).unwrap_or(2))
}

/// Whether it is a quotation.
pub(super) fn is_quotation(node: &Node) -> bool {
    let class = node.attribute("class");
    node.name == "blockquote"
        || ["MsoQuote", "MsoIntenseQuote", "MsoBlockText", "quotations"].iter().any(|q| class.starts_with(q))
}

/// Whether it is the source of a program, as editors of programs copy it: there the plain text is right.
pub(super) fn is_source(node: &Node) -> bool {
    let font = style(node, "font-family").to_ascii_lowercase();
    style(node, "white-space").starts_with("pre")
        && ["mono", "consolas", "menlo", "courier"].iter().any(|name| font.contains(name))
}

/// Where a link leads, if it is somewhere that a reader can go: without the detours of those who count.
pub(super) fn destination(node: &Node) -> Option<String> {
    let href = node.attribute("href").trim();
    let href = around_detour(href).unwrap_or_else(|| href.to_owned());
    let scheme = href.split_once(':')?.0.to_ascii_lowercase();
    let is_known = matches!(scheme.as_str(), "http" | "https" | "mailto" | "tel");
    let is_whole = !href.chars().any(|c| c.is_whitespace() || c.is_control());
    // What would end a link in Markdown is escaped as in any address (RFC 3986, 2.1).
    let escaped = || href.replace('<', "%3C").replace('>', "%3E").replace('\\', "%5C");
    (is_known && is_whole && href.len() <= 2_000).then(escaped)
}

/// Google Docs and Outlook lead through a page of their own that notes who followed which link.
fn around_detour(href: &str) -> Option<String> {
    let (page, query) = href.split_once('?')?;
    let host = page.strip_prefix("https://").or(page.strip_prefix("http://"))?;
    let field = match host {
        "www.google.com/url" => ["q", "url"],
        _ if host.trim_end_matches('/').ends_with(".safelinks.protection.outlook.com") => ["url", "url"],
        _ => return None,
    };
    let value =
        query.split(['&', ';']).filter_map(|pair| pair.split_once('=')).find_map(|(name, value)| {
            let name = name.strip_prefix("amp;").unwrap_or(name);
            field.contains(&name).then_some(value)
        })?;
    let target = percent_encoding::percent_decode_str(value).decode_utf8().ok()?;
    target.starts_with("http").then(|| target.into_owned())
}
