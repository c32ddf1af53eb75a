//! Every page there is, looked at with axe-core: in light and dark, on a telephone and on a desk, with text at
//! twice its size. One check below tells when a new address is forgotten.

mod desk;
mod keeping;
mod media;
mod people;
mod readers;
mod topics;
mod workflow;

use crate::second_factors;
use crate::support::desk::{Facts, Words};
use crate::support::routes;

const LOCALES: [&str; 3] = ["en", "zh-hans", "zh-hant"];

const FACTS: Facts<'_> = Facts {
    number: "2800",
    kind: "statement",
    issued_on: "1997-11-16",
    topics: &["labor rights", "torture"],
};

/// Everything that a text can have.
const RICH: Words<'_> = Words {
    title: "Five dock workers have been held for a year without a hearing before any court",
    summary: "The harbour court 海港法院 has heard none of them.",
    body: "They asked for their *wages*[^1], and **nothing** else: <https://example.org/a/rather/long/address/that/nobody/would/type/by/hand>.\n\n\
           ## What we know\n\n> It was noon. We were at the gate.\n>\n> And then it closed.\n\n\
           - one\n- two\n  1. and a half\n  2. and three quarters\n\n### In numbers\n\n\
           | Worker | Held since | At | Sentence |\n| --- | --- | --- | --- |\n\
           | The first of the five | November 1996 | The second house of detention by the harbour | None |\n\
           | The second | November 1996 | unknown | None |\n\n\
           #### As written\n\n```\nlet nobody = forgotten_in_a_line_that_is_much_longer_than_any_telephone_is_wide;\n```\n\n\
           ---\n\nThe end[^2], once more[^1].\n\n[^1]: The *first* note, with a [link](https://example.org).\n[^2]: The second.",
    sign_off: "Ana Marin\nSpeaker of the group",
};

const SHORT: Words<'_> =
    Words { title: "A short one", summary: "A short summary.", body: "A text. 文字。", sign_off: "" };

/// The addresses that each story looks at.
const STORIES: [&[&str]; 8] = [
    readers::ROUTES,
    desk::ROUTES,
    workflow::ROUTES,
    keeping::ROUTES,
    media::ROUTES,
    topics::ROUTES,
    people::ROUTES,
    second_factors::ROUTES,
];

/// What can be read, and is no page of its own.
const NO_PAGES: [&str; 11] = [
    "/",
    "/admin/",
    "/health/live",
    "/health/ready",
    "/robots.txt",
    "/{locale}/opensearch.xml",
    "/favicon.ico",
    "/static/{hash}/{name}",
    "/media/{hash}/{name}",
    "/preview/{token}/media/{hash}/{name}",
    "/admin/media/files/{hash}/{name}",
];

#[test]
fn a_story_looks_at_every_page_that_there_is() {
    let told: Vec<_> = STORIES.concat().into_iter().chain(NO_PAGES).collect();
    let all = routes::all();
    for route in &all {
        let hint = "Add it to a story in tests/browser/accessibility/, and to the ROUTES above that.";
        assert!(told.contains(&route.as_str()), "no story looks at {route}. {hint}");
    }
    for route in told {
        assert!(all.iter().any(|one| one == route), "there is no {route} in src/web/routes.rs any more");
    }
}
