//! Pictures and files in their places: a figure between paragraphs, a picture in a line, a link.

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::{Linked, Media, Medium, Picture, SIZES, Size, number};

/// Puts what is ours in its place, and takes out every other picture: its words stay.
pub(in crate::text) fn put_in<'a>(events: Vec<Event<'a>>, media: &Media) -> Vec<Event<'a>> {
    let mut placed: Vec<Event<'a>> = Vec::with_capacity(events.len());
    // What is open around the event at hand.
    let mut around: Vec<TagEnd> = Vec::new();
    let mut events = events.into_iter();
    while let Some(event) = events.next() {
        match event {
            Event::Start(Tag::Image { dest_url, title, .. }) => {
                let words = words_of_picture(&mut events);
                match number(&dest_url).and_then(|number| media.get(&number)) {
                    Some(Medium::Picture(picture)) => {
                        // Only where a paragraph can be closed and begun again is there room for a figure.
                        let in_paragraph = around.last() == Some(&TagEnd::Paragraph);
                        placed.push(if in_paragraph {
                            Event::Html(figure(picture, &plain(&words), &title).into())
                        } else {
                            Event::InlineHtml(img(picture, &plain(&words)).into())
                        });
                    }
                    Some(Medium::File(file)) => placed.extend(link(file, words)),
                    None => placed.extend(words),
                }
            }
            Event::Start(Tag::Link { ref dest_url, .. }) if dest_url.starts_with("media:") => {
                let medium = number(dest_url).and_then(|number| media.get(&number));
                let words = put_in(words_of_link(&mut events), media);
                match medium {
                    Some(Medium::File(linked) | Medium::Picture(Picture { linked, .. })) => {
                        placed.extend(link(linked, words));
                    }
                    None => placed.extend(words),
                }
            }
            Event::Start(tag) => {
                around.push(tag.to_end());
                placed.push(Event::Start(tag));
            }
            Event::End(tag) => {
                around.pop();
                placed.push(Event::End(tag));
            }
            // A picture written as HTML is nobody's: it has no words that anybody could ask for.
            Event::Html(html) => placed.push(Event::Html(without_pictures(html))),
            Event::InlineHtml(html) => placed.push(Event::InlineHtml(without_pictures(html))),
            other => placed.push(other),
        }
    }
    figures_stand_alone(placed)
}

/// The words of the picture that has just begun. Whatever is nested in them is flat afterwards, however
/// deep it was.
fn words_of_picture<'a>(events: &mut impl Iterator<Item = Event<'a>>) -> Vec<Event<'a>> {
    let mut depth = 1;
    let mut words = Vec::new();
    for event in events {
        match event {
            Event::Start(Tag::Image { .. }) => depth += 1,
            Event::End(TagEnd::Image) => depth -= 1,
            Event::Start(Tag::Link { .. }) | Event::End(TagEnd::Link) => {}
            Event::Html(_) | Event::InlineHtml(_) => {}
            other => words.push(other),
        }
        if depth == 0 {
            break;
        }
    }
    words
}

/// What the link that has just begun is made of: links hold no links.
fn words_of_link<'a>(events: &mut impl Iterator<Item = Event<'a>>) -> Vec<Event<'a>> {
    events.take_while(|event| !matches!(event, Event::End(TagEnd::Link))).collect()
}

fn plain(events: &[Event<'_>]) -> String {
    let words = events.iter().map(|event| match event {
        Event::Text(text) | Event::Code(text) => text.as_ref(),
        Event::SoftBreak | Event::HardBreak => " ",
        _ => "",
    });
    words.collect::<String>().trim().to_owned()
}

/// A paragraph ends before a figure and begins again after it, if there is anything left of it.
fn figures_stand_alone(events: Vec<Event<'_>>) -> Vec<Event<'_>> {
    let mut out: Vec<Event<'_>> = Vec::with_capacity(events.len());
    let mut in_paragraph = false;
    for event in events {
        match event {
            Event::Start(Tag::Paragraph) => in_paragraph = true,
            Event::End(TagEnd::Paragraph) => in_paragraph = false,
            _ => {}
        }
        match event {
            Event::Html(html) if in_paragraph => {
                end_paragraph(&mut out);
                out.extend([Event::Html(html), Event::Start(Tag::Paragraph)]);
            }
            Event::End(TagEnd::Paragraph) => end_paragraph(&mut out),
            Event::SoftBreak | Event::HardBreak
                if matches!(out.last(), Some(Event::Start(Tag::Paragraph))) => {}
            other => out.push(other),
        }
    }
    out
}

fn end_paragraph(out: &mut Vec<Event<'_>>) {
    while matches!(out.last(), Some(Event::SoftBreak | Event::HardBreak)) {
        out.pop();
    }
    if matches!(out.last(), Some(Event::Start(Tag::Paragraph))) {
        out.pop();
    } else {
        out.push(Event::End(TagEnd::Paragraph));
    }
}

fn figure(picture: &Picture, alt: &str, title: &str) -> String {
    let caption = if title.trim().is_empty() { picture.caption.as_str() } else { title.trim() };
    let mut under = escape(caption);
    if !picture.credit.is_empty() {
        let space = if under.is_empty() { "" } else { " " };
        under.push_str(&format!("{space}<small>{}</small>", escape(&picture.credit)));
    }
    let img = img(picture, alt);
    if under.is_empty() {
        format!("<figure>{img}</figure>\n")
    } else {
        format!("<figure>{img}<figcaption>{under}</figcaption></figure>\n")
    }
}

fn img(picture: &Picture, alt: &str) -> String {
    let Some(largest) = picture.sizes.last() else { return escape(alt) };
    let alt = if alt.is_empty() { picture.alt.as_deref().unwrap_or_default() } else { alt };
    let mut html = format!(r#"<img src="{}""#, escape(&largest.address));
    if picture.sizes.len() > 1 {
        let all: Vec<String> =
            picture.sizes.iter().map(|size| format!("{} {}w", escape(&size.address), size.width)).collect();
        html.push_str(&format!(r#" srcset="{}" sizes="{SIZES}""#, all.join(", ")));
    }
    let Size { width, height, .. } = largest;
    let alt = escape(alt);
    html.push_str(&format!(
        r#" width="{width}" height="{height}" alt="{alt}" loading="lazy" decoding="async">"#
    ));
    html
}

fn link<'a>(linked: &Linked, words: Vec<Event<'a>>) -> Vec<Event<'a>> {
    let label = escape(&linked.label);
    let begin = format!(r#"<a href="{}">"#, escape(&linked.address));
    let end =
        if words.is_empty() { format!("{label}</a>") } else { format!(" <small>({label})</small></a>") };
    let mut events = vec![Event::InlineHtml(begin.into())];
    events.extend(words);
    events.push(Event::InlineHtml(end.into()));
    events
}

/// Makes every `<img` and `<image` (which HTML takes for the same) something that the sanitiser drops.
fn without_pictures(html: CowStr<'_>) -> CowStr<'_> {
    let lower = html.to_ascii_lowercase();
    if !lower.contains("<im") {
        return html;
    }
    let mut out = String::with_capacity(html.len());
    let mut from = 0;
    for (at, _) in lower.match_indices("<im") {
        out.push_str(&html[from..at]);
        out.push_str("<wbr x");
        from = at + "<im".len();
    }
    out.push_str(&html[from..]);
    out.into()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::figures::numbers;
    use crate::text::markdown::{Labels, render_with};

    const HASH: &str = "0123456789abcdef0123456789abcdef";

    fn media() -> Media {
        let linked = |ending: &str, label: &str| Linked {
            address: format!("/media/{HASH}/march.{ending}"),
            label: label.to_owned(),
        };
        let size = |width, height| Size { address: format!("/media/{HASH}/march.jpg"), width, height };
        let picture = Picture {
            sizes: vec![size(480, 320), size(960, 640)],
            alt: Some("A march".to_owned()),
            caption: "The march".to_owned(),
            credit: "Photo: <b>".to_owned(),
            linked: linked("jpg", "JPEG, 90 kB"),
        };
        Media::from([(12, Medium::Picture(picture)), (13, Medium::File(linked("pdf", "PDF, 1.2 MB")))])
    }

    fn html(source: &str) -> String {
        let labels = Labels { footnotes: "Footnotes", back: "Back", table: "Table" };
        render_with(source, labels, &media()).as_str().to_owned()
    }

    #[test]
    fn a_picture_of_ours_is_a_figure_with_its_size() {
        let out = html("Before.\n\n![](media:12)\n\nAfter.");
        assert!(out.contains("<p>Before.</p>\n<figure><img src=\"/media/"), "{out}");
        for part in [
            r#"width="960" height="640" alt="A march" loading="lazy" decoding="async""#,
            "480w, /media/",
            "<figcaption>The march <small>Photo: &lt;b&gt;</small></figcaption></figure>\n<p>After.</p>",
        ] {
            assert!(out.contains(part), "{part} in {out}");
        }
    }

    #[test]
    fn what_the_text_says_itself_goes_before_what_the_library_says() {
        let out = html("![\"Our\" *own* words](media:12 \"Our caption\")");
        assert!(
            out.contains(r#"alt="&quot;Our&quot; own words""#) && out.contains("<figcaption>Our caption <"),
            "{out}"
        );
    }

    #[test]
    fn a_figure_ends_a_paragraph_and_stands_in_no_line_of_one() {
        let out = html("One\n![](media:12)\ntwo ![](media:12)");
        let bare = out.replace('\n', "");
        assert!(
            bare.starts_with("<p>One</p><figure>") && bare.contains("</figure><p>two </p><figure>"),
            "{out}"
        );
        assert!(!out.contains("<p></p>"), "{out}");
        let inside = html("*x ![](media:12)*\n\n| a |\n| - |\n| ![](media:12) |\n\n# ![](media:12)\n");
        assert!(!inside.contains("figure") && inside.matches("<img ").count() == 3, "{inside}");
    }

    #[test]
    fn a_file_is_a_link_that_says_what_it_is() {
        let out = html("See [the *report*](media:13) and [](media:13), or ![it](media:13).");
        assert!(out.contains("<em>report</em> <small>(PDF, 1.2 MB)</small></a>"), "{out}");
        assert!(out.contains(">PDF, 1.2 MB</a>") && out.contains(">it <small>"), "{out}");
        assert!(html("[the picture](media:12)").contains("(JPEG, 90 kB)"));
        assert!(html("[![](media:12)](https://example.org)").contains("<img "));
    }

    #[test]
    fn what_is_not_ours_or_not_there_is_words() {
        for source in [
            "![A door](https://example.org/x.png)",
            "![A door](media:99)",
            "[A door](media:99)",
            "![A door](media:12x)",
            "![A door](/media/0123456789abcdef0123456789abcdef/march.jpg)",
            "![A ![door](https://example.org/y.png)](https://example.org/x.png)",
        ] {
            let out = html(source);
            assert!(
                out.contains("door") && !out.contains("img") && !out.contains("media:"),
                "{source}: {out}"
            );
        }
        assert!(html("![A door](media:-12)").contains("<p>A door</p>"));
    }

    #[test]
    fn a_picture_written_as_html_is_dropped_even_when_its_address_is_ours() {
        let address = format!("/media/{HASH}/march.jpg");
        for name in ["img", "IMG", "image", "Image"] {
            for around in ["", "text "] {
                let out = html(&format!("{around}<{name} src=\"{address}\" onerror=\"x()\">\n\nAfter."));
                assert!(
                    !out.contains("<im") && !out.contains("onerror") && out.contains("After"),
                    "{name}: {out}"
                );
            }
        }
    }

    #[test]
    fn brackets_without_end_take_no_time() {
        let deep = format!("{}x{}", "![".repeat(50_000), "](media:12)".repeat(50_000));
        let begun = std::time::Instant::now();
        html(&deep);
        numbers(&deep);
        assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
    }
}
