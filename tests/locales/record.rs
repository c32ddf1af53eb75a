//! A small record in these languages.

use std::sync::LazyLock;

use onrecord::domain::outcome::Change;
use onrecord::domain::site::{self, Names, Standing, Texts};
use onrecord::domain::statements::commands::Save;
use onrecord::domain::statements::draft::Words;
use onrecord::i18n::{self, Locale};

use crate::support::app::TestApp;
use crate::support::cast::{a_statement, words};
use crate::support::refusals::Done as _;

/// The languages of the site. Uyghur and the pseudo-locale run from right to left.
const LOCALES: &str = "en,zh-Hans,ar-XB,ug,bo";

/// In English, which is the original, in Uyghur, Chinese and, not shown, Traditional Chinese.
pub const IN_MANY: i64 = 2800;
/// In Traditional Chinese only, which the site does not use.
pub const IN_NONE: i64 = 2801;
/// In Traditional Chinese, which is the original, and in English.
pub const ORIGINAL_NOT_USED: i64 = 2802;
/// Withdrawn in English, public in Uyghur.
pub const WITHDRAWN: i64 = 2803;

static CHOSEN: LazyLock<bool> = LazyLock::new(|| i18n::choose(i18n::parse(LOCALES).unwrap()));

/// The program with nothing on record.
pub async fn start() -> TestApp {
    assert!(*CHOSEN, "somebody asked for the languages before");
    TestApp::start().await
}

/// A language, used or not.
pub fn locale(tag: &str) -> Locale {
    assert!(*CHOSEN);
    Locale::stored(tag).unwrap()
}

/// The program with the record.
pub async fn filled() -> TestApp {
    let mut app = start().await;
    let desk = &mut app.desk;
    let texts = Texts {
        locale: locale("en"),
        names: Names { name: "The <Watch>".into(), short_name: "Watch".into() },
        pages: vec![(Standing::About, "Who we are.".into())],
    };
    site::update(&mut desk.conn, desk.people.administrator, &[texts], None, desk.now).await.done();
    let topics = vec![crate::support::record::topic(desk, "torture").await];
    let rich = Words::typed(
        "The first & only",
        "In a sentence.",
        "It begins.[^1]\n\n[^1]: A note.",
        "A. Person",
        "",
    );
    let many = Save { topics, words: rich, ..a_statement(IN_MANY) };
    let none = Save { locale: locale("zh-Hant"), words: words("第二份聲明"), ..a_statement(IN_NONE) };
    let other =
        Save { locale: locale("zh-Hant"), words: words("第三份聲明"), ..a_statement(ORIGINAL_NOT_USED) };
    for (save, others) in [
        (many, &[("ug", "بىرىنچى بايانات"), ("zh-Hans", "第一份声明"), ("zh-Hant", "第一份聲明")][..]),
        (none, &[]),
        (other, &[("en", "The third")]),
        (a_statement(WITHDRAWN), &[("ug", "تۆتىنچى بايانات")]),
    ] {
        let saved = desk.put_on_record(&save).await;
        for (tag, title) in others {
            let translation = Save {
                statement: Some(saved.statement),
                locale: locale(tag),
                words: words(title),
                ..save.clone()
            };
            desk.put_on_record(&translation).await;
        }
        if save.facts.number == WITHDRAWN {
            desk.withdraw(&saved, save.locale).await.done();
        }
        if save.facts.number == IN_MANY {
            let corrected = Save { words: words("The first, corrected"), ..save };
            crate::support::record::change(desk, &saved, corrected, "A date was wrong.").await;
        }
    }
    app.app.apply(Change::Everything);
    app
}

/// Every sort of page, in one language.
pub fn pages(locale: Locale) -> Vec<String> {
    let paths = [
        "",
        "/statements",
        "/archive/1997",
        "/archive/1997/11",
        "/archive/1997/11/16",
        "/kinds/statement",
        "/kinds/report",
        "/corrections",
        "/topics",
        "/topics/torture",
        "/topics/torture/1997",
        "/topics/religion",
        "/statements/2800",
        "/statements/2800/versions",
        "/statements/2800/versions/1",
        "/statements/2802",
        "/statements/2803",
        "/pages/about",
        "/statements/99",
        "/search",
        "/search?q=statement",
        "/search?q=tortured+nothing&year=1997",
    ];
    paths.map(|path| format!("/{}{path}", locale.path())).to_vec()
}
