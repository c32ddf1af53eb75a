//! What the desk is searched by follows the record, and the database answers out of its indexes.

use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel_async::{RunQueryDsl, SimpleAsyncConnection as _};
use onrecord::domain::statements::commands::{self, Save};
use onrecord::domain::statements::desk::{self, Filter, PAGE};
use onrecord::domain::statements::{Kind, desk_words};

use crate::support::cast::{a_statement, english, issued, simplified, words};
use crate::support::desk::Desk;
use crate::support::refusals::Done as _;

async fn numbers(desk: &mut Desk, text: &str) -> Vec<i64> {
    let filter = Filter { text: text.to_owned(), ..Filter::default() };
    let actor = desk.people.editor;
    desk::list(&mut desk.conn, actor, &filter).await.unwrap().iter().map(|row| row.number).collect()
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

async fn lines(desk: &mut Desk, sql: &str) -> Vec<String> {
    let lines: Vec<Line> = diesel::sql_query(sql).load(&mut desk.conn).await.unwrap();
    lines.into_iter().map(|line| line.line).collect()
}

/// Where the copy for the filters is not what the record says.
const DIFFERENCES: &str = "
    (select (t.id, s.id, s.touched_at, t.locale, t.public_state, t.desk_state, s.kind, s.issued_on)::text as line
       from translations t join statements s on s.id = t.statement_id
     except select (e.*)::text from desk_entries e)
    union all
    (select (e.*)::text from desk_entries e
     except select (t.id, s.id, s.touched_at, t.locale, t.public_state, t.desk_state, s.kind, s.issued_on)::text
       from translations t join statements s on s.id = t.statement_id)";

#[actix_web::test]
async fn the_filters_see_the_record_as_it_is() {
    let mut desk = Desk::open().await;
    let first = desk.put_on_record(&a_statement(1)).await;
    desk.wait(5);
    let chinese = Save { statement: Some(first.statement), locale: simplified(), ..a_statement(1) };
    let saved = desk.save(desk.people.editor, &chinese).await.unwrap();
    desk.withdraw(&first, english()).await.done();
    let draft = desk.save(desk.people.author, &a_statement(2)).await.unwrap();
    desk.wait(5);
    commands::discard(&mut desk.conn, desk.people.author, draft.statement, english(), desk.now).await.done();
    let mut other = Save { based_on: Some(saved.revision), ..chinese };
    (other.facts.kind, other.facts.issued) = (Kind::Report, issued("1989"));
    desk.save(desk.people.editor, &other).await.unwrap();
    desk.put_on_record(&Save { is_sample: true, ..a_statement(900_001) }).await;
    commands::remove_samples(&mut desk.conn, desk.people.administrator, desk.now).await.done();
    assert_eq!(lines(&mut desk, "select count(*)::text as line from desk_entries").await, ["4"]);
    assert_eq!(lines(&mut desk, DIFFERENCES).await, Vec::<String>::new());
}

#[actix_web::test]
async fn words_are_those_of_the_latest_save_in_any_of_its_fields() {
    let mut desk = Desk::open().await;
    let mut save = a_statement(1);
    save.words = onrecord::domain::statements::draft::Words::typed(
        "四十九名政治犯獲釋",
        "A summary of releases.",
        "The *body* says: Élan.",
        "Liu Example",
        "Source: Wen",
    );
    let saved = desk.save(desk.people.editor, &save).await.unwrap();
    for found in ["政治犯获释", "犯", "release", "body", "elan", "liu exam", "wen", "1", "四十九 liu 1"]
    {
        assert_eq!(numbers(&mut desk, found).await, [1], "{found}");
    }
    for other in ["犯政", "bodyguard", "wen zhang", "2", "' & !zzz", "body | nothing"] {
        assert_eq!(numbers(&mut desk, other).await, Vec::<i64>::new(), "{other}");
    }
    let later = Save {
        statement: Some(saved.statement),
        based_on: Some(saved.revision),
        words: words("Quite another"),
        ..save
    };
    desk.save(desk.people.editor, &later).await.unwrap();
    assert_eq!(numbers(&mut desk, "elan").await, Vec::<i64>::new());
    assert_eq!(numbers(&mut desk, "another").await, [1]);
}

#[actix_web::test]
async fn a_changed_number_or_year_is_found_in_every_language() {
    let mut desk = Desk::open().await;
    let first = desk.save(desk.people.editor, &a_statement(1)).await.unwrap();
    let chinese = Save { statement: Some(first.statement), locale: simplified(), ..a_statement(1) };
    desk.save(desk.people.editor, &chinese).await.unwrap();
    let mut moved =
        Save { statement: Some(first.statement), based_on: Some(first.revision), ..a_statement(1) };
    (moved.facts.number, moved.facts.issued) = (77, issued("1989"));
    desk.save(desk.people.editor, &moved).await.unwrap();
    let marked = "select t.locale as line from desk_words w join translations t on t.id = w.translation_id
                  where w.words @@ '77 & ''=1989'''::tsquery order by 1";
    assert_eq!(lines(&mut desk, marked).await, ["en", "zh-Hans"]);
    assert_eq!(numbers(&mut desk, "77").await, [77]);
}

#[actix_web::test]
async fn what_is_emptied_leaves_no_word_behind() {
    let mut desk = Desk::open().await;
    desk.put_on_record(&Save { is_sample: true, words: words("Secretword"), ..a_statement(900_001) }).await;
    let left = "select words::text as line from desk_words";
    assert!(lines(&mut desk, left).await[0].contains("secretword"));
    desk.conn.batch_execute("select empty_texts(id) from translations").await.unwrap();
    assert_eq!(lines(&mut desk, left).await, Vec::<String>::new());
    commands::remove_samples(&mut desk.conn, desk.people.administrator, desk.now).await.done();
    assert_eq!(lines(&mut desk, left).await, ["'900001' '=1997' '=en' '=statement'"]);
}

#[actix_web::test]
async fn texts_from_before_are_caught_up_with() {
    let mut desk = Desk::open().await;
    for number in 1..=3 {
        desk.put_on_record(&a_statement(number)).await;
    }
    desk.conn.batch_execute("delete from desk_words where translation_id = 1").await.unwrap();
    desk.conn.batch_execute("update desk_words set form = 0 where translation_id = 2").await.unwrap();
    assert_eq!(numbers(&mut desk, "about").await, [3, 2]);
    assert_eq!(desk_words::catch_up(&mut desk.conn).await.unwrap(), 2);
    assert_eq!(desk_words::catch_up(&mut desk.conn).await.unwrap(), 0);
    assert_eq!(numbers(&mut desk, "about").await, [3, 2, 1]);
}

/// Three thousand statements in two languages: one word in all of them, one in every tenth, one in a few
/// old ones.
const MANY: &str = "
    insert into statements (number, kind, issued_on, issued_precision, original_locale, created_at, touched_at)
        select n, case when n % 3 = 0 then 'report' else 'statement' end, date '1989-01-01' + n, 'day', 'en',
               '2020-01-01'::timestamptz + n * interval '1 hour', '2020-01-01'::timestamptz + n * interval '1 hour'
          from generate_series(1, 3000) n;
    insert into translations (statement_id, locale, public_state, desk_state)
        select id, locale, 'published', 'none' from statements, unnest(array['en', 'zh-Hans']) locale;
    insert into revisions (translation_id, seq, sitting, created_at) select id, 1, 1, now() from translations;
    update translations t set latest_revision_id = r.id from revisions r where r.translation_id = t.id;
    insert into revision_texts select r.id, '', 'Title', '', '', '', '' from revisions r;
    insert into desk_words
        select t.id, t.latest_revision_id, 1, array_to_tsvector(array['all', 'w' || s.number, '=' || t.locale]
               || case when s.number % 10 = 0 then array['tenth'] else '{}' end
               || case when s.number <= 5 then array['old'] else '{}' end)
          from translations t join statements s on s.id = t.statement_id;
    analyze statements; vacuum analyze desk_entries; vacuum analyze desk_words";

#[actix_web::test]
async fn every_word_is_found_however_many_have_it_and_wherever_they_stand() {
    let mut desk = Desk::open().await;
    for step in MANY.split(';') {
        desk.conn.batch_execute(step).await.unwrap();
    }
    let newest: Vec<i64> = (0..=PAGE as i64).map(|n| 3000 - n).collect();
    assert_eq!(numbers(&mut desk, "all").await, newest, "what all have");
    let tenth: Vec<i64> = (0..=PAGE as i64).map(|n| 3000 - n * 10).collect();
    assert_eq!(numbers(&mut desk, "tenth").await, tenth, "what some have");
    assert_eq!(numbers(&mut desk, "old").await, [5, 4, 3, 2, 1], "what few have, all of them old");
    assert_eq!(numbers(&mut desk, "all w2999").await, [2999]);
    let actor = desk.people.editor;
    let last =
        desk::list(&mut desk.conn, actor, &Filter { text: "all".into(), ..Filter::default() }).await.unwrap();
    let older = Filter { text: "tenth".into(), older_than: Some(last[PAGE - 1].id), ..Filter::default() };
    let older = desk::list(&mut desk.conn, actor, &older).await.unwrap();
    assert_eq!(older[0].number, 2950);
}

#[actix_web::test]
async fn the_list_and_its_words_are_read_from_indexes() {
    let mut desk = Desk::open().await;
    for step in MANY.split(';') {
        desk.conn.batch_execute(step).await.unwrap();
    }
    let plan = "explain select translation_id from desk_entries
                where public_state <> 'removed' and (public_state <> 'never' or desk_state = 'draft')
                order by touched_at desc, statement_id desc limit 153";
    let lines = explained(&mut desk, plan).await;
    assert!(lines.contains("Index Only Scan using desk_entries_order") && !lines.contains("Sort"), "{lines}");
    desk.conn.batch_execute("set enable_seqscan = off").await.unwrap();
    let plan = "explain select translation_id from desk_words where words @@ '''old'' & ''=en'''::tsquery";
    let lines = explained(&mut desk, plan).await;
    assert!(lines.contains("Bitmap Index Scan on desk_words_words"), "{lines}");
}

async fn explained(desk: &mut Desk, sql: &str) -> String {
    #[derive(QueryableByName)]
    struct Step {
        #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
        step: String,
    }
    let steps: Vec<Step> = diesel::sql_query(sql).load(&mut desk.conn).await.unwrap();
    steps.into_iter().map(|step| step.step + "\n").collect()
}
