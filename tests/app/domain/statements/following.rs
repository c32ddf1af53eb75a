//! A translation knows which version of its original it follows, and says so when it lags.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use jiff::SignedDuration;
use onrecord::domain::audit::Verb;
use onrecord::domain::ids::VersionId;
use onrecord::domain::outcome::{Change, Refused};
use onrecord::domain::policy::Actor;
use onrecord::domain::statements::changes::{self, Behind};
use onrecord::domain::statements::commands::{self, Appointment, Named, Save, Saved};
use onrecord::domain::statements::draft::Facts;
use onrecord::domain::statements::{ChangeKind, Kind, following, store};
use onrecord::i18n::Locale;
use onrecord::infra::db::schema::{audit_events, versions};

use crate::support::cast::{a_statement, english, issued, simplified, traditional, words};
use crate::support::desk::Desk;
use crate::support::refusals::{Done as _, conflict, forbidden, problem_with};
use crate::support::way::moment;

fn in_chinese(of: &Saved, locale: Locale) -> Save {
    Save { statement: Some(of.statement), locale, words: words("第七号"), ..a_statement(7) }
}

/// Statement 7 in English and Simplified Chinese.
async fn in_two_languages(desk: &mut Desk) -> (Saved, Saved) {
    let original = desk.put_on_record(&a_statement(7)).await;
    let chinese = desk.put_on_record(&in_chinese(&original, simplified())).await;
    (original, chinese)
}

/// Publishes other words over a text.
async fn change(desk: &mut Desk, of: &Saved, locale: Locale, kind: ChangeKind) -> Saved {
    desk.wait(60);
    let title = format!("{locale} at {}", desk.now);
    let save = Save {
        statement: Some(of.statement),
        based_on: Some(of.revision),
        locale,
        words: words(&title),
        ..a_statement(7)
    };
    let saved = desk.save(desk.people.editor, &save).await.unwrap();
    let note = if kind.needs_note() { "It was wrong." } else { "" };
    desk.publish_as(desk.people.publisher, &saved, locale, Some((kind, note.to_owned()))).await.done();
    saved
}

async fn behind(desk: &mut Desk, locale: Locale) -> Option<Behind> {
    let text = desk.text(7, locale).await;
    changes::of(&mut desk.conn, &text).await.unwrap().behind
}

async fn lagging(desk: &mut Desk, by: Actor) -> Vec<Locale> {
    let all = following::lagging(&mut desk.conn, by, 10).await.unwrap();
    all.into_iter().map(|lagging| lagging.locale).collect()
}

/// The versions of the original, the newest first.
async fn originals(desk: &mut Desk, of: &Saved) -> Vec<VersionId> {
    let statement = store::statement(&mut desk.conn, of.statement).await.unwrap().unwrap();
    let offered = following::offered(&mut desk.conn, &statement).await.unwrap();
    offered.into_iter().map(|version| version.id).collect()
}

async fn confirm(desk: &mut Desk, by: Actor, of: &Saved, locale: Locale) -> Result<Change, Refused> {
    commands::confirm_following(&mut desk.conn, by, of.statement, locale, desk.now).await
}

#[actix_web::test]
async fn a_correction_of_the_original_is_told_until_the_translation_follows() {
    let mut desk = Desk::open().await;
    let (original, chinese) = in_two_languages(&mut desk).await;
    let anybody = desk.people.author;
    assert_eq!(behind(&mut desk, simplified()).await, None);
    let original = change(&mut desk, &original, english(), ChangeKind::SmallFix).await;
    assert_eq!(behind(&mut desk, simplified()).await, None, "a small fix touches no translation");
    let original = change(&mut desk, &original, english(), ChangeKind::Correction).await;
    let told = Some(Behind { kind: ChangeKind::Correction, published_at: desk.now });
    assert_eq!(behind(&mut desk, simplified()).await, told);
    assert_eq!(behind(&mut desk, english()).await, None);
    assert_eq!(lagging(&mut desk, anybody).await, [simplified()]);
    change(&mut desk, &original, english(), ChangeKind::Update).await;
    assert_eq!(behind(&mut desk, simplified()).await, told, "the gravest is told");

    change(&mut desk, &chinese, simplified(), ChangeKind::Correction).await;
    assert_eq!(behind(&mut desk, simplified()).await, None);
    assert_eq!(lagging(&mut desk, anybody).await, []);
}

#[actix_web::test]
async fn whoever_publishes_says_which_version_it_still_follows() {
    let mut desk = Desk::open().await;
    let (original, chinese) = in_two_languages(&mut desk).await;
    change(&mut desk, &original, english(), ChangeKind::Correction).await;
    let [second, first] = originals(&mut desk, &original).await[..] else { panic!() };
    let (publisher, id) = (desk.people.publisher, original.statement);
    let choice = commands::choose_followed(&mut desk.conn, publisher, id, simplified(), Some(first)).await;
    choice.done();
    let fixed = change(&mut desk, &chinese, simplified(), ChangeKind::SmallFix).await;
    assert!(behind(&mut desk, simplified()).await.is_some(), "it goes out, and still lags");
    // The choice was for that publication; the next one follows what is public then.
    change(&mut desk, &fixed, simplified(), ChangeKind::Correction).await;
    assert_eq!(behind(&mut desk, simplified()).await, None);
    let followed: Vec<Option<VersionId>> = versions::table
        .filter(versions::translation_id.eq(desk.translation(id, simplified()).await.id))
        .order(versions::n)
        .select(versions::based_on_version_id)
        .load(&mut desk.conn)
        .await
        .unwrap();
    assert_eq!(followed, [Some(first), Some(first), Some(second)], "each version remembers");

    let own = desk.translation(id, simplified()).await.live_version_id;
    for wrong in [own, Some(VersionId(4711))] {
        let refused = commands::choose_followed(&mut desk.conn, publisher, id, simplified(), wrong).await;
        problem_with("follows", refused);
    }
    let editor = desk.people.editor;
    forbidden(commands::choose_followed(&mut desk.conn, editor, id, simplified(), None).await);
}

#[actix_web::test]
async fn new_facts_with_the_same_words_leave_nobody_behind() {
    let mut desk = Desk::open().await;
    let (original, chinese) = in_two_languages(&mut desk).await;
    let facts = Facts { number: 7, kind: Kind::Testimony, issued: issued("1998-05") };
    let moved = Save {
        statement: Some(original.statement),
        based_on: Some(original.revision),
        facts,
        ..a_statement(7)
    };
    let moved = desk.save(desk.people.editor, &moved).await.unwrap();
    desk.publish(&moved, english(), Some("It is of May 1998.")).await.done();
    assert_eq!(behind(&mut desk, simplified()).await, None);
    // From the translation too.
    let facts = Facts { issued: issued("1999-05"), ..facts };
    let again = Save { based_on: Some(chinese.revision), facts, ..in_chinese(&chinese, simplified()) };
    let again = desk.save(desk.people.editor, &again).await.unwrap();
    desk.publish(&again, simplified(), Some("It is of May 1999.")).await.done();
    assert_eq!(behind(&mut desk, simplified()).await, None);
    // With other words, the translation has the facts and not the words.
    let facts = Facts { issued: issued("2000-05"), ..facts };
    let reworded = Save {
        statement: Some(original.statement),
        based_on: Some(moved.revision),
        facts,
        words: words("Reworded"),
        ..a_statement(7)
    };
    let reworded = desk.save(desk.people.editor, &reworded).await.unwrap();
    desk.publish(&reworded, english(), Some("Reworded, and of May 2000.")).await.done();
    assert!(behind(&mut desk, simplified()).await.is_some());
}

#[actix_web::test]
async fn that_it_needs_no_change_is_said_by_an_editor_and_kept() {
    let mut desk = Desk::open().await;
    let (original, _) = in_two_languages(&mut desk).await;
    let (author, editor) = (desk.people.author, desk.people.editor);
    let why = conflict(confirm(&mut desk, editor, &original, simplified()).await);
    assert!(why.contains("already"), "{why}");
    let original = change(&mut desk, &original, english(), ChangeKind::Correction).await;
    forbidden(confirm(&mut desk, author, &original, simplified()).await);
    conflict(confirm(&mut desk, editor, &original, english()).await);
    let change_made = confirm(&mut desk, editor, &original, simplified()).await.unwrap();
    assert_eq!(change_made, Change::Statement(original.statement));
    assert_eq!(behind(&mut desk, simplified()).await, None);
    assert_eq!(desk.text(7, simplified()).await.n(), 1, "its text is as it was");
    let by: Option<onrecord::domain::ids::UserId> = audit_events::table
        .filter(audit_events::verb.eq(Verb::FollowingConfirmed))
        .select(audit_events::actor_id)
        .first(&mut desk.conn)
        .await
        .unwrap();
    assert_eq!(by, editor.user);
    change(&mut desk, &original, english(), ChangeKind::Retraction).await;
    assert_eq!(behind(&mut desk, simplified()).await.unwrap().kind, ChangeKind::Retraction, "until the next");
}

#[actix_web::test]
async fn a_translation_that_was_public_first_follows_the_original_from_its_first_version_on() {
    let mut desk = Desk::open().await;
    let original = desk.save(desk.people.editor, &a_statement(7)).await.unwrap();
    desk.put_on_record(&in_chinese(&original, traditional())).await;
    assert_eq!(behind(&mut desk, traditional()).await, None);
    desk.publish(&original, english(), None).await.done();
    assert_eq!(behind(&mut desk, traditional()).await, None);
    change(&mut desk, &original, english(), ChangeKind::Update).await;
    assert_eq!(behind(&mut desk, traditional()).await.unwrap().kind, ChangeKind::Update);
}

#[actix_web::test]
async fn nothing_is_told_of_an_original_that_is_gone_or_of_a_text_one_may_not_see() {
    let mut desk = Desk::open().await;
    let (original, _) = in_two_languages(&mut desk).await;
    let original = change(&mut desk, &original, english(), ChangeKind::Correction).await;
    let (editor, author, now) = (desk.people.editor, desk.people.author, desk.now);
    let only = [desk.people.publisher.user.unwrap()];
    commands::limit_to(&mut desk.conn, editor, original.statement, &only, now).await.done();
    assert_eq!(lagging(&mut desk, author).await, []);
    assert_eq!(lagging(&mut desk, editor).await, [simplified()]);
    desk.withdraw(&original, english()).await.done();
    assert_eq!(behind(&mut desk, simplified()).await, None);
    assert_eq!(lagging(&mut desk, editor).await, []);
    desk.reinstate(&original, english()).await.done();
    assert!(behind(&mut desk, simplified()).await.is_some());
}

#[actix_web::test]
async fn what_goes_out_by_itself_follows_what_was_chosen_when_it_was_scheduled() {
    let mut desk = Desk::open().await;
    let (original, chinese) = in_two_languages(&mut desk).await;
    change(&mut desk, &original, english(), ChangeKind::Correction).await;
    let [_, first] = originals(&mut desk, &original).await[..] else { panic!() };
    let (publisher, id) = (desk.people.publisher, original.statement);
    let save = Save { based_on: Some(chinese.revision), ..in_chinese(&original, simplified()) };
    let save = Save { words: words("第七号，改"), ..save };
    let saved = desk.save(desk.people.editor, &save).await.unwrap();
    commands::choose_followed(&mut desk.conn, publisher, id, simplified(), Some(first)).await.done();
    let wanted = Appointment {
        named: Named { statement: id, locale: simplified(), revision: saved.revision },
        moment: moment(&(desk.now + SignedDuration::from_hours(1)).to_string(), "UTC"),
        change: Some((ChangeKind::SmallFix, String::new())),
    };
    commands::schedule(&mut desk.conn, publisher, wanted, desk.now).await.done();
    desk.wait(2 * 60 * 60);
    commands::publish_due(&mut desk.conn, &[], desk.now).await.unwrap().unwrap().outcome.done();
    assert_eq!(desk.text(7, simplified()).await.title(), "第七号，改");
    assert!(behind(&mut desk, simplified()).await.is_some(), "it went out, and says that it lags");
}
