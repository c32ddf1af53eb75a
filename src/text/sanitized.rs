//! The one sanitiser. HTML that is not ours passes it once, at publication, and only its result is
//! ever printed unescaped.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

/// HTML that has passed the sanitiser.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SanitizedHtml(String);

impl SanitizedHtml {
    /// Sanitises HTML from anywhere: no script, style, frame, form, picture or event attribute is left.
    /// Pictures go because a page makes no request to a third party; the desk will have its own.
    pub fn from_untrusted(html: &str) -> Self {
        Self(SANITIZER.clean(html).to_string())
    }

    /// Takes back what was sanitised when it was published and has stood in the database since.
    pub fn from_the_record(html: String) -> Self {
        Self(html)
    }

    /// The HTML itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

static SANITIZER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let tags: HashSet<&str> = [
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "caption",
        "cite",
        "code",
        "dd",
        "del",
        "div",
        "dl",
        "dt",
        "em",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "ins",
        "li",
        "ol",
        "p",
        "pre",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "section",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "u",
        "ul",
    ]
    .into();
    let attributes: HashMap<&str, HashSet<&str>> = HashMap::from([
        ("a", HashSet::from(["href", "id", "role", "aria-label"])),
        ("div", HashSet::from(["class", "role", "aria-label", "tabindex"])),
        ("li", HashSet::from(["id"])),
        ("ol", HashSet::from(["start"])),
        ("section", HashSet::from(["class", "role", "aria-label"])),
        ("td", HashSet::from(["colspan", "rowspan"])),
        ("th", HashSet::from(["colspan", "rowspan", "scope"])),
    ]);
    let mut builder = Builder::default();
    builder
        .tags(tags)
        .tag_attributes(attributes)
        .generic_attributes(HashSet::from(["lang", "dir"]))
        .allowed_classes(HashMap::new())
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(Some("noopener noreferrer"))
        .attribute_filter(|_, attribute, value| keep(attribute, value).then_some(value.into()));
    builder
});

/// Attributes with a value of ours only: a text cannot bring an id that a page already has, a role
/// that misleads a screen reader, or a class.
fn keep(attribute: &str, value: &str) -> bool {
    match attribute {
        "id" => value.starts_with("fn-") || value.starts_with("fnref-"),
        "role" => matches!(value, "doc-noteref" | "doc-backlink" | "doc-endnotes" | "region"),
        "class" => matches!(value, "footnotes" | "table"),
        "tabindex" => value == "0",
        "dir" => matches!(value, "ltr" | "rtl" | "auto"),
        "scope" => matches!(value, "row" | "col"),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_acts_is_left() {
        let hostile = r#"<p onclick="x()" style="color:red" id="content">a<script>alert(1)</script>
            <img src=x onerror=alert(1)><a href="javascript:alert(1)">b</a><iframe src="//e"></iframe>
            <svg><use href="//e"></use></svg><form action="/admin"><input></form></p>"#;
        let clean = SanitizedHtml::from_untrusted(hostile);
        for bad in
            ["onclick", "style", "id=", "script", "img", "javascript", "iframe", "svg", "form", "input"]
        {
            assert!(!clean.as_str().contains(bad), "{bad} in {}", clean.as_str());
        }
    }

    #[test]
    fn marks_of_language_and_footnotes_stay() {
        let html = r##"<p lang="bo" dir="ltr">བོད་<sup><a href="#fn-1" id="fnref-1" role="doc-noteref">1</a></sup></p>"##;
        let clean = SanitizedHtml::from_untrusted(html);
        assert!(clean.as_str().contains(r#"lang="bo""#) && clean.as_str().contains(r#"id="fnref-1""#));
    }
}
