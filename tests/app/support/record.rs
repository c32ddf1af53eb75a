//! A small record in three languages, with one of everything that readers can meet.

use onrecord::domain::site::{self, Names, Standing, Texts};
use onrecord::domain::statements::Kind;
use onrecord::domain::statements::commands::{self, Save, Saved};
use onrecord::domain::statements::draft::{Facts, Words};
use onrecord::i18n::Locale;

use super::app::TestApp;
use super::cast::{a_statement, english, issued, simplified, traditional, words};
use super::desk::Desk;
use super::refusals::Done as _;

/// In three languages, to the day, under two topics; its English text is in its second version.
pub const IN_THREE_LANGUAGES: i64 = 2800;
/// In Chinese only, known to the month.
pub const CHINESE_ONLY: i64 = 2801;
/// In English only, known to the year, and related to the first.
pub const OF_A_YEAR: i64 = 2802;
pub const WITHDRAWN: i64 = 2803;
pub const DRAFT: i64 = 2804;
pub const SAMPLE: i64 = 900_001;
pub const REMOVED_SAMPLE: i64 = 900_002;
/// The slugs of its topics.
pub const TOPICS: [&str; 2] = ["torture", "tibet"];

/// Puts it all on record.
pub async fn fill(app: &mut TestApp) {
    let desk = &mut app.desk;
    name_the_site(desk).await;
    let topics = vec![topic(desk, TOPICS[0]).await, topic(desk, TOPICS[1]).await];
    let removed = Save { is_sample: true, ..a_statement(REMOVED_SAMPLE) };
    desk.put_on_record(&removed).await;
    commands::remove_samples(&mut desk.conn, desk.people.administrator, desk.now).await.done();

    let first = Save { topics: topics.clone(), words: a_long_text(), ..a_statement(IN_THREE_LANGUAGES) };
    let saved = desk.put_on_record(&first).await;
    let Save { facts, .. } = first;
    translate(desk, &saved, facts, &topics, simplified(), "第一份声明").await;
    translate(desk, &saved, facts, &topics, traditional(), "第一份聲明").await;
    let corrected = Words { title: "The first statement, corrected".to_owned(), ..a_long_text() };
    change(desk, &saved, Save { words: corrected, ..first }, "A date was wrong.").await;

    let facts = Facts { number: CHINESE_ONLY, kind: Kind::Report, issued: issued("1998-03") };
    let report =
        Save { facts, locale: simplified(), words: words("一份报告"), ..a_statement(CHINESE_ONLY) };
    desk.put_on_record(&report).await;
    let facts = Facts { number: OF_A_YEAR, kind: Kind::Article, issued: issued("1997") };
    desk.put_on_record(&Save { facts, topics: topics[..1].to_vec(), ..a_statement(OF_A_YEAR) }).await;
    let withdrawn = desk.put_on_record(&Save { topics, ..a_statement(WITHDRAWN) }).await;
    desk.withdraw(&withdrawn, english()).await.done();
    desk.save(desk.people.author, &a_statement(DRAFT)).await.unwrap();
    desk.put_on_record(&Save { is_sample: true, ..a_statement(SAMPLE) }).await;
    app.app.apply(onrecord::domain::outcome::Change::Everything);
}

/// Every sort of address that answers 200 on it, in one language.
pub fn addresses(locale: Locale) -> Vec<String> {
    let mut paths = vec![
        "".to_owned(),
        format!("/statements/{IN_THREE_LANGUAGES}"),
        "/corrections".to_owned(),
        "/statements".to_owned(),
        "/archive/1997".to_owned(),
        "/archive/1997/11".to_owned(),
        "/archive/1997/11/16".to_owned(),
        "/archive/1997/00".to_owned(),
        "/archive/1998/03/00".to_owned(),
        "/kinds/statement".to_owned(),
        "/kinds/statement/1997".to_owned(),
        "/topics".to_owned(),
        format!("/topics/{}", TOPICS[0]),
        format!("/topics/{}/1997", TOPICS[0]),
        format!("/topics/{}/1997/11/16", TOPICS[0]),
        format!("/topics/{}/1997/00", TOPICS[0]),
    ];
    if locale != traditional() {
        paths.push("/pages/about".to_owned());
    }
    paths.iter().map(|path| format!("/{}{path}", locale.path())).collect()
}

/// What was said before, in one language.
pub fn versions(locale: Locale) -> Vec<String> {
    let all = format!("/{}/statements/{IN_THREE_LANGUAGES}/versions", locale.path());
    vec![format!("{all}/1"), all]
}

/// [`addresses`] and [`versions`] in all languages.
pub fn all_addresses() -> Vec<String> {
    Locale::all().flat_map(|locale| [addresses(locale), versions(locale)].concat()).collect()
}

pub async fn topic(desk: &mut Desk, slug: &str) -> onrecord::domain::ids::TopicId {
    let index = onrecord::domain::topics::index::load(&mut desk.conn).await.unwrap();
    index.meant_by(slug).unwrap_or_else(|| panic!("there is no topic {slug}")).id
}

async fn translate(
    desk: &mut Desk,
    of: &Saved,
    facts: Facts,
    topics: &[onrecord::domain::ids::TopicId],
    locale: Locale,
    title: &str,
) {
    let save = Save {
        statement: Some(of.statement),
        facts,
        topics: topics.to_vec(),
        locale,
        words: words(title),
        ..a_statement(facts.number)
    };
    desk.put_on_record(&save).await;
}

/// Publishes a correction.
pub async fn change(desk: &mut Desk, of: &Saved, save: Save, note: &str) -> Saved {
    let save = Save { statement: Some(of.statement), based_on: Some(of.revision), ..save };
    let saved = desk.save(desk.people.editor, &save).await.unwrap();
    desk.publish(&saved, save.locale, Some(note)).await.done();
    saved
}

/// With everything that a text can have.
pub fn a_long_text() -> Words {
    Words::typed(
        "The first statement",
        "What it says in one sentence.",
        "It begins.[^1] It goes on.[^1]\n\n## A part\n\nWith a [link](https://example.org/).\n\n\
         ### A part of that\n\n> quoted\n\n## Another\n\nIt ends.\n\n[^1]: A footnote.",
        "Example Person\nExecutive Director",
        "Source: the archive",
    )
}

pub async fn name_the_site(desk: &mut Desk) {
    let texts: Vec<Texts> = Locale::all()
        .map(|locale| {
            let name = format!("The organisation in {locale}");
            let about = if locale == traditional() { "" } else { "## Who we are\n\nA few people." };
            let pages = vec![(Standing::About, about.to_owned())];
            Texts { locale, names: Names { name, short_name: format!("Org {locale}") }, pages }
        })
        .collect();
    site::update(&mut desk.conn, desk.people.administrator, &texts, None, desk.now).await.done();
}
