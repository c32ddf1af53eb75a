//! Topics: the seed, and addresses that are for ever.

use futures_util::future::join;
use onrecord::domain::ids::TopicId;
use onrecord::domain::outcome::{Change, Refused};
use onrecord::domain::topics::commands;
use onrecord::domain::topics::{Facet, Index, Named, Topic, Wanted, index, seed};
use onrecord::i18n::Locale;

use crate::support::cast::{english, simplified, traditional};
use crate::support::database;
use crate::support::desk::Desk;
use crate::support::refusals::{Done as _, forbidden, not_found, problem_with};

fn named(locale: Locale, name: &str) -> Named {
    Named { locale, name: name.to_owned(), intro: String::new(), confirmed: true }
}

fn wanted(slug: &str, name: &str) -> Wanted {
    Wanted::named(Facet::Issue, slug, vec![named(english(), name)])
}

/// A topic as it stands, to be wanted again with another slug.
fn renamed(topic: &Topic, slug: &str) -> Wanted {
    Wanted { slug: slug.to_owned(), ..Wanted::as_is(topic) }
}

async fn all(desk: &mut Desk) -> Index {
    index::load(&mut desk.conn).await.unwrap()
}

async fn update(desk: &mut Desk, id: TopicId, wanted: Wanted) -> Result<Change, Refused> {
    commands::update(&mut desk.conn, desk.people.editor, id, wanted, desk.now).await
}

async fn led_to(desk: &mut Desk, slug: &str) -> Option<(TopicId, String)> {
    index::by_slug(&mut desk.conn, slug).await.unwrap()
}

#[actix_web::test]
async fn the_seed_has_every_topic_in_three_languages() {
    let mut desk = Desk::open().await;
    let topics = all(&mut desk).await;
    assert_eq!(topics.len(), 124);
    for locale in Locale::all() {
        assert_eq!(topics.in_order(locale).count(), 124);
        for topic in topics.in_order(locale) {
            let named = topic.named(locale).unwrap();
            assert_eq!((named.locale, named.name.is_empty()), (locale, false), "{}", topic.slug);
        }
    }
    let unconfirmed: Vec<_> = topics.in_order(english()).filter(|t| t.is_to_be_confirmed()).collect();
    assert_eq!(unconfirmed.len(), 106);
    assert!(unconfirmed.iter().all(|topic| topic.named(english()).unwrap().confirmed));
}

#[actix_web::test]
async fn the_seed_goes_in_once_and_whole_or_not_at_all() {
    let db = database::without_topics().await;
    let (mut one, mut two) = (db.connection().await, db.connection().await);
    let broken = r#"[{"number":1,"slug":"a","facet":"issue","names":{"en":"A"}},
                     {"number":2,"slug":"b","facet":"colour","names":{"en":"B"}}]"#;
    let error = seed::load(&mut one, broken).await.unwrap_err();
    assert!(error.to_string().contains("topic 2") && error.to_string().contains("colour"), "{error}");
    assert!(index::load(&mut one).await.unwrap().is_empty());

    let both = join(seed::load(&mut one, seed::EMBEDDED), seed::load(&mut two, seed::EMBEDDED)).await;
    let mut counts = [both.0.unwrap(), both.1.unwrap()];
    counts.sort_unstable();
    assert_eq!(counts, [0, 124]);
    assert_eq!(index::load(&mut one).await.unwrap().len(), 124);
}

#[actix_web::test]
async fn an_old_address_leads_to_the_new_one_for_ever() {
    let mut desk = Desk::open().await;
    let topic = all(&mut desk).await.by_number(1).unwrap().clone();
    for slug in ["second-name", "third-name"] {
        assert_eq!(update(&mut desk, topic.id, renamed(&topic, slug)).await.unwrap(), Change::Topics);
    }
    for old in [topic.slug.as_str(), "second-name", "third-name"] {
        assert_eq!(led_to(&mut desk, old).await, Some((topic.id, "third-name".to_owned())));
    }
    update(&mut desk, topic.id, renamed(&topic, &topic.slug)).await.done();
    assert_eq!(led_to(&mut desk, "third-name").await, Some((topic.id, topic.slug.clone())));
    assert_eq!(all(&mut desk).await.by_number(1).unwrap().slug, topic.slug);
    assert_eq!(led_to(&mut desk, "never-used").await, None);
}

#[actix_web::test]
async fn a_slug_once_used_is_never_another_topic_s() {
    let mut desk = Desk::open().await;
    let topics = all(&mut desk).await;
    let (one, two) = (topics.by_number(1).unwrap(), topics.by_number(2).unwrap());
    update(&mut desk, one.id, renamed(one, "moved-on")).await.done();
    for taken in [one.slug.as_str(), "moved-on"] {
        problem_with("slug", update(&mut desk, two.id, renamed(two, taken)).await);
        let (by, now) = (desk.people.editor, desk.now);
        problem_with("slug", commands::add(&mut desk.conn, by, wanted(taken, "A new one"), now).await);
    }
    assert_eq!(led_to(&mut desk, &two.slug).await, Some((two.id, two.slug.clone())));
    assert_eq!(all(&mut desk).await.len(), 124);
}

#[actix_web::test]
async fn of_two_who_want_the_same_slug_at_the_same_time_one_gets_it() {
    let mut desk = Desk::open().await;
    let topics = all(&mut desk).await;
    let (mut one, mut two) = (desk.db.connection().await, desk.db.connection().await);
    let (by, now) = (desk.people.editor, desk.now);
    for pair in 0..6 {
        let first = topics.by_number(2 * pair + 1).unwrap();
        let second = topics.by_number(2 * pair + 2).unwrap();
        let slug = format!("wanted-by-two-{pair}");
        let (a, b) = join(
            commands::update(&mut one, by, first.id, renamed(first, &slug), now),
            commands::update(&mut two, by, second.id, renamed(second, &slug), now),
        )
        .await;
        assert!(a.is_ok() != b.is_ok(), "{a:?}, {b:?}");
        problem_with("slug", if a.is_ok() { b } else { a });
        assert_eq!(all(&mut desk).await.len(), 124, "each topic has an address still");
    }
}

#[actix_web::test]
async fn new_topics_get_numbers_and_addresses_of_their_own() {
    let mut desk = Desk::open().await;
    let (by, now) = (desk.people.editor, desk.now);
    let (number, change) =
        commands::add(&mut desk.conn, by, wanted("", "Prison Labour & Health"), now).await.unwrap();
    assert_eq!(change, Change::Topics);
    let topics = all(&mut desk).await;
    let new = topics.by_number(number).unwrap();
    assert_eq!(
        (new.slug.as_str(), new.name(traditional())),
        ("prison-labour-health", "Prison Labour & Health")
    );
    assert!(topics.in_order(english()).all(|other| other.id == new.id || other.number < number));

    let (mut one, mut two) = (desk.db.connection().await, desk.db.connection().await);
    let (a, b) = join(
        commands::add(&mut one, by, wanted("", "Ferries"), now),
        commands::add(&mut two, by, wanted("", "Lighthouses"), now),
    )
    .await;
    let mut numbers = [a.unwrap().0, b.unwrap().0];
    numbers.sort_unstable();
    assert_eq!(numbers, [number + 1, number + 2]);
}

#[actix_web::test]
async fn twins_are_refused() {
    let mut desk = Desk::open().await;
    let topics = all(&mut desk).await;
    let (by, now) = (desk.people.editor, desk.now);
    let known = topics.by_number(1).unwrap();
    for locale in Locale::all() {
        let name = known.name(locale).to_uppercase();
        let twin = Wanted { names: vec![named(locale, &name)], ..wanted("a-twin", "") };
        let why = problem_with("name", commands::add(&mut desk.conn, by, twin, now).await);
        assert!(why.contains(&known.slug), "{why}");
    }
    // A topic is no twin of itself.
    update(&mut desk, known.id, renamed(known, &known.slug)).await.done();
    let (mut one, mut two) = (desk.db.connection().await, desk.db.connection().await);
    let (a, b) = join(
        commands::add(&mut one, by, wanted("ferries", "Ferries"), now),
        commands::add(&mut two, by, wanted("the-ferries", "ferries"), now),
    )
    .await;
    assert!(a.is_ok() != b.is_ok(), "{a:?}, {b:?}");
    problem_with("name", if a.is_ok() { b } else { a });
}

#[actix_web::test]
async fn what_is_no_topic_is_refused_at_its_field() {
    let mut desk = Desk::open().await;
    let (by, now) = (desk.people.editor, desk.now);
    for (field, wanted) in [
        ("name", wanted("no-name", "")),
        ("name", wanted("long", &"x".repeat(121))),
        ("slug", wanted("Capital", "Capital")),
        ("slug", Wanted { names: vec![named(simplified(), "渡轮")], ..wanted("", "") }),
    ] {
        problem_with(field, commands::add(&mut desk.conn, by, wanted, now).await);
    }
    let author = desk.people.author;
    forbidden(commands::add(&mut desk.conn, author, wanted("ferries", "Ferries"), now).await);
    not_found(update(&mut desk, TopicId(4711), wanted("ferries", "Ferries")).await);
}

#[actix_web::test]
async fn a_topic_is_meant_by_its_slug_or_any_of_its_names() {
    let mut desk = Desk::open().await;
    let topics = all(&mut desk).await;
    for topic in topics.in_order(english()) {
        assert_eq!(topics.meant_by(&topic.slug).unwrap().id, topic.id);
        for locale in Locale::all() {
            let word = format!(" {} ", topic.name(locale).to_uppercase());
            let meant = topics.meant_by(&word).unwrap();
            let same_name = meant.names.iter().any(|n| n.name.to_uppercase() == word.trim());
            assert!(same_name || meant.slug == word.trim().to_lowercase(), "{word}: {}", meant.slug);
        }
    }
    assert!(topics.meant_by("no such thing").is_none());
    assert!(topics.meant_by("").is_none());
}
