//! The addresses that can be read, as `src/web/routes.rs` lists them.

/// Every address that can be read, the desk's first: `/{locale}` would take `/admin` for a language.
pub fn all() -> Vec<String> {
    let source = include_str!("../../../src/web/routes.rs");
    let (readers, rest) = source.split_once("pub fn for_editors").unwrap();
    let (editors, _) = rest.split_once("/// What an address that is only read allows.").unwrap();
    let mut routes = listed(editors, "/admin");
    routes.extend(listed(readers, ""));
    routes
}

/// The address to which a path belongs.
pub fn of(path: &str) -> Option<String> {
    all().into_iter().find(|route| fits(route, path))
}

fn listed(source: &str, scope: &str) -> Vec<String> {
    let mut routes = Vec::new();
    for (at, _) in source.match_indices('(') {
        let name = source[..at].rsplit(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
        let Some(literal) = source[at + 1..].trim_start().strip_prefix('"') else { continue };
        let path = literal.split('"').next().unwrap_or_default();
        match name {
            "at" | "both" => routes.push(format!("{scope}{path}")),
            "periods_of" => {
                for period in ["{year}", "{year}/{month}", "{year}/{month}/{day}"] {
                    routes.push(format!("/{{locale}}/{path}/{period}"));
                }
            }
            _ => {}
        }
    }
    routes
}

fn fits(route: &str, path: &str) -> bool {
    let (route, path): (Vec<_>, Vec<_>) = (route.split('/').collect(), path.split('/').collect());
    route.len() == path.len()
        && route
            .iter()
            .zip(path)
            .all(|(part, is)| if part.starts_with('{') { !is.is_empty() } else { *part == is })
}
