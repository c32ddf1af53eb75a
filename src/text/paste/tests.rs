use super::from_html;

#[track_caller]
fn is(html: &str, markdown: &str) {
    let pasted = from_html(html, 0);
    assert_eq!(pasted.markdown, markdown, "{html}");
    assert!(pasted.is_rich, "{html}");
}

#[test]
fn a_letter_from_word() {
    is(
        r#"<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!-- p {mso-x:y} --></style>
<!--[if gte mso 9]><xml><w:WordDocument/></xml><![endif]--></head><body lang=EN-US><!--StartFragment-->
<p class=MsoTitle>On the Release of
Prisoners</p>
<h1 style='mso-outline-level:1'><span lang=EN-US>What happened<o:p></o:p></span></h1>
<p class=MsoNormal><b style='mso-bidi-font-weight:normal'><span lang=EN-US>Forty-nine</span></b><span> people&nbsp;in
<st1:place w:st="on">Beijing</st1:place> were <i>released</i>.<span style='mso-spacerun:yes'>  </span>Not all.<o:p></o:p></span></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoQuote>“We were never told.”</p>
<!--EndFragment--></body></html>"#,
        "## On the Release of Prisoners\n\n## What happened\n\n**Forty-nine** people in Beijing were *released*. \
         Not all.\n\n> “We were never told.”",
    );
}

const WORD_LIST: &str = r#"
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;
</span></span></span><![endif]>First<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:72.0pt;mso-list:l0 level2 lfo1'><!--[if !supportLists]--><span
style='mso-list:Ignore'>o<span style='font:7.0pt'>&nbsp;&nbsp; </span></span><!--[endif]-->Deeper</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp;</span></span>Second</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>3.<span>&nbsp;
</span></span><![endif]>Third of a <b>numbered</b> list</p>
<p class=MsoListParagraph style='mso-list:l1 level2 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>(a)<span>&nbsp;
</span></span><![endif]>with a letter</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>4.<span>&nbsp;
</span></span><![endif]>Fourth</p>
<p class=MsoNormal>After.</p>"#;

#[test]
fn lists_from_word_are_paragraphs_that_say_how_deep_they_stand() {
    is(
        WORD_LIST,
        "- First\n  - Deeper\n- Second\n\n3. Third of a **numbered** list\n   1. with a letter\n4. Fourth\n\nAfter.",
    );
}

#[test]
fn footnotes_from_word() {
    is(
        r##"<p class=MsoNormal>It was said.<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1" title=""><span
class=MsoFootnoteReference><span style='mso-special-character:footnote'><![if !supportFootnotes]><span
class=MsoFootnoteReference><span style='font-size:11.0pt'>[1]</span></span><![endif]></span></span></a> And again.<a
href="file:///C:/Users/x/clip.htm#_ftn2" name="_ftnref2"><span class=MsoFootnoteReference>[2]</span></a></p>
<div style='mso-element:footnote-list'><![if !supportFootnotes]><br clear=all><hr align=left size=1 width="33%"><![endif]>
<div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a style='mso-footnote-id:ftn1' href="#_ftnref1"
name="_ftn1" title=""><span class=MsoFootnoteReference><![if !supportFootnotes]>[1]<![endif]></span></a> In a
<a href="https://example.org/a?b=1&amp;c=2">letter</a>.</p><p class=MsoFootnoteText>Of May.</p></div>
<div style='mso-element:footnote' id=ftn2><p class=MsoFootnoteText><a href="#_ftnref2" name="_ftn2">[2]</a> Later.</p></div>
</div>"##,
        "It was said.[^1] And again.[^2]\n\n[^1]: In a [letter](https://example.org/a?b=1&c=2).\n\n    Of May.\n\n\
         [^2]: Later.",
    );
}

#[test]
fn footnotes_from_libreoffice_wikis_and_our_own_pages() {
    is(
        r##"<p>One.<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a></p>
<div id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a>
Of one.</p></div>"##,
        "One.[^1]\n\n[^1]: Of one.",
    );
    is(
        r##"<p>Two.<sup id="cite_ref-1" class="reference"><a href="https://w.org/x#cite_note-1">[1]</a></sup></p><ol>
<li id="cite_note-1"><span><b><a href="https://w.org/x#cite_ref-1">^</a></b></span> <span>Of <i>two</i>.</span></li></ol>"##,
        "Two.[^1]\n\n[^1]: Of *two*.",
    );
    is(
        r##"<p>Three.<sup><a href="#fn-1" id="fnref-1" role="doc-noteref">1</a></sup> Again.<sup><a href="#fn-1"
id="fnref-1-2" role="doc-noteref">1</a></sup></p><section class="footnotes"><ol><li id="fn-1"><p>Of three. <a
href="#fnref-1" role="doc-backlink">↩</a> <a href="#fnref-1-2" role="doc-backlink">↩</a></p></li></ol></section>"##,
        "Three.[^1] Again.[^1]\n\n[^1]: Of three.",
    );
    // Only a part was copied: the mark stays as it was read.
    is(r##"<p>Four.<a href="#_ftn1" name="_ftnref1">[1]</a> <b>b</b></p>"##, "Four.\\[1\\] **b**");
}

#[test]
fn footnotes_count_on_from_those_that_the_text_has() {
    let html = r##"<p>A<a name="a" href="#b">1</a></p><p><a name="b" href="#a">1</a> B</p>"##;
    assert_eq!(from_html(html, 7).markdown, "A[^8]\n\n[^8]: B");
}

#[test]
fn changes_that_word_kept_track_of_are_taken_as_they_stand_now() {
    is(
        r##"<p><b>The</b> <del cite="mailto:A" datetime="2026-01-01T00:00">old </del><ins cite="mailto:A"
datetime="2026-01-01T00:00">new </ins>text.<span class=MsoCommentReference><a href="#_msocom_1">[A1]</a></span></p>
<div style='mso-element:comment-list'><p>Is this right?</p></div>"##,
        "**The** new text.",
    );
}

#[test]
fn google_docs_makes_everything_bold_that_is_not() {
    is(
        r#"<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><h2 dir="ltr"><span
style="font-weight:700;white-space:pre-wrap;">Heading</span></h2><p dir="ltr"><span style="font-weight:400;">Plain, </span><span
style="font-weight:700;">bold</span><span style="font-style:italic;"> and slanted</span><span>.</span></p><br /><ul><li
dir="ltr" aria-level="1"><p role="presentation"><span>One</span></p></li><ul><li aria-level="2"><p><span>Deeper</span></p></li></ul><li
aria-level="1"><p><a href="https://www.google.com/url?q=https://example.org/&amp;sa=D"><span
style="text-decoration:underline">Two</span></a></p></li></ul></b>"#,
        "## Heading\n\nPlain, **bold** *and slanted*.\n\n- One\n  - Deeper\n- [Two](https://example.org/)",
    );
}

#[test]
fn pages_of_word_online_say_of_each_item_how_deep_it_stands() {
    is(
        r#"<div class="ListContainerWrapper"><ul role="list"><li data-aria-level="1"><p><span>One</span></p></li></ul></div>
<div class="ListContainerWrapper"><ul role="list"><li data-aria-level="2"><p><span>Deeper</span></p></li></ul></div>
<div><p role="heading" aria-level="2">Part</p></div>"#,
        "- One\n  - Deeper\n\n## Part",
    );
}

#[test]
fn a_web_page_brings_its_words_and_nothing_else() {
    let html = r#"<h1>News</h1><script>alert(1)</script><style>p{}</style><p onclick="x()">Read <a href="javascript:x()">this</a>,
<a href="/about">that</a> and <a href="https://example.org/x(1)">more</a>.<img src="https://e.org/p.jpg" alt="x"></p>
<noscript><img src="//t"></noscript><iframe src="//e"></iframe><svg><text>s</text></svg><p hidden>h</p>
<blockquote><p>Quoted</p><blockquote><p>deeper</p></blockquote></blockquote><h3>Sub</h3><p>One<br>two<br><br>three</p>
<ol start="4"><li>four<p>and more</p></li><li value="9">nine</li></ol>"#;
    is(
        html,
        "## News\n\nRead this, that and [more](https://example.org/x\\(1\\)).\n\n> Quoted\n>\n> > deeper\n\n#### Sub\n\n\
         One  \ntwo\n\nthree\n\n4. four\n\n   and more\n\n5. nine",
    );
    assert_eq!(from_html(html, 0).pictures, 1);
}

#[test]
fn emphasis_stands_where_markdown_sees_it() {
    is("<p>请<b>注意：</b>他们<b>“自由”</b>了</p>", "请**注意**：他们“**自由**”了");
    is("<p>a<b> b </b>c</p>", "a **b** c");
    is("<p><i>甲</i><b>乙</b></p>", "*甲***乙**");
    is("<p><b>a <i>b</i> c</b> <s>d</s></p>", "**a *b* c** ~~d~~");
    is("<p>x<sup>2</sup> the 4<sup>th</sup> <b>y</b></p>", "x² the 4th **y**");
    is("<p><b>中文\n换行</b> and\nEnglish</p>", "**中文换行** and English");
}

#[test]
fn what_was_bold_in_chinese_is_bold_for_readers_too() {
    let labels = crate::text::markdown::Labels { footnotes: "", back: "", table: "" };
    let read = |html: &str| {
        let html = crate::text::markdown::render(&from_html(html, 0).markdown, labels);
        html.as_str().trim().to_owned()
    };
    assert_eq!(read("<p>请<b>注意：</b>他们</p>"), "<p>请<strong>注意</strong>：他们</p>");
    assert_eq!(read("<p><i>甲</i><b>乙</b>丙</p>"), "<p><em>甲</em><strong>乙</strong>丙</p>");
    assert_eq!(
        read("<p><b>甲</b><i>乙</i>（<b>丙</b>）</p>"),
        "<p><strong>甲</strong><em>乙</em>（<strong>丙</strong>）</p>"
    );
}

#[test]
fn what_looks_like_markdown_stays_what_it_looks_like() {
    is(
        "<p>1*2*3 and _x_ [y] &lt;b&gt; &amp;amp; `z`</p><p># no</p>",
        "1\\*2\\*3 and \\_x\\_ \\[y\\] \\<b> &amp;amp; \\`z\\`\n\n\\# no",
    );
}

#[test]
fn tables_of_words_stay_tables() {
    is(
        "<table><tr><td><p>Name</p></td><td>Age</td><td></td></tr><tr><td>A | B</td><td><b>40</b></td></tr></table>",
        "| Name  | Age    |\n| ----- | ------ |\n| A &#124; B | **40** |",
    );
    is("<table><tr><td><p>One</p><p>two</p></td><td><h2>H</h2></td></tr></table>", "One\n\ntwo\n\n## H");
}

#[test]
fn where_nothing_is_gained_the_plain_text_is_better() {
    for html in [
        "<meta charset='utf-8'><span style='color:red'>only words</span>",
        "<div style=\"font-family: 'Droid Sans Mono', monospace; white-space: pre;\"><div>## a</div><div>b *c*</div></div>",
        "<pre>fn main() {}</pre>",
        "",
        "<p> </p>",
    ] {
        assert!(!from_html(html, 0).is_rich, "{html}");
    }
}

#[test]
fn hostile_pages_cost_little() {
    let all = [
        "<div>".repeat(50_000),
        "<b><i>".repeat(25_000),
        (0..12_000).map(|n| format!("<b id={n}><p>x")).collect(),
        "<ul><li>".repeat(12_000),
        "<blockquote>".repeat(12_000),
        "<table><tr><td>".repeat(8_000),
        (0..20_000).map(|n| format!("<a name=a{n} href=#a{}>1</a>", 20_000 - n)).collect(),
        "<p style='mso-list:l0 level200 lfo1'>".repeat(20_000),
        "<![if !supportLists]>".repeat(50_000),
        "a<b>b</b><i>c</i>".repeat(10_000),
        "<sup>".repeat(50_000),
        "&amp;lt".repeat(50_000),
    ];
    for html in all {
        let began = std::time::Instant::now();
        let _ = from_html(&html, 0);
        assert!(began.elapsed().as_secs() < 10, "{} took {:?}", &html[..30], began.elapsed());
    }
}
