//! The one spelling of each address.

use percent_encoding::percent_decode_str;

use crate::i18n::Locale;

/// The one spelling of a public path, where this is another one: in lower case, without a slash at the
/// end or doubled, numbers without leading zeros, months and days with two digits.
pub fn canonical(path: &str) -> Option<String> {
    let mut segments: Vec<String> = path.split('/').filter(|s| !s.is_empty()).map(plain).collect();
    let first = segments.first()?.clone();
    Locale::parse(&first)?;
    let is_number = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    match segments.get(1).map(String::as_str) {
        Some("statements") => {
            // Its number, and the number of a version.
            for at in [2, 4] {
                if let Some(number) = segments.get_mut(at).filter(|s| is_number(s)) {
                    let plain = number.trim_start_matches('0');
                    *number = if plain.is_empty() { "0".to_owned() } else { plain.to_owned() };
                }
            }
        }
        Some(list @ ("archive" | "corrections" | "kinds" | "topics")) => {
            let year = if matches!(list, "archive" | "corrections") { 2 } else { 3 };
            for part in segments.iter_mut().skip(year + 1).filter(|s| is_number(s) && s.len() == 1) {
                *part = format!("0{part}");
            }
        }
        _ => {}
    }
    let spelled = format!("/{}", segments.join("/"));
    // The archive as a whole stands under its statements.
    let spelled = if segments.len() == 2 && segments[1] == "archive" {
        format!("/{first}/statements")
    } else {
        spelled
    };
    (spelled != path).then_some(spelled)
}

/// A segment in lower case, and without escapes where it needs none.
fn plain(segment: &str) -> String {
    let decoded = percent_decode_str(segment).decode_utf8_lossy();
    let needs_none = decoded.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if needs_none { decoded.to_ascii_lowercase() } else { segment.to_ascii_lowercase() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::site::Standing;
    use crate::domain::statements::Kind;
    use crate::domain::statements::lists::Period;
    use crate::web::urls::Place;

    #[test]
    fn every_place_has_one_spelling() {
        for (typed, spelled) in [
            ("/EN/Statements/02800/", "/en/statements/2800"),
            ("/zh-Hans/topics/Torture/1997/1/", "/zh-hans/topics/torture/1997/01"),
            ("/en/archive", "/en/statements"),
            ("/en//archive/1997/6/4", "/en/archive/1997/06/04"),
            ("/en/", "/en"),
            ("/en/statements/2800/Versions/02/", "/en/statements/2800/versions/2"),
            ("/en/Corrections/2026/3", "/en/corrections/2026/03"),
            ("/en/t%4Fpics", "/en/topics"),
        ] {
            assert_eq!(canonical(typed).as_deref(), Some(spelled), "{typed}");
            assert_eq!(canonical(spelled), None, "{spelled} is stable");
        }
        for other in ["/", "/admin/Statements/", "/static/ABC/x.css", "/health/live/"] {
            assert_eq!(canonical(other), None, "{other}");
        }
    }

    #[test]
    fn what_is_built_is_canonical() {
        let periods = [Period::All, Period::Year(1997), Period::Month(1997, 1), Period::Day(1997, 1, 2)];
        for locale in Locale::all() {
            for period in periods {
                for place in [
                    Place::Home,
                    Place::Statement(2800),
                    Place::Versions(2800),
                    Place::Version(2800, 1),
                    Place::Corrections(period),
                    Place::Archive(period),
                    Place::Kind(Kind::OpenLetter, period),
                    Place::Topics,
                    Place::Topic("june-fourth".into(), period),
                    Place::Standing(Standing::About),
                    Place::Search,
                    Place::OpenSearch,
                ] {
                    assert_eq!(canonical(&place.path(locale)), None, "{place:?}");
                }
            }
        }
    }
}
