//! Pages that run from right to left.

use std::fs;

use crate::support::axe::Inspector;
use crate::support::browser::{self, Script};
use crate::support::site::Site;

const LOCALES: &str = "en,zh-Hans,zh-Hant,ar-XB,ug";

/// From the Universal Declaration of Human Rights, with what the page of a statement can have.
const UYGHUR: &str = "---
number: 2800
locale: ug
kind: statement
issued_on: 1997-11-16
title: كىشىلىك هوقۇقى خىتابنامىسى
sign_off: Sample
topics: [torture]
status: published
---
ھەممە ئادەم تۇغۇلۇشىدىنلا ئەركىن.[^1]

| 1997 | English words |
| --- | --- |
| 10,000 | <https://example.org/> |

> ھەممە ئادەم

[^1]: A note.
";

#[test]
fn pages_from_right_to_left_are_accessible_and_as_wide_as_a_telephone() {
    browser::tell(Script::Runs, async |browser| {
        let Some(mut inspector) = Inspector::new(&browser).await else { return };
        let site = Site::start_in(LOCALES);
        let text = tempfile::Builder::new().suffix(".md").tempfile().unwrap();
        fs::write(&text, UYGHUR).unwrap();
        site.run(&["--locales", LOCALES, "import", text.path().to_str().unwrap()]);
        for locale in ["ar-xb", "ug"] {
            for (name, path) in [
                ("home", ""),
                ("archive", "/statements"),
                ("topics", "/topics"),
                ("topic", "/topics/torture"),
                ("corrections", "/corrections"),
                ("statement", "/statements/2800"),
                ("elsewhere", "/statements/900001"),
                ("nothing", "/statements/99999"),
            ] {
                browser.goto(&site.at(&format!("/{locale}{path}"))).await.unwrap();
                inspector.look_once(&format!("{name}-{locale}")).await;
            }
        }
        inspector.judge(&[]);
    });
}
