//! Every address has one spelling; the others lead to it.

use crate::support::app::TestApp;
use crate::support::record;

#[actix_web::test]
async fn other_spellings_lead_to_the_one() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    for (typed, spelled) in [
        ("/EN", "/en"),
        ("/en/", "/en"),
        ("/zh-Hans/", "/zh-hans"),
        ("/en/Statements", "/en/statements"),
        ("/en/statements/", "/en/statements"),
        ("/en/archive", "/en/statements"),
        ("/en/statements/02800", "/en/statements/2800"),
        ("/en/statements/00000000000000000000000002800", "/en/statements/2800"),
        ("/en/statements/2800/", "/en/statements/2800"),
        ("/en//statements///2800", "/en/statements/2800"),
        ("/zh-HANT/STATEMENTS/2800", "/zh-hant/statements/2800"),
        ("/en/st%61tements/280%30", "/en/statements/2800"),
        ("/en/archive/1997/1", "/en/archive/1997/01"),
        ("/en/archive/1997/11/6", "/en/archive/1997/11/06"),
        ("/en/kinds/Statement/1997/9/1", "/en/kinds/statement/1997/09/01"),
        ("/en/Topics/Torture/1997/0", "/en/topics/torture/1997/00"),
        ("/en/topics/T%6Frture", "/en/topics/torture"),
        ("/en/Pages/About/", "/en/pages/about"),
        ("/en/archive/1997/11/16/?below=9", "/en/archive/1997/11/16?below=9"),
    ] {
        let answer = app.visitor().get(typed).await.expect(301);
        assert_eq!(answer.location(), spelled, "{typed}");
        let answer = app.visitor().head(typed).await.expect(301);
        assert_eq!(answer.location(), spelled, "{typed}");
    }
}

#[actix_web::test]
async fn the_one_spelling_is_answered_and_leads_nowhere() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    for path in record::all_addresses() {
        app.visitor().get(&path).await.expect(200);
    }
}

#[actix_web::test]
async fn nothing_leads_away_from_the_site() {
    let app = TestApp::start().await;
    for path in ["//example.org/en", "/en//example.org", "/en/%2F%2Fexample.org/", "/\\example.org/en/"] {
        let answer = app.visitor().get(path).await;
        let to = answer.location();
        assert!(to.is_empty() || (to.starts_with("/en") && !to.starts_with("//")), "{path} leads to {to}");
    }
}
