//! Removing a text for good: no word of it is left, here or for readers.

use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel_async::RunQueryDsl;
use onrecord::domain::policy::Actor;
use onrecord::domain::statements::commands::{self, Life, NewPreviewLink, OneVersion, Removal, Save, Saved};
use onrecord::domain::statements::draft::Words;
use onrecord::domain::statements::previews::{self, FoundPreview, Opened};
use onrecord::domain::statements::published::Found;
use onrecord::domain::statements::versions::{self, FoundVersion};

use crate::support::cast::{a_statement, english, simplified, words};
use crate::support::counted;
use crate::support::desk::Desk;
use crate::support::refusals::{Done as _, conflict, forbidden, problem_with};

const SECRET: &str = "Kingfisher";

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// Every row of every table that holds a word, with the name of the table.
async fn rows_with(desk: &mut Desk, word: &str) -> Vec<String> {
    let tables: Vec<Line> = diesel::sql_query(
        "select table_name::text as line from information_schema.tables
          where table_schema = 'public' and table_type = 'BASE TABLE'",
    )
    .load(&mut desk.conn)
    .await
    .unwrap();
    assert!(tables.len() > 20);
    let mut found = Vec::new();
    for Line { line: table } in tables {
        let rows: Vec<Line> = diesel::sql_query(format!(
            "select '{table}: ' || to_jsonb(t)::text as line from {table} t where to_jsonb(t)::text ilike $1"
        ))
        .bind::<Text, _>(format!("%{word}%"))
        .load(&mut desk.conn)
        .await
        .unwrap();
        found.extend(rows.into_iter().map(|row| row.line));
    }
    found
}

fn secret(what: &str) -> Words {
    let text = format!("{SECRET} {what}");
    Words::typed(&text, &text, &text, &text, &text)
}

/// Statement 7 with the word wherever a word of it can stand.
async fn everywhere(desk: &mut Desk) -> (Saved, String) {
    let first = desk.put_on_record(&Save { words: secret("one"), ..a_statement(7) }).await;
    let chinese = Save {
        statement: Some(first.statement),
        locale: simplified(),
        words: words("第七号"),
        ..a_statement(7)
    };
    desk.put_on_record(&chinese).await;
    let next = |based_on: &Saved, what: &str| Save {
        statement: Some(first.statement),
        based_on: Some(based_on.revision),
        words: secret(what),
        ..a_statement(7)
    };
    let second = desk.save(desk.people.editor, &next(&first, "two")).await.unwrap();
    desk.publish(&second, english(), Some(&format!("{SECRET} was spelled wrongly."))).await.done();
    let (publisher, editor, now) = (desk.people.publisher, desk.people.editor, desk.now);
    let version = OneVersion { statement: first.statement, locale: english(), n: 1 };
    commands::close_version(&mut desk.conn, publisher, version, SECRET, now).await.done();
    let draft = desk.save(editor, &next(&second, "three")).await.unwrap();
    let link = NewPreviewLink {
        statement: first.statement,
        locale: english(),
        revision: draft.revision,
        life: Life::Month,
        label: format!("{SECRET}'s lawyer"),
    };
    let token = commands::make_preview_link(&mut desk.conn, editor, link, now).await.unwrap();
    commands::leave_note(&mut desk.conn, editor, (first.statement, english()), SECRET, None, now)
        .await
        .done();
    // A form that never became a save.
    diesel::sql_query(format!(
        "insert into kept_texts (token_digest, user_id, statement_id, locale, title, form, form_digest, kept_at)
         values ('', {}, {}, 'en', '{SECRET}', '{SECRET}', '', now())",
        editor.user.unwrap(),
        first.statement
    ))
    .execute(&mut desk.conn)
    .await
    .unwrap();
    (draft, token)
}

async fn remove(
    desk: &mut Desk,
    by: Actor,
    saved: &Saved,
    number: &str,
    reason: &str,
) -> Result<onrecord::domain::outcome::Change, onrecord::domain::outcome::Refused> {
    let removal = Removal {
        statement: saved.statement,
        locale: english(),
        number_typed: number.to_owned(),
        reason: reason.to_owned(),
    };
    commands::remove(&mut desk.conn, by, removal, desk.now).await
}

#[actix_web::test]
async fn no_word_of_it_is_left_in_any_table() {
    let mut desk = Desk::open().await;
    let (saved, token) = everywhere(&mut desk).await;
    let before = rows_with(&mut desk, SECRET).await;
    for table in
        "revision_texts versions list_entries list_changes closed_versions preview_links notes kept_texts"
            .split(' ')
    {
        assert!(before.iter().any(|row| row.starts_with(&format!("{table}: "))), "{table}: {before:#?}");
    }
    let administrator = desk.people.administrator;
    remove(&mut desk, administrator, &saved, "7", "Somebody was in danger.").await.done();
    assert_eq!(rows_with(&mut desk, SECRET).await, Vec::<String>::new());
    let hex: String = SECRET.bytes().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(rows_with(&mut desk, &hex).await, Vec::<String>::new());

    let Found::Gone(gone) = desk.read(7, english()).await else { panic!() };
    assert_eq!((gone.number, gone.withdrawn), (7, None), "title and date are gone too");
    assert_eq!(gone.reason, "Somebody was in danger.");
    for n in [1, 2] {
        let found = versions::by_number(&mut desk.conn, 7, english(), n).await.unwrap();
        assert!(matches!(&found, FoundVersion::Gone(gone) if gone.withdrawn.is_none()), "{found:?}");
    }
    let link = previews::find(&mut desk.conn, &token, Opened::Read, desk.now).await.unwrap();
    assert!(matches!(link, FoundPreview::Over(_)), "{link:?}");
    assert_eq!(desk.text(7, simplified()).await.title(), "第七号", "the other language stays");
    counted::assert_right(&mut desk.conn).await;
}

#[actix_web::test]
async fn it_takes_an_administrator_the_number_and_a_reason() {
    let mut desk = Desk::open().await;
    let saved = desk.put_on_record(&a_statement(7)).await;
    let (publisher, administrator) = (desk.people.publisher, desk.people.administrator);
    forbidden(remove(&mut desk, publisher, &saved, "7", "So.").await);
    problem_with("number", remove(&mut desk, administrator, &saved, "", "So.").await);
    problem_with("number", remove(&mut desk, administrator, &saved, "8", "So.").await);
    problem_with("reason", remove(&mut desk, administrator, &saved, "7", "").await);
    desk.text(7, english()).await;
    remove(&mut desk, administrator, &saved, "7", "So.").await.done();
    conflict(remove(&mut desk, administrator, &saved, "7", "So.").await);
    conflict(desk.reinstate(&saved, english()).await);
    let again = Save { statement: Some(saved.statement), based_on: Some(saved.revision), ..a_statement(7) };
    conflict(desk.save(administrator, &again).await);
}

#[actix_web::test]
async fn what_is_withdrawn_and_what_never_was_public_can_be_removed() {
    let mut desk = Desk::open().await;
    let withdrawn = desk.put_on_record(&Save { words: secret("one"), ..a_statement(7) }).await;
    desk.withdraw(&withdrawn, english()).await.done();
    let draft =
        desk.save(desk.people.editor, &Save { words: secret("two"), ..a_statement(8) }).await.unwrap();
    let administrator = desk.people.administrator;
    remove(&mut desk, administrator, &withdrawn, "7", "So.").await.done();
    remove(&mut desk, administrator, &draft, "8", "So.").await.done();
    assert_eq!(rows_with(&mut desk, SECRET).await, Vec::<String>::new());
    assert!(matches!(desk.read(7, english()).await, Found::Gone(_)));
    assert!(matches!(desk.read(8, english()).await, Found::Nothing), "nobody ever saw it");
    counted::assert_right(&mut desk.conn).await;
}
