//! What is not published is nowhere: not in a page, not in a list, not in a count, not in a guess.

use onrecord::domain::statements::commands::{self, OneVersion, Removal, Save};
use onrecord::domain::statements::draft::Words;
use onrecord::i18n::Locale;

use crate::support::app::TestApp;
use crate::support::cast::{a_statement, english, simplified};
use crate::support::record::{self, topic};
use crate::support::refusals::Done as _;

/// Words that stand in nothing that is public.
fn secret(what: &str) -> Words {
    let word = |field: &str| format!("Zq{what}{field}");
    Words::typed(&word("title"), &word("summary"), &word("body"), &word("signoff"), &word("credit"))
}

/// Texts in every state that is not public, all under a topic, each on a year of its own.
async fn hide_everything(app: &mut TestApp) {
    let desk = &mut app.desk;
    let topics = vec![topic(desk, "torture").await];
    let save = |number: i64, year: &str, what: &str| {
        let mut save = Save { topics: topics.clone(), words: secret(what), ..a_statement(number) };
        save.facts.issued = crate::support::cast::issued(&format!("{year}-05-05"));
        save
    };
    desk.save(desk.people.editor, &save(10, "1990", "draft")).await.unwrap();
    let discarded = desk.save(desk.people.editor, &save(11, "1991", "discarded")).await.unwrap();
    let editor = desk.people.editor;
    commands::discard(&mut desk.conn, editor, discarded.statement, english(), desk.now).await.done();

    // Public, with newer words, a new kind and date, and a translation on the desk.
    let public = Save { words: crate::support::cast::words("Public"), ..save(12, "1992", "") };
    let saved = desk.put_on_record(&public).await;
    let mut newer = Save {
        statement: Some(saved.statement),
        based_on: Some(saved.revision),
        ..save(12, "1993", "newer")
    };
    newer.facts.kind = onrecord::domain::statements::Kind::Testimony;
    desk.save(editor, &newer).await.unwrap();
    let translation = Save {
        statement: Some(saved.statement),
        locale: simplified(),
        based_on: None,
        ..save(12, "1993", "translation")
    };
    let begun = desk.save(editor, &translation).await.unwrap();
    assert_eq!(begun.statement, saved.statement);

    let withdrawn = desk.put_on_record(&save(13, "1994", "withdrawn")).await;
    desk.withdraw(&withdrawn, english()).await.done();
    let removed = Save { is_sample: true, ..save(900_007, "1995", "removed") };
    desk.put_on_record(&removed).await;
    commands::remove_samples(&mut desk.conn, desk.people.administrator, desk.now).await.done();
    record::name_the_site(desk).await;
}

/// Everything that somebody could guess.
fn guesses() -> Vec<String> {
    let mut paths = Vec::new();
    for locale in Locale::all() {
        let at = |rest: &str| format!("/{}{rest}", locale.path());
        paths.push(at(""));
        paths.push(at("/statements"));
        paths.push(at("/topics/torture"));
        for number in [10, 11, 12, 13, 900_007] {
            for end in [
                "",
                ".txt",
                ".md",
                ".json",
                "/versions",
                "/versions/1",
                "/versions/2",
                "/preview",
                "?preview=1",
                "?version=2",
            ] {
                paths.push(at(&format!("/statements/{number}{end}")));
            }
        }
        for year in 1990..=1995 {
            for list in ["archive", "kinds/statement", "kinds/testimony", "topics/torture"] {
                for end in ["", "/05", "/05/05", "/00"] {
                    paths.push(at(&format!("/{list}/{year}{end}")));
                }
            }
        }
        paths.extend(["/corrections", "/corrections/2026", "/corrections/2026/03/02"].map(at));
        paths.extend(["/kinds/statement", "/kinds/testimony", "/topics", "/pages/about", "/nothing"].map(at));
    }
    paths
}

#[actix_web::test]
async fn no_word_of_it_is_in_any_public_answer() {
    let mut app = TestApp::start().await;
    hide_everything(&mut app).await;
    let mut visitor = app.visitor();
    let mut read = 0;
    for path in guesses() {
        let answer = visitor.get(&path).await;
        // The title of what was withdrawn is told, at its own address only.
        let told = answer.text().replace("Zqwithdrawntitle", "");
        let is_told_here = path.starts_with("/en/statements/13") && answer.status == 410;
        let text = if is_told_here { told.as_str() } else { answer.text() };
        assert!(!text.contains("Zq"), "{path} ({}): {}", answer.status, answer.text());
        read += usize::from(answer.status == 200);
    }
    assert!(read > 20, "only {read} of the guesses were pages");
}

#[actix_web::test]
async fn no_word_of_closed_versions_and_removed_texts_is_in_any_public_answer() {
    let mut app = TestApp::start().await;
    let desk = &mut app.desk;
    // Two earlier versions with secrets, one of them in its note too, under a text that anybody may read.
    let mut saved = desk.put_on_record(&Save { words: secret("one"), ..a_statement(10) }).await;
    for (words, note) in
        [(secret("two"), "Zqnote"), (crate::support::cast::words("Clean"), "Names left out.")]
    {
        let save = Save {
            statement: Some(saved.statement),
            based_on: Some(saved.revision),
            words,
            ..a_statement(10)
        };
        saved = desk.save(desk.people.editor, &save).await.unwrap();
        desk.publish(&saved, english(), Some(note)).await.done();
    }
    let (publisher, administrator, now) = (desk.people.publisher, desk.people.administrator, desk.now);
    for n in [1, 2] {
        let version = OneVersion { statement: saved.statement, locale: english(), n };
        commands::close_version(&mut desk.conn, publisher, version, "At risk.", now).await.done();
    }
    let removed = desk.put_on_record(&Save { words: secret("removed"), ..a_statement(11) }).await;
    let removal = Removal {
        statement: removed.statement,
        locale: english(),
        number_typed: "11".to_owned(),
        reason: "At risk.".to_owned(),
    };
    commands::remove(&mut desk.conn, administrator, removal, now).await.done();
    let mut read = 0;
    for path in guesses() {
        let answer = app.visitor().get(&path).await;
        assert!(!answer.text().contains("Zq"), "{path} ({}): {}", answer.status, answer.text());
        read += usize::from(answer.status == 200);
    }
    assert!(read > 20, "only {read} of the guesses were pages");
    let listed = app.visitor().page("/en/corrections").await;
    assert_eq!(listed.texts(".entries h2"), ["Clean", "Clean"]);
}

#[actix_web::test]
async fn no_list_counts_it_or_knows_its_period() {
    let mut app = TestApp::start().await;
    hide_everything(&mut app).await;
    let mut visitor = app.visitor();
    let archive = visitor.page("/en/statements").await;
    assert_eq!(archive.attrs(".entries a", "href"), ["/en/statements/12"]);
    assert!(archive.texts(".list > .facts")[0].starts_with("1 statement"));
    assert_eq!(archive.texts("nav[aria-label=Years] li"), ["1992 1"]);
    let topic = visitor.page("/en/topics/torture").await;
    assert_eq!(topic.texts("nav[aria-label=Years] li"), ["1992 1"]);
    assert_eq!(visitor.page("/en").await.texts("nav[aria-label='By kind'] li"), ["Statements 1"]);
    assert!(!visitor.page("/zh-hans/statements").await.has(".entries li"));
    for year in ["1990", "1991", "1993"] {
        visitor.get(&format!("/en/archive/{year}")).await.expect(404);
    }
    // What was public once keeps its addresses.
    for year in ["1994", "1995"] {
        visitor.get(&format!("/en/archive/{year}")).await.expect(200);
    }
}

#[actix_web::test]
async fn a_draft_is_exactly_what_an_unknown_number_is() {
    let mut app = TestApp::start().await;
    hide_everything(&mut app).await;
    let mut visitor = app.visitor();
    for locale in Locale::all() {
        let unknown = visitor.get(&format!("/{}/statements/777", locale.path())).await.expect(404);
        for number in [10, 11] {
            let draft = visitor.get(&format!("/{}/statements/{number}", locale.path())).await.expect(404);
            assert_eq!(draft.body, unknown.body, "{number} in {locale}");
            assert_eq!(draft.headers.len(), unknown.headers.len());
        }
    }
    // A language that is begun on the desk is exactly one that nobody has begun.
    let begun = visitor.get("/zh-hans/statements/12").await.expect(404);
    let not_begun = visitor.get("/zh-hant/statements/12").await.expect(404);
    assert_eq!(begun.html().attrs("main a", "href"), not_begun.html().attrs("main a", "href"));
    assert_eq!(begun.html().attrs("main a", "href"), ["/en/statements/12"]);
}

#[actix_web::test]
async fn saving_on_the_desk_changes_no_byte_for_readers() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    let before: Vec<_> = {
        let mut read = Vec::new();
        for path in record::all_addresses() {
            read.push(app.visitor().get(&path).await.expect(200));
        }
        read
    };
    let mut editor = app.signed_in_as("editor").await;
    let id = app.id_of(2800).await;
    let path = format!("/admin/statements/{id}/en");
    let form = editor.page(&path).await.form("form#editor");
    let form =
        form.with("title", "Zqtitle").with("body", "Zqbody").with("kind", "report").with("issued_on", "1989");
    editor.submit(&form).await.expect(303);
    for old in before {
        assert_eq!(app.visitor().get(&old.path).await.body, old.body, "{}", old.path);
    }
}
