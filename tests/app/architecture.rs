//! The laws of the house. Each failure names the file and the line.

use std::collections::{HashMap, HashSet};

use crate::support::source::{Named, Source, files};

fn rust() -> Vec<Source> {
    let files = files("src", &[".rs"]);
    assert!(files.len() > 50, "the project's files are not where they should be");
    files
}

fn templates() -> Vec<Source> {
    files("templates", &[".html", ".xml", ".svg", ".txt"])
}

#[track_caller]
fn assert_none(law: &str, broken: &[String]) {
    assert!(broken.is_empty(), "{law}\n  {}\n", broken.join("\n  "));
}

/// Where a file declares the modules of a folder, these stand in dependency order: what a module uses
/// stands above it. `depth`: how many segments of a path lead to that folder.
fn uses_below(declaring: &str, depth: usize) -> Vec<String> {
    let files = rust();
    let map = files.iter().find(|file| file.path == declaring).unwrap();
    let (order, within) = (map.declares(), map.module());
    let homes = macro_homes(&files);
    let place = |module: &str| order.iter().position(|known| known == module);
    let mut broken = Vec::new();
    let mut checked = 0;
    for file in &files {
        let module = file.module();
        if !module.starts_with(&within) || module.len() <= depth || file.path == "src/main.rs" {
            continue;
        }
        let own = place(&module[depth])
            .unwrap_or_else(|| panic!("{}: {declaring} does not declare {}", file.path, module[depth]));
        for named in file.names() {
            let path = match named {
                Named { is_macro: true, ref segments, .. } => homes.get(&segments[0]).unwrap_or(segments),
                Named { ref segments, .. } => segments,
            };
            if !path.starts_with(&within) || path.len() <= depth {
                continue;
            }
            if let Some(used) = place(&path[depth]) {
                checked += 1;
                if used > own {
                    let (user, used) = (&order[own], &order[used]);
                    broken.push(format!(
                        "{}:{}: {user} uses {used}, which stands below it",
                        file.path, named.line
                    ));
                }
            }
        }
    }
    assert!(checked > 100, "only {checked} uses were found: the test no longer reads the code");
    broken
}

/// In which module each macro stands that the whole crate can use.
fn macro_homes(files: &[Source]) -> HashMap<String, Vec<String>> {
    let written = files.iter().flat_map(|file| {
        file.code().filter_map(|(_, line)| {
            let name = line.trim().strip_prefix("macro_rules! ")?.split_whitespace().next()?;
            Some((name.to_owned(), file.module()))
        })
    });
    written.collect()
}

#[test]
fn a_module_uses_only_modules_listed_above_it() {
    assert_none("src/lib.rs lists the modules in dependency order:", &uses_below("src/lib.rs", 0));
}

#[test]
fn a_part_of_the_domain_uses_only_parts_listed_above_it() {
    let broken = uses_below("src/domain/mod.rs", 1);
    assert_none("src/domain/mod.rs lists the modules in dependency order:", &broken);
}

#[test]
fn each_layer_names_only_the_libraries_that_belong_to_it() {
    let mut broken = Vec::new();
    for (layer, foreign) in [
        ("src/web/", &["diesel"][..]),
        ("src/domain/", &["actix", "askama"]),
        ("src/text/", &["actix", "askama", "diesel"]),
        ("src/i18n/", &["actix", "askama", "diesel"]),
    ] {
        for file in rust().iter().filter(|file| file.path.starts_with(layer)) {
            for (at, line) in file.code() {
                for library in foreign.iter().filter(|library| line.to_lowercase().contains(**library)) {
                    broken.push(format!("{}:{at}: {layer} names {library}", file.path));
                }
            }
        }
    }
    assert_none("web knows no Diesel, domain neither actix nor Askama:", &broken);
}

#[test]
fn nothing_panics_without_giving_a_reason() {
    const PANICS: [&str; 6] =
        [".unwrap()", ".expect(", "panic!(", "unreachable!(", "todo!(", "unimplemented!("];
    /// How far below its attribute an item may still go on.
    const ITEM: usize = 20;
    let mut broken = Vec::new();
    for file in rust() {
        let tests = file.tests_begin();
        let excused: Vec<usize> = file
            .code()
            .filter(|(_, line)| line.contains("#[expect(clippy::") || line.contains("#[allow(clippy::"))
            .filter(|(_, line)| line.contains("reason = "))
            .map(|(at, _)| at)
            .collect();
        for (at, line) in file.code().filter(|(at, _)| *at < tests) {
            let is_excused = excused.iter().any(|from| (*from..from + ITEM).contains(&at));
            if !is_excused && PANICS.iter().any(|panic| line.contains(panic)) {
                broken.push(format!("{}:{at}: {}", file.path, line.trim()));
            }
        }
    }
    assert_none("a panic outside tests needs #[expect(clippy::…, reason = \"…\")] beside it:", &broken);
}

#[test]
fn a_file_fits_into_a_head() {
    const MOST: usize = 350;
    let mut broken = Vec::new();
    for file in rust().iter().chain(&files("tests", &[".rs"])).chain(&templates()) {
        let lines = file.lines().count();
        if lines > MOST && file.path != "src/infra/db/schema.rs" {
            broken.push(format!("{}:{MOST}: it has {lines} lines", file.path));
        }
    }
    assert_none("no file is longer than 350 lines:", &broken);
}

#[test]
fn every_file_has_a_name_that_says_what_is_in_it() {
    const SAY_NOTHING: [&str; 7] = ["utils", "util", "helpers", "helper", "common", "misc", "shared"];
    let all = rust().into_iter().chain(files("tests", &[".rs"])).chain(templates());
    let broken: Vec<String> = all
        .filter(|file| file.path.split(['/', '.']).any(|word| SAY_NOTHING.contains(&word)))
        .map(|file| file.path)
        .collect();
    assert_none("these names say nothing:", &broken);
}

#[test]
fn templates_hold_no_script_and_no_style_of_their_own() {
    let mut broken = Vec::new();
    for file in templates() {
        for (at, line) in file.lines() {
            for what in of_its_own(line) {
                broken.push(format!("{}:{at}: {what} in {}", file.path, line.trim()));
            }
        }
    }
    assert_none("the Content-Security-Policy would refuse these:", &broken);
}

/// What a line of HTML has that the Content-Security-Policy refuses.
fn of_its_own(line: &str) -> Vec<&'static str> {
    let line = line.to_lowercase();
    let mut found = Vec::new();
    let attributes =
        line.split([' ', '\t', '"', '\'']).filter_map(|word| word.split_once('=')).map(|(name, _)| name);
    for name in attributes {
        if name == "style" {
            found.push("a style attribute");
        }
        if name
            .strip_prefix("on")
            .is_some_and(|event| !event.is_empty() && event.chars().all(|c| c.is_ascii_lowercase()))
        {
            found.push("an event attribute");
        }
    }
    for tag in line.split("<script").skip(1) {
        let attributes = tag.split('>').next().unwrap_or(tag);
        if !attributes.contains("src=") && !attributes.contains("application/ld+json") {
            found.push("an inline script");
        }
    }
    found
}

#[test]
fn what_the_policy_refuses_is_seen() {
    for (line, seen) in [
        ("<p style=\"color: red\">", 1),
        ("<a href=\"/\" onClick='go()'>", 1),
        ("<script>go()</script>", 1),
        ("<script src=\"/static/x.js\" defer></script>", 0),
        ("<script type=\"application/ld+json\">{}</script>", 0),
        ("<p class=\"style\" data-on=\"1\">It went on = and on.</p>", 0),
    ] {
        assert_eq!(of_its_own(line).len(), seen, "{line}");
    }
}

#[test]
fn one_template_prints_unescaped() {
    let templates = templates();
    let unescaped: HashSet<&str> = templates
        .iter()
        .filter(|file| file.text().replace(' ', "").contains("|safe"))
        .map(|file| file.path.as_str())
        .collect();
    // Before there are pages there is nothing to print.
    let most = usize::from(!templates.is_empty());
    assert_eq!(unescaped.len(), most, "|safe belongs in one partial, and stands in {unescaped:?}");
}

#[test]
fn styles_know_no_left_and_right() {
    let mut broken = Vec::new();
    for file in files("static", &[".css"]) {
        for (at, line) in file.lines() {
            broken.extend(one_sided(line).map(|what| format!("{}:{at}: {what}", file.path)));
        }
    }
    assert_none("a page mirrors by itself only with logical properties:", &broken);
}

/// Declarations that name a side, or give four widths of which left and right differ.
fn one_sided(line: &str) -> impl Iterator<Item = &str> {
    line.split(['{', '}', ';']).map(str::trim).filter(|declaration| {
        let Some((name, value)) = declaration.split_once(':') else { return false };
        let sides: Vec<&str> = value.split_whitespace().collect();
        let has_four = ["margin", "padding", "inset", "border-width", "scroll-margin"].contains(&name.trim());
        name.split('-').any(|part| matches!(part.trim(), "left" | "right"))
            || (["text-align", "float", "clear", "justify-content"].contains(&name.trim())
                && sides.iter().any(|side| matches!(*side, "left" | "right")))
            || (has_four && sides.len() == 4 && sides[1] != sides[3])
    })
}

#[test]
fn a_side_is_seen() {
    for (line, seen) in [
        ("a { margin-left: 1px; padding: 0 1px 0 2px; }", 2),
        ("a { text-align: right; float: left; inset: 1px 2px 3px 2px }", 2),
        ("a { left: 0 } b { border-right-width: 1px }", 2),
        (
            "a { padding: 0 1px; text-align: start; margin-inline-start: 2px; text-emphasis-position: under right }",
            0,
        ),
    ] {
        assert_eq!(one_sided(line).count(), seen, "{line}");
    }
}

#[test]
fn what_has_a_language_has_a_direction() {
    let mut broken = Vec::new();
    for file in templates() {
        for (at, line) in file.lines() {
            for rest in line.split(" lang=\"{{ ").skip(1) {
                let locale = rest.split(" }}\"").next().unwrap_or_default();
                if !rest[locale.len()..].starts_with(&format!(" }}}}\" dir=\"{{{{ {locale}.dir() }}}}\"")) {
                    broken.push(format!("{}:{at}: {locale}", file.path));
                }
            }
        }
    }
    assert_none("a passage in another language may run in another direction:", &broken);
}

#[test]
fn no_mark_of_language_stands_in_an_attribute() {
    let mut broken = Vec::new();
    for file in templates() {
        for (at, line) in file.lines() {
            for value in line.split("=\"").skip(1) {
                let value = value.split('"').next().unwrap_or_default();
                if value.contains("{{") && value.contains(".w.") && !value.contains(".plain()") {
                    broken.push(format!("{}:{at}: {value}", file.path));
                }
            }
        }
    }
    assert_none("a word in an attribute is .plain():", &broken);
}
