//! What readers get in a language that is not translated, or runs from right to left.

use onrecord::i18n::Locale;
use scraper::ElementRef;

use crate::record::{self, IN_MANY, WITHDRAWN, locale};
use crate::support::page::Page;

/// The language of an element and its direction: what the nearest around it says.
fn marks<'a>(element: ElementRef<'a>) -> (&'a str, &'a str) {
    let around = || std::iter::once(element).chain(element.ancestors().filter_map(ElementRef::wrap));
    let nearest = |name: &str| around().find_map(|one| one.attr(name)).unwrap_or_default();
    (nearest("lang"), nearest("dir"))
}

#[actix_web::test]
async fn every_page_runs_in_the_direction_of_its_language() {
    let app = record::filled().await;
    for locale in Locale::all() {
        for path in record::pages(locale) {
            let page = app.visitor().get(&path).await.html();
            let html = page.one("html");
            assert_eq!(
                (html.attr("lang"), html.attr("dir")),
                (Some(locale.tag()), Some(locale.dir())),
                "{path}"
            );
        }
    }
}

#[actix_web::test]
async fn what_is_in_another_language_is_marked_with_it_and_its_direction() {
    let app = record::filled().await;
    let known: Vec<(&str, &str)> = Locale::all().map(|locale| (locale.tag(), locale.dir())).collect();
    for locale in Locale::all() {
        for path in record::pages(locale) {
            let page = app.visitor().get(&path).await.html();
            for element in page.all("body [lang]") {
                let marks = marks(element);
                assert!(known.contains(&marks), "{path}: {marks:?} at {}", element.html());
            }
        }
    }
}

#[actix_web::test]
async fn english_words_on_pages_in_another_language_say_that_they_are() {
    let app = record::filled().await;
    let english = Locale::english().words();
    let words = [
        &english.skip_to_content,
        &english.newly_on_record,
        &english.explore_topics,
        &english.corrections,
        &english.look_elsewhere,
        &english.filed_under,
        &english.also_in,
        &english.withdrawn,
        &english.read_today,
        &english.whole_archive,
        &english.see_also,
        &english.start_again,
        &english.read_it_in,
        &english.address,
    ];
    for tag in ["ug", "bo"] {
        let mut seen = 0;
        for path in record::pages(locale(tag)) {
            let page = app.visitor().get(&path).await.html();
            for element in page.all("body *") {
                let own: String =
                    element.children().filter_map(|node| node.value().as_text()).map(|t| &**t).collect();
                if words.iter().any(|word| word.plain() == own.trim()) {
                    seen += 1;
                    assert_eq!(marks(element), ("en", "ltr"), "{path}: {own}");
                }
            }
        }
        assert!(seen > 50, "only {seen} English words were met in {tag}");
    }
}

#[actix_web::test]
async fn marks_stand_in_the_text_and_nowhere_else() {
    let app = record::filled().await;
    for locale in Locale::all() {
        for path in record::pages(locale) {
            let page = app.visitor().get(&path).await.html();
            for element in page.all("*") {
                for (name, value) in element.value().attrs() {
                    assert!(!value.contains(['<', '>']), "{path}: {name}={value}");
                }
            }
            let text: String = page.one("html").text().filter(|text| !text.contains("--paper")).collect();
            for mark in ["<span", "<bdi", "&#", "{own_name}", "{count}"] {
                assert!(!text.contains(mark), "{path}: {mark}");
            }
        }
    }
}

#[actix_web::test]
async fn words_that_there_are_stand_by_themselves() {
    let app = record::filled().await;
    let page = app.visitor().page("/ug").await;
    let link = page.one("#navigation a[href='/ug/topics']");
    assert_eq!((link.text().collect::<String>().as_str(), marks(link)), ("تېمىلار", ("ug", "rtl")));
    let page = app.visitor().page("/ug/statements").await;
    assert_eq!(page.text("h1"), "ئارخىپ");
    assert!(
        page.texts(".facts").iter().any(|facts| facts.contains("2 بايانات")),
        "{:?}",
        page.texts(".facts")
    );
    let more = page.one(".elsewhere a[hreflang='en'] bdi[lang='en']");
    assert_eq!(more.text().collect::<String>(), "English");
}

#[actix_web::test]
async fn topics_and_the_site_are_called_by_the_names_they_have() {
    let app = record::filled().await;
    for tag in ["ug", "bo", "ar-XB"] {
        let page = app.visitor().page(&format!("/{}/topics/torture", locale(tag).path())).await;
        let name = page.one("h1 bdi");
        assert_eq!(
            (name.text().collect::<String>().as_str(), marks(name)),
            ("Torture", ("en", "ltr")),
            "{tag}"
        );
        for link in page.all(".columns a") {
            assert_eq!(marks(link), ("en", "ltr"), "{tag}");
        }
        if tag != "ar-XB" {
            let name = page.one(".masthead .name bdi");
            assert_eq!(
                (name.text().collect::<String>().as_str(), marks(name)),
                ("The <Watch>", ("en", "ltr"))
            );
        }
    }
}

#[actix_web::test]
async fn a_statement_lists_the_languages_that_it_has() {
    let app = record::filled().await;
    let path = |tag: &str, rest: &str| format!("/{}/statements/{IN_MANY}{rest}", locale(tag).path());
    for rest in ["", "/versions", "/versions/1"] {
        let page = app.visitor().page(&path("ug", rest)).await;
        let list = if rest.is_empty() { "" } else { "/versions" };
        let found: Vec<(String, String)> = page
            .all(".languages a")
            .iter()
            .map(|link| (link.attr("href").unwrap().to_owned(), link.text().collect()))
            .collect();
        let expected = [("en", "English"), ("zh-Hans", "简体中文")];
        assert_eq!(found, expected.map(|(tag, name)| (path(tag, list), name.to_owned())), "{rest}");
    }
    let alternates = app.visitor().page(&path("zh-Hans", "")).await.attrs("link[rel=alternate]", "hreflang");
    assert_eq!(alternates, ["en", "zh-Hans", "ug", "x-default"]);
    let page = app.visitor().get(&path("bo", "")).await.expect(404).html();
    assert_eq!(page.attrs("main .choices a", "hreflang"), ["en", "zh-Hans", "ug"]);
    // What is withdrawn in one language leads to those in which it is not.
    let gone = app.visitor().get(&format!("/en/statements/{WITHDRAWN}")).await.expect(410).html();
    assert_eq!(gone.attrs("main .choices a", "href"), [format!("/ug/statements/{WITHDRAWN}")]);
    assert_eq!(gone.attrs(".languages a", "hreflang"), ["ug"]);
}

#[actix_web::test]
async fn plurals_and_numbers_follow_the_language() {
    let arabic = locale("ar-XB");
    let said = |count| arabic.words().statements.of(count, arabic).plain().into_owned();
    assert!(said(3).starts_with('[') && said(3).contains('3'), "{}", said(3));
    // English words keep to English rules: one is singular in them, wherever they stand.
    let tibetan = locale("bo");
    assert_eq!(tibetan.words().statements.of(1, tibetan).plain(), "1 statement");
    assert_eq!(tibetan.words().statements.of(12_000, tibetan).plain(), "12,000 statements");
}

#[actix_web::test]
async fn the_desk_shows_texts_with_their_language_and_direction() {
    let app = record::filled().await;
    let mut editor = app.signed_in_as("editor").await;
    let id = app.id_of(IN_MANY).await;
    for page in [
        editor.page(&format!("/admin/statements/{id}/ug")).await,
        editor.page("/admin/statements").await,
        editor.page("/admin/topics").await,
        editor.page(&format!("/admin/statements/{id}/ug/history")).await,
    ] {
        assert_directed(&page);
    }
    let page = editor.page(&format!("/admin/statements/{id}/ug")).await;
    for field in ["title", "summary", "body", "sign_off"] {
        let field = page.one(&format!("[name='{field}']"));
        assert_eq!((field.attr("lang"), field.attr("dir")), (Some("ug"), Some("rtl")));
    }
    let preview = editor.page(&format!("/admin/statements/{id}/ug/preview")).await;
    assert_eq!(preview.attr("html", "dir"), "rtl");
}

fn assert_directed(page: &Page) {
    let uyghur = page.all("[lang='ug']");
    assert!(!uyghur.is_empty());
    for element in uyghur {
        assert_eq!(marks(element), ("ug", "rtl"), "{}", element.html());
    }
}
