//! The audit log: every command leaves one event for each thing it did, in ids and verbs.

use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel_async::RunQueryDsl;
use onrecord::domain::audit::Verb;
use onrecord::domain::ids::{RevisionId, StatementId, TranslationId, UserId, VersionId};
use onrecord::domain::statements::commands::{self, Save};
use onrecord::domain::statements::draft::Words;
use onrecord::infra::db::schema::audit_events;

use crate::support::cast::{a_statement, english, simplified, words};
use crate::support::desk::Desk;
use crate::support::refusals::Done as _;

async fn verbs(desk: &mut Desk, statement: StatementId) -> Vec<Verb> {
    audit_events::table
        .filter(audit_events::statement_id.eq(statement.0))
        .order(audit_events::id)
        .select(audit_events::verb)
        .load(&mut desk.conn)
        .await
        .unwrap()
}

#[actix_web::test]
async fn a_statement_s_life_can_be_read_from_its_events() {
    use Verb::{
        Discarded, Filed, Published, Reinstated, Saved, StatementBegun, TranslationBegun, Undiscarded,
    };
    let mut desk = Desk::open().await;
    let topics = vec![desk.topic(1).await];
    let (author, now) = (desk.people.author, desk.now);
    let saved = desk.save(author, &Save { topics, ..a_statement(7) }).await.unwrap();
    let id = saved.statement;
    commands::discard(&mut desk.conn, author, id, english(), now).await.done();
    commands::undiscard(&mut desk.conn, author, id, english(), now).await.done();
    desk.publish(&saved, english(), None).await.done();
    desk.withdraw(&saved, english()).await.done();
    desk.reinstate(&saved, english()).await.done();
    assert_eq!(
        verbs(&mut desk, id).await,
        [
            StatementBegun,
            TranslationBegun,
            Saved,
            Filed,
            Discarded,
            Undiscarded,
            Published,
            Verb::Withdrawn,
            Reinstated
        ]
    );
}

#[actix_web::test]
async fn an_event_names_who_and_what() {
    type Event = (Option<UserId>, Option<TranslationId>, Option<RevisionId>, Option<VersionId>);
    let mut desk = Desk::open().await;
    let saved = desk.put_on_record(&a_statement(7)).await;
    let text = desk.translation(saved.statement, english()).await;
    let (by, translation, revision, version): Event = audit_events::table
        .filter(audit_events::verb.eq(Verb::Published))
        .select((
            audit_events::actor_id.nullable(),
            audit_events::translation_id,
            audit_events::revision_id,
            audit_events::version_id,
        ))
        .first(&mut desk.conn)
        .await
        .unwrap();
    assert_eq!((by, translation), (desk.people.publisher.user, Some(text.id)));
    assert_eq!((revision, version), (Some(saved.revision), text.live_version_id));
    assert!(version.is_some());
}

#[actix_web::test]
async fn what_is_refused_leaves_no_event() {
    let mut desk = Desk::open().await;
    let saved = desk.put_on_record(&a_statement(7)).await;
    let before = verbs(&mut desk, saved.statement).await;
    let stale = Save { statement: Some(saved.statement), words: words("Stale"), ..a_statement(7) };
    desk.save(desk.people.editor, &stale).await.unwrap_err();
    desk.publish(&saved, english(), None).await.unwrap_err();
    desk.reinstate(&saved, english()).await.unwrap_err();
    assert_eq!(verbs(&mut desk, saved.statement).await, before);
}

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    line: String,
}

#[actix_web::test]
async fn no_event_holds_a_word_of_a_text() {
    let mut desk = Desk::open().await;
    let words = Words::typed("Kingfisher", "Kingfisher", "Kingfisher", "Kingfisher", "Kingfisher");
    let saved = desk.put_on_record(&Save { words: words.clone(), ..a_statement(7) }).await;
    let other = Save { statement: Some(saved.statement), locale: simplified(), words, ..a_statement(7) };
    desk.put_on_record(&other).await;
    let publisher = desk.people.publisher;
    let reason = "Kingfisher";
    commands::withdraw(&mut desk.conn, publisher, saved.statement, english(), reason, desk.now).await.done();
    let rows: Vec<Column> = diesel::sql_query("select to_jsonb(e)::text as line from audit_events e")
        .load(&mut desk.conn)
        .await
        .unwrap();
    assert!(rows.len() >= 8);
    assert!(rows.iter().all(|row| !row.line.contains("ingfisher")));
    // Nor could one: the only text in the table is the verb.
    let texts: Vec<Column> = diesel::sql_query(
        "select column_name::text as line from information_schema.columns
          where table_name = 'audit_events' and data_type not in ('bigint', 'timestamp with time zone')",
    )
    .load(&mut desk.conn)
    .await
    .unwrap();
    assert_eq!(texts.iter().map(|row| row.line.as_str()).collect::<Vec<_>>(), ["verb"]);
}
