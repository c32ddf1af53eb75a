//! The one sanitiser. HTML that is not ours passes it once, at publication, and only its result is
//! ever printed unescaped.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use super::figures;

/// HTML that has passed the sanitiser.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SanitizedHtml(String);

impl SanitizedHtml {
    /// Sanitises HTML from anywhere: no script, style, frame, form or event attribute is left, and no
    /// picture but ours: a page makes no request to a third party.
    pub fn from_untrusted(html: &str) -> Self {
        Self(without_empty_pictures(SANITIZER.clean(html).to_string()))
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
        "figcaption",
        "figure",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
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
        ("img", HashSet::from(["src", "srcset", "sizes", "width", "height", "alt", "loading", "decoding"])),
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
        .attribute_filter(|element, attribute, value| {
            let stays =
                if element == "img" { keep_of_picture(attribute, value) } else { keep(attribute, value) };
            stays.then_some(value.into())
        });
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

/// A picture is one of ours, has its size, and loads when it is looked at.
fn keep_of_picture(attribute: &str, value: &str) -> bool {
    let is_number = |text: &str| {
        (1..=5).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0')
    };
    match attribute {
        "src" => is_ours(value),
        "srcset" => value.split(", ").all(|one| {
            one.split_once(' ').is_some_and(|(address, width)| {
                is_ours(address) && width.strip_suffix('w').is_some_and(is_number)
            })
        }),
        "sizes" => value == figures::SIZES,
        "width" | "height" => is_number(value),
        "loading" => value == "lazy",
        "decoding" => value == "async",
        "alt" => true,
        _ => false,
    }
}

/// Whether an address is one that this program gives to a blob: for readers, for a preview, on the desk.
fn is_ours(address: &str) -> bool {
    let of = |set: &'static str| {
        move |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || set.as_bytes().contains(&b)
    };
    let Some(rest) = address.strip_prefix('/') else { return false };
    let parts: Vec<&str> = rest.split('/').collect();
    let (place, blob) = parts.split_at(parts.len().saturating_sub(2));
    let is_place = match place {
        ["media"] | ["admin", "media", "files"] => true,
        ["preview", token, "media"] => !token.is_empty() && token.bytes().all(of("")),
        _ => false,
    };
    let [hash, name] = blob else { return false };
    let is_hash = hash.len() == 32 && hash.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    is_place && is_hash && !name.is_empty() && !name.starts_with('.') && name.bytes().all(of("-."))
}

/// Drops pictures that lost their address above. Attributes are quoted here, and no quote stands in one.
fn without_empty_pictures(html: String) -> String {
    const BEGIN: &str = "<img";
    if !html.contains(BEGIN) {
        return html;
    }
    let mut out = String::with_capacity(html.len());
    let mut rest = html.as_str();
    while let Some(at) = rest.find(BEGIN) {
        let (before, tag) = rest.split_at(at);
        let mut quoted = false;
        let end = tag.find(|c| {
            quoted ^= c == '"';
            c == '>' && !quoted
        });
        let (tag, after) = tag.split_at(end.map_or(tag.len(), |end| end + 1));
        out.push_str(before);
        if tag.contains(" src=\"") {
            out.push_str(tag);
        }
        rest = after;
    }
    out.push_str(rest);
    out
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

    #[test]
    fn pictures_are_ours_or_none() {
        let hash = "0123456789abcdef0123456789abcdef";
        let ours = format!(
            r#"<img src="/media/{hash}/march.jpg" srcset="/media/{hash}/a.jpg 480w, /media/{hash}/b.jpg 960w" sizes="{}" width="960" height="640" alt="A &quot;march&quot; > here" loading="lazy" decoding="async">"#,
            figures::SIZES
        );
        let clean = SanitizedHtml::from_untrusted(&ours);
        for kept in ["src=", "srcset=", "sizes=", "width=", "height=", "alt=", "loading=", "decoding="] {
            assert!(clean.as_str().contains(kept), "{kept} is gone from {}", clean.as_str());
        }
        for address in [
            "https://example.org/x.png",
            "//example.org/x.png",
            "/media/0123/x.png",
            &format!("/media/{hash}/../../en"),
            &format!("/media/{hash}/x.png?y"),
            &format!("https://example.org/media/{hash}/x.png"),
            &format!("/preview//media/{hash}/x.png"),
            "data:image/png;base64,AAAA",
            "javascript:alert(1)",
            "/admin/sign-out",
        ] {
            let html = format!(r#"a<img alt=" src=&quot;x" src="{address}" onload="x()" style="x">b"#);
            assert_eq!(SanitizedHtml::from_untrusted(&html).as_str(), "ab", "{address}");
            let html = format!(r#"<img src="/media/{hash}/x.png" srcset="{address} 480w">"#);
            assert!(!SanitizedHtml::from_untrusted(&html).as_str().contains("srcset"), "{address}");
        }
    }
}
