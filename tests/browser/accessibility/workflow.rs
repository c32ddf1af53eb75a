//! A text's way out: what waits for whom, review, schedule, embargo, limit; and what follows a publication.

use jiff::civil::{Date, Weekday};

use super::{FACTS, RICH, SHORT};
use crate::support::axe::Inspector;
use crate::support::browser::{self, Script};
use crate::support::desk::{self, Desk, EMAIL, Facts, Words};
use crate::support::door;
use crate::support::site::Site;

pub const ROUTES: &[&str] = &[
    "/admin",
    "/admin/statements/{id}/{locale}/review",
    "/admin/statements/{id}/{locale}/embargo",
    "/admin/statements/{id}/{locale}/people",
    "/admin/statements/{id}/{locale}/removal",
    "/admin/statements/{id}/{locale}/versions/{n}/closing",
    "/admin/statements/{id}/{locale}/preview-links",
    "/preview/{token}",
];

#[test]
fn a_texts_way_out_is_accessible() {
    browser::tell(Script::Runs, async |browser| {
        let Some(mut inspector) = Inspector::new(&browser).await else { return };
        let site = Site::start();
        let desk = Desk::set_up(&site);
        let mei = desk.invite("Mei Lin", "mei@example.org", "editor");
        door::sign_in(&browser, &site, EMAIL).await;
        inspector.look("way-dashboard-new").await;
        let texts = fill(&desk, &mei);
        let night = next_night_of_two_hours().to_string();
        let page = |path: &str| site.at(path);

        inspector.open(&page("/admin"), "way-dashboard").await;
        for (text, name) in [
            (&texts.in_review, "review"),
            (&texts.asked, "review-changes-requested"),
            (&texts.fell_back, "review-fell-back"),
            (&texts.approved, "review-approved"),
            (&texts.scheduled, "review-scheduled"),
        ] {
            inspector.open(&page(&format!("{text}/review")), &format!("way-{name}")).await;
        }
        let nothing = [("revision", "1"), ("note", "")];
        inspector.send(&format!("{}/changes", texts.in_review), &nothing, "way-review-again").await;
        inspector.open(&page(&texts.asked), "way-editor-changes-requested").await;
        inspector.open(&page(&texts.scheduled), "way-editor-scheduled").await;
        inspector.open(&page(&format!("{}/publication", texts.scheduled)), "way-publication-scheduled").await;
        let nowhere = [("revision", "1"), ("date", "soon"), ("time", "late"), ("zone", "Nowhere/At_All")];
        inspector.send(&format!("{}/schedule", texts.scheduled), &nowhere, "way-schedule-again").await;
        // Half past two comes twice that night.
        let twice =
            [("date", night.as_str()), ("time", "02:30"), ("zone", "Europe/Berlin"), ("revision", "1")];
        inspector.send(&format!("{}/schedule", texts.scheduled), &twice, "way-schedule-twice").await;
        inspector.open(&page(&format!("{}/embargo", texts.draft)), "way-embargo-none").await;
        desk.go(&format!("{}/embargo", texts.draft), at_noon(&night));
        inspector.open(&page(&format!("{}/embargo", texts.draft)), "way-embargo").await;
        inspector.open(&page(&format!("{}/people", texts.draft)), "way-limit").await;
        inspector.open(&page(&format!("{}/publication", texts.draft)), "way-publication-embargo").await;

        inspector.open(&page(&texts.corrected), "way-editor-corrected").await;
        inspector.open(&page(&desk::in_language(&texts.corrected, "zh-hans")), "way-editor-behind").await;
        let closing = format!("{}/versions/1/closing", texts.corrected);
        inspector.open(&page(&closing), "way-closing").await;
        inspector.send(&closing, &[("reason", "")], "way-closing-again").await;
        desk.go(&closing, [("reason", "It names a child who was never asked.")]);
        inspector.open(&page(&texts.corrected), "way-editor-version-closed").await;
        let removal = format!("{}/removal", texts.corrected);
        inspector.open(&page(&removal), "way-removal").await;
        inspector.send(&removal, &[("reason", ""), ("number", "1")], "way-removal-again").await;

        let links = format!("{}/preview-links", texts.draft);
        inspector.open(&page(&links), "way-preview-links-none").await;
        inspector.send(&links, &[("revision", "none"), ("life", "")], "way-preview-links-again").await;
        let revision = desk.value(&links, "main [name=revision]");
        let fields = [("revision", revision.as_str()), ("life", "week"), ("label", "The lawyer of the five")];
        inspector.send(&links, &fields, "way-preview-links-made").await;
        inspector.open(&desk.show_outside(&texts.draft, "Somebody"), "way-preview").await;
        inspector.open(&page("/preview/gone"), "way-preview-over").await;
        inspector.open(&page(&links), "way-preview-links").await;
        inspector.judge(ROUTES);
    });
}

/// The day on which the clocks of Berlin are put back next year (2002/2000/EC: the last Sunday of October).
fn next_night_of_two_hours() -> Date {
    let year = jiff::Zoned::now().year() + 1;
    Date::constant(year, 10, 31).nth_weekday_of_month(-1, Weekday::Sunday).unwrap()
}

fn at_noon(day: &str) -> [(&str, &str); 3] {
    [("date", day), ("time", "12:00"), ("zone", "Europe/Berlin")]
}

/// The paths of texts on the desk.
struct Texts {
    draft: String,
    asked: String,
    fell_back: String,
    in_review: String,
    approved: String,
    scheduled: String,
    corrected: String,
}

/// Something for every section of the administrator's dashboard.
fn fill(desk: &Desk<'_>, mei: &Desk<'_>) -> Texts {
    let begin = |by: &Desk<'_>, number, words| by.begin("en", Facts { number, ..FACTS }, words);
    let submitted = |by: &Desk<'_>, number, words| {
        let text = begin(by, number, words);
        by.decide(&text, "submission", &[]);
        text
    };
    let draft = begin(desk, "1", RICH);
    let asked = submitted(desk, "2", SHORT);
    let note = "Please name the source of the second paragraph.\nThe court's own paper is better than the newspaper: https://example.org/a/rather/long/address/that/nobody/would/type/by/hand";
    mei.decide(&asked, "changes", &[("note", note)]);
    let fell_back = submitted(desk, "3", SHORT);
    let later = Words { summary: "Another summary.", ..SHORT };
    desk.save(&fell_back, "en", Facts { number: "3", ..FACTS }, later);
    let in_review = submitted(mei, "4", RICH);
    mei.go(&format!("{in_review}/notes"), [("note", "The lawyer has seen this."), ("revision", "")]);
    let approved = submitted(mei, "5", SHORT);
    desk.decide(&approved, "approval", &[]);
    let scheduled = submitted(mei, "6", RICH);
    desk.decide(&scheduled, "schedule", &at_noon(&next_night_of_two_hours().to_string()));
    submitted(desk, "7", SHORT);
    let corrected = begin(desk, "8", SHORT);
    desk.publish(&corrected, None);
    let facts = Facts { number: "8", ..FACTS };
    let words = Words { title: "五名码头工人已被关押一年", ..SHORT };
    let translation = desk.save(&desk::in_language(&corrected, "zh-hans"), "zh-hans", facts, words);
    desk.publish(&translation, None);
    desk.save(&corrected, "en", facts, Words { title: "A short one, corrected", ..SHORT });
    desk.publish(&corrected, Some(("correction", "It was five, not four.")));
    Texts { draft, asked, fell_back, in_review, approved, scheduled, corrected }
}
