//! A link shows one save to somebody outside, for a time, and never more than its maker may see.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use onrecord::domain::ids::{PreviewLinkId, RevisionId};
use onrecord::domain::outcome::Refused;
use onrecord::domain::policy::Actor;
use onrecord::domain::statements::commands::{self, Life, NewPreviewLink, OneVersion, Save, Saved};
use onrecord::domain::statements::previews::{self, FoundPreview, Opened};
use onrecord::infra::db::schema::preview_links;

use crate::support::cast::{a_statement, english, simplified, words};
use crate::support::desk::Desk;
use crate::support::refusals::{Done as _, conflict, forbidden, not_found, problem_with};

async fn link_by(desk: &mut Desk, by: Actor, to: &Saved) -> Result<String, Refused> {
    let link = NewPreviewLink {
        statement: to.statement,
        locale: english(),
        revision: to.revision,
        life: Life::Day,
        label: String::new(),
    };
    commands::make_preview_link(&mut desk.conn, by, link, desk.now).await
}

async fn link(desk: &mut Desk, to: &Saved) -> String {
    let editor = desk.people.editor;
    link_by(desk, editor, to).await.unwrap()
}

async fn open(desk: &mut Desk, token: &str) -> FoundPreview {
    previews::find(&mut desk.conn, token, Opened::Read, desk.now).await.unwrap()
}

async fn title(desk: &mut Desk, token: &str) -> String {
    match open(desk, token).await {
        FoundPreview::Here(draft) => draft.words.title,
        other => panic!("expected a draft, got {other:?}"),
    }
}

#[track_caller]
fn assert_over(found: &FoundPreview) {
    assert!(matches!(found, FoundPreview::Over(_)), "{found:?}");
}

async fn a_draft(desk: &mut Desk) -> Saved {
    desk.save(desk.people.editor, &a_statement(7)).await.unwrap()
}

fn next(of: &Saved, title: &str) -> Save {
    Save { statement: Some(of.statement), based_on: Some(of.revision), words: words(title), ..a_statement(7) }
}

#[actix_web::test]
async fn it_shows_exactly_the_save_it_was_made_for_until_it_runs_out() {
    let mut desk = Desk::open().await;
    let saved = a_draft(&mut desk).await;
    let token = link(&mut desk, &saved).await;
    desk.save(desk.people.editor, &next(&saved, "Later words")).await.unwrap();
    assert_eq!(title(&mut desk, &token).await, "Statement 7");
    assert_eq!(title(&mut desk, &token.to_uppercase()).await, "Statement 7", "however it was typed");
    assert!(matches!(open(&mut desk, "guessed").await, FoundPreview::Nothing));
    desk.wait(24 * 60 - 1);
    assert_eq!(title(&mut desk, &token).await, "Statement 7");
    desk.wait(1);
    assert_over(&open(&mut desk, &token).await);
}

#[actix_web::test]
async fn it_is_counted_and_only_its_digest_is_kept() {
    let mut desk = Desk::open().await;
    let saved = a_draft(&mut desk).await;
    let token = link(&mut desk, &saved).await;
    desk.wait(5);
    open(&mut desk, &token).await;
    open(&mut desk, &token).await;
    previews::find(&mut desk.conn, &token, Opened::LookedAt, desk.now).await.unwrap();
    let text = desk.translation(saved.statement, english()).await;
    let links = previews::of_text(&mut desk.conn, &text).await.unwrap();
    assert_eq!((links.len(), links[0].opened, links[0].opened_at), (1, 2, Some(desk.now)));
    assert_eq!((links[0].made_by.as_str(), links[0].is_latest), ("editor", true));
    let kept: Vec<Vec<u8>> =
        preview_links::table.select(preview_links::token_digest).load(&mut desk.conn).await.unwrap();
    assert_eq!(kept, [onrecord::text::digest::of(token.as_bytes())]);
    desk.wait(24 * 60);
    open(&mut desk, &token).await;
    let links = previews::of_text(&mut desk.conn, &text).await.unwrap();
    assert_eq!(links[0].opened, 2, "what shows nothing counts nothing");
}

#[actix_web::test]
async fn it_is_made_and_taken_back_by_whoever_may_edit() {
    let mut desk = Desk::open().await;
    let saved = a_draft(&mut desk).await;
    let (author, editor) = (desk.people.author, desk.people.editor);
    forbidden(link_by(&mut desk, author, &saved).await);
    let token = link(&mut desk, &saved).await;
    let of = (saved.statement, english());
    let text = desk.translation(saved.statement, english()).await;
    let id = previews::of_text(&mut desk.conn, &text).await.unwrap()[0].id;
    forbidden(commands::revoke_preview_link(&mut desk.conn, author, of, id, desk.now).await);
    // By the address of another text it is not found.
    let other = desk.save(editor, &a_statement(8)).await.unwrap();
    let elsewhere = (other.statement, english());
    conflict(commands::revoke_preview_link(&mut desk.conn, editor, elsewhere, id, desk.now).await);
    title(&mut desk, &token).await;
    commands::revoke_preview_link(&mut desk.conn, editor, of, id, desk.now).await.done();
    assert_over(&open(&mut desk, &token).await);
    conflict(commands::revoke_preview_link(&mut desk.conn, editor, of, id, desk.now).await);
    conflict(commands::revoke_preview_link(&mut desk.conn, editor, of, PreviewLinkId(4711), desk.now).await);
}

#[actix_web::test]
async fn it_is_for_a_save_of_that_text_with_a_short_label_and_not_without_end() {
    let mut desk = Desk::open().await;
    let (saved, other) = (a_draft(&mut desk).await, desk.put_on_record(&a_statement(8)).await);
    let editor = desk.people.editor;
    for revision in [other.revision, RevisionId(4711)] {
        not_found(link_by(&mut desk, editor, &Saved { revision, ..saved }).await);
    }
    let long = NewPreviewLink {
        statement: saved.statement,
        locale: english(),
        revision: saved.revision,
        life: Life::Day,
        label: "x".repeat(101),
    };
    problem_with("label", commands::make_preview_link(&mut desk.conn, editor, long, desk.now).await);
    for _ in 0..50 {
        link(&mut desk, &saved).await;
    }
    let why = conflict(link_by(&mut desk, editor, &saved).await);
    assert!(why.contains("50 open links"), "{why}");
    desk.wait(24 * 60);
    link(&mut desk, &saved).await;
}

#[actix_web::test]
async fn it_ends_with_the_rights_of_whoever_made_it() {
    let mut desk = Desk::open().await;
    let saved = a_draft(&mut desk).await;
    let now = desk.now;
    let (publisher, administrator) = (desk.people.publisher, desk.people.administrator);
    let tokens = [
        link_by(&mut desk, publisher, &saved).await.unwrap(),
        link_by(&mut desk, administrator, &saved).await.unwrap(),
    ];
    // Limited to somebody else: the publisher no longer sees it, an administrator does.
    let only = [desk.people.author.user.unwrap()];
    commands::limit_to(&mut desk.conn, desk.people.editor, saved.statement, &only, now).await.done();
    assert_over(&open(&mut desk, &tokens[0]).await);
    title(&mut desk, &tokens[1]).await;
    commands::limit_to(&mut desk.conn, desk.people.editor, saved.statement, &[], now).await.done();
    title(&mut desk, &tokens[0]).await;
    // Their role, then their account.
    for (change, at) in [
        ("update users set role = 'author' where name = 'publisher'", 0),
        ("update users set revoked_at = now() where name = 'administrator'", 1),
    ] {
        diesel::sql_query(change).execute(&mut desk.conn).await.unwrap();
        assert_over(&open(&mut desk, &tokens[at]).await);
    }
}

#[actix_web::test]
async fn it_ends_when_the_text_is_taken_away() {
    let mut desk = Desk::open().await;
    let (editor, publisher) = (desk.people.editor, desk.people.publisher);
    // Discarded, as long as it is.
    let draft = a_draft(&mut desk).await;
    let token = link(&mut desk, &draft).await;
    let now = desk.now;
    commands::discard(&mut desk.conn, editor, draft.statement, english(), now).await.done();
    assert_over(&open(&mut desk, &token).await);
    conflict(link_by(&mut desk, editor, &draft).await);
    commands::undiscard(&mut desk.conn, editor, draft.statement, english(), now).await.done();
    title(&mut desk, &token).await;
    // Public just so: there it is.
    desk.publish(&draft, english(), None).await.done();
    let found = open(&mut desk, &token).await;
    assert!(matches!(found, FoundPreview::Public { number: 7, earlier: None, .. }), "{found:?}");
    // Closed as an earlier version.
    let second = desk.save(editor, &next(&draft, "Second")).await.unwrap();
    desk.publish(&second, english(), Some("Why.")).await.done();
    let found = open(&mut desk, &token).await;
    assert!(matches!(found, FoundPreview::Public { earlier: Some(1), .. }), "{found:?}");
    let version = OneVersion { statement: draft.statement, locale: english(), n: 1 };
    commands::close_version(&mut desk.conn, publisher, version, "So.", now).await.done();
    assert_over(&open(&mut desk, &token).await);
    // Withdrawn: what was shown before is gone; what is shown now, to mend it, is a new link.
    let third = desk.save(editor, &next(&second, "Third")).await.unwrap();
    let token = link(&mut desk, &third).await;
    desk.withdraw(&third, english()).await.done();
    assert_over(&open(&mut desk, &token).await);
    let token = link(&mut desk, &third).await;
    assert_eq!(title(&mut desk, &token).await, "Third");
}

#[actix_web::test]
async fn it_is_of_one_language() {
    let mut desk = Desk::open().await;
    let saved = a_draft(&mut desk).await;
    let chinese = Save {
        statement: Some(saved.statement),
        locale: simplified(),
        words: words("第七号"),
        ..a_statement(7)
    };
    let chinese = desk.save(desk.people.editor, &chinese).await.unwrap();
    let editor = desk.people.editor;
    not_found(link_by(&mut desk, editor, &chinese).await);
}
