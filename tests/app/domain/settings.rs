//! What administrators choose: typed, audited, theirs alone.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use onrecord::domain::audit::Verb;
use onrecord::domain::settings::{self, Settings};
use onrecord::domain::zones::Zone;
use onrecord::infra::db::schema::audit_events;

use crate::support::desk::Desk;
use crate::support::refusals::{Done as _, forbidden};

#[actix_web::test]
async fn nothing_is_demanded_until_somebody_chooses_it() {
    let mut desk = Desk::open().await;
    let settings = Settings::read(&mut desk.conn).await.unwrap();
    assert_eq!(settings, Settings::default());
    assert!(!settings.four_eyes);
    assert_eq!(settings.time_zone.name(), "UTC");
}

#[actix_web::test]
async fn each_choice_is_an_event_and_none_where_nothing_changed() {
    let mut desk = Desk::open().await;
    let (administrator, now) = (desk.people.administrator, desk.now);
    let time_zone = Zone::parse("Asia/Hong_Kong").unwrap();
    let wanted = Settings { four_eyes: true, time_zone, ..Settings::default() };
    for _ in 0..2 {
        settings::update(&mut desk.conn, administrator, &wanted, now).await.done();
        assert_eq!(Settings::read(&mut desk.conn).await.unwrap(), wanted);
    }
    let off = Settings { four_eyes: false, ..wanted };
    settings::update(&mut desk.conn, administrator, &off, now).await.done();
    let verbs: Vec<Verb> = audit_events::table
        .filter(audit_events::actor_id.eq(administrator.user))
        .order(audit_events::id)
        .select(audit_events::verb)
        .load(&mut desk.conn)
        .await
        .unwrap();
    assert_eq!(verbs, [Verb::FourEyesDemanded, Verb::TimeZoneChosen, Verb::FourEyesNoLongerDemanded]);
}

#[actix_web::test]
async fn only_administrators_choose() {
    let mut desk = Desk::open().await;
    let wanted = Settings { four_eyes: true, ..Settings::default() };
    for by in [desk.people.author, desk.people.editor, desk.people.publisher] {
        forbidden(settings::update(&mut desk.conn, by, &wanted, desk.now).await);
    }
    assert_eq!(Settings::read(&mut desk.conn).await.unwrap(), Settings::default());
}
