//! Markdown files into the record: what goes in, what is left alone, what is refused and why.

mod again;
mod faults;
mod files;
mod languages;
mod samples;
mod status;

use onrecord::domain::interchange::{self, Entry, How, Outcome, Report, Source};
use onrecord::domain::statements::{desk, store};
use onrecord::domain::topics;
use onrecord::i18n::Locale;

use crate::support::desk::Desk;

/// A file of one text, public unless `head` says otherwise.
fn file(number: i64, locale: &str, head: &str) -> Source {
    let status = if head.contains("status:") { "" } else { "status: published\n" };
    let title = if head.contains("title:") { "" } else { "title: A title\n" };
    let text = format!("---\nnumber: {number}\nlocale: {locale}\n{status}{title}{head}\n---\n\nThe text.\n");
    Source { file: format!("{number}.{locale}.md"), bytes: text.into_bytes() }
}

fn original(number: i64, locale: &str, head: &str) -> Source {
    file(number, locale, &format!("original: true\nissued_on: 1997-11-16\n{head}"))
}

async fn import(desk: &mut Desk, files: &[Source]) -> Report {
    interchange::run(&mut desk.conn, files, How::default(), desk.now, &mut ()).await.unwrap()
}

async fn import_one(desk: &mut Desk, file: &Source) -> Entry {
    import(desk, std::slice::from_ref(file)).await.entries.remove(0)
}

/// Imports and checks that each file is a new text.
async fn add(desk: &mut Desk, files: &[Source]) {
    let report = import(desk, files).await;
    assert_eq!(report.count(|outcome| *outcome == Outcome::Added), files.len(), "{:?}", report.entries);
}

#[track_caller]
fn why(entry: &Entry) -> String {
    match &entry.outcome {
        Outcome::Failed(_) | Outcome::LeftAlone(_) => entry.to_string(),
        other => panic!("expected that the file does not go in: {other:?}"),
    }
}

async fn versions(desk: &mut Desk, number: i64, locale: Locale) -> usize {
    let statement = store::by_number(&mut desk.conn, number).await.unwrap().unwrap();
    let translation = desk.translation(statement.id, locale).await;
    desk::versions_of(&mut desk.conn, translation.id).await.unwrap().len()
}

async fn topics_of(desk: &mut Desk, number: i64) -> Vec<i32> {
    let index = topics::index::load(&mut desk.conn).await.unwrap();
    let statement = store::by_number(&mut desk.conn, number).await.unwrap().unwrap();
    let filed = topics::index::of_statement(&mut desk.conn, statement.id).await.unwrap();
    let mut numbers: Vec<i32> = filed.into_iter().map(|id| index.get(id).unwrap().number).collect();
    numbers.sort_unstable();
    numbers
}
