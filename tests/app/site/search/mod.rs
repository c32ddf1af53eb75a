//! The search, as a reader asks it.

mod bounds;
mod finding;
mod following;

use onrecord::domain::statements::Kind;
use onrecord::domain::statements::commands::{Save, Saved};
use onrecord::domain::statements::draft::{Facts, Words};

use crate::support::app::TestApp;
use crate::support::cast::{a_statement, english, issued, simplified, traditional};
use crate::support::record::topic;
use crate::support::visitor::Visitor;

/// A few texts that people look for.
async fn fill(app: &mut TestApp) -> Vec<Saved> {
    let uyghurs = topic(&mut app.desk, "uighurs").await;
    let mut all = Vec::new();
    for (number, locale, date, title, summary, body, topics) in [
        (
            1,
            english(),
            "1989-06-05",
            "Political prisoners released",
            "Forty-nine people.",
            "Élan and the rule of law. Wang Dan’s mother spoke.",
            vec![],
        ),
        (
            2,
            simplified(),
            "1998-03",
            "四十九名政治犯获释",
            "",
            "天安门母亲 (Tiananmen Mothers) 表示欢迎。",
            vec![],
        ),
        (3, traditional(), "1997", "王丹獲釋", "", "他是政治犯。中國人權在紐約。", vec![]),
        (
            4,
            english(),
            "2008-08-08",
            "A letter about sport",
            "",
            "Before the games, a prisoner wrote. The law of the rule is another thing. No. 2800.",
            vec![uyghurs],
        ),
        (2800, english(), "1997-11-16", "Another matter", "", "Nothing of the kind.", vec![]),
    ] {
        let words = Words::typed(title, summary, body, "Example Person\nDirector of Liaison", "");
        let kind = if number == 4 { Kind::OpenLetter } else { Kind::Statement };
        let facts = Facts { number, kind, issued: issued(date) };
        let save = Save { locale, facts, words, topics, ..a_statement(number) };
        all.push(app.desk.put_on_record(&save).await);
    }
    // The first has a translation.
    let words = Words::typed("政治犯获释", "", "四十九人。", "", "");
    let facts = Facts { number: 1, kind: Kind::Statement, issued: issued("1989-06-05") };
    let of = Save { statement: Some(all[0].statement), locale: simplified(), facts, words, ..a_statement(1) };
    app.desk.put_on_record(&of).await;
    app.app.apply(onrecord::domain::outcome::Change::Everything);
    all
}

fn asking(locale: &str, fields: &[(&str, &str)]) -> String {
    format!("/{locale}/search?{}", serde_urlencoded::to_string(fields).unwrap())
}

/// The hits as `language/number`, in their order.
async fn hits(visitor: &mut Visitor<'_>, locale: &str, fields: &[(&str, &str)]) -> Vec<String> {
    let page = visitor.page(&asking(locale, fields)).await;
    let links = page.attrs(".entries h2 a", "href");
    links.iter().map(|href| href.trim_start_matches('/').replace("/statements", "")).collect()
}
