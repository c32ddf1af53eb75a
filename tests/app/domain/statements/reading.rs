//! What a reader finds at a number, in each language.

use onrecord::domain::statements::commands::Save;
use onrecord::domain::statements::published::Found;

use crate::support::cast::{a_statement, english, simplified, traditional, words};
use crate::support::desk::Desk;
use crate::support::refusals::Done as _;

#[actix_web::test]
async fn a_number_that_nobody_uses_is_nothing() {
    let mut desk = Desk::open().await;
    assert!(matches!(desk.read(7, english()).await, Found::Nothing));
}

#[actix_web::test]
async fn a_language_that_is_not_there_leads_to_those_that_are() {
    let mut desk = Desk::open().await;
    let first = desk.put_on_record(&a_statement(7)).await;
    let Found::Elsewhere(others) = desk.read(7, traditional()).await else { panic!() };
    assert_eq!(others, [english()]);
    let chinese = Save {
        statement: Some(first.statement),
        locale: simplified(),
        words: words("第七号"),
        ..a_statement(7)
    };
    let chinese = desk.put_on_record(&chinese).await;
    let Found::Elsewhere(others) = desk.read(7, traditional()).await else { panic!() };
    assert_eq!(others, [english(), simplified()]);
    desk.withdraw(&chinese, simplified()).await.done();
    let Found::Elsewhere(others) = desk.read(7, traditional()).await else { panic!() };
    assert_eq!(others, [english()], "a withdrawn language is not offered");
    desk.withdraw(&first, english()).await.done();
    assert!(matches!(desk.read(7, traditional()).await, Found::Nothing));
}

#[actix_web::test]
async fn a_draft_is_nothing_even_beside_public_languages() {
    let mut desk = Desk::open().await;
    let first = desk.put_on_record(&a_statement(7)).await;
    let chinese = Save {
        statement: Some(first.statement),
        locale: simplified(),
        words: words("秘密"),
        ..a_statement(7)
    };
    desk.save(desk.people.editor, &chinese).await.unwrap();
    let found = desk.read(7, simplified()).await;
    assert!(matches!(&found, Found::Elsewhere(others) if *others == [english()]), "{found:?}");
    assert!(!format!("{found:?}").contains("秘密"));
}
