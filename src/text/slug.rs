//! Slugs: the readable part of a topic's address.

/// The longest slug that is offered or taken.
pub const MAX_LENGTH: usize = 80;

/// Offers a slug for an English name: letters and digits in lower case, `-` for everything between;
/// apostrophes vanish ("Lawyer's rights" is `lawyers-rights`). Empty where the name has no Latin letter.
pub fn offer(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars().filter(|c| !matches!(c, '\'' | '’' | '‘')) {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(MAX_LENGTH);
    slug.trim_end_matches('-').to_owned()
}

/// Whether a text can be a slug: a–z, 0–9 and single `-` between them.
pub fn is_valid(slug: &str) -> bool {
    slug.len() <= MAX_LENGTH
        && slug.split('-').all(|part| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_slugs() {
        assert_eq!(offer("Lawyer's rights"), "lawyers-rights");
        assert_eq!(
            offer("Information, Communications, Technology (ICT)"),
            "information-communications-technology-ict"
        );
        assert_eq!(offer("任意拘留"), "");
    }

    #[test]
    fn only_the_grammar_is_valid() {
        assert!(is_valid("eu-china") && is_valid("2008"));
        for bad in ["", "-a", "a-", "a--b", "A", "é", "a b"] {
            assert!(!is_valid(bad), "{bad}");
        }
    }
}
