//! Names that are spellings of each other: `Lawyer's rights`, `LAWYERS’ RIGHT`.

use super::fold;

/// What a name comes to when spelling no longer counts; two names that share one are probably the same.
/// Letter case, width, accents, script, plural, apostrophes, hyphens, slashes, spaces, "and" and the
/// order of words make no difference.
pub fn keys(name: &str) -> Vec<String> {
    let words = words(name);
    let as_written = words.concat();
    let mut sorted = words;
    sorted.sort();
    let in_order = sorted.concat();
    let mut keys = vec![as_written, in_order];
    keys.dedup();
    keys.retain(|key| !key.is_empty());
    keys
}

/// The words of a name, each in its plainest form.
fn words(name: &str) -> Vec<String> {
    let plain: String = fold::fold(name)
        .chars()
        .filter(|c| !is_apostrophe(*c))
        .map(|c| match c {
            // 和, 与, 及: all of them are "and".
            '与' | '及' => '和',
            c if c.is_alphanumeric() => c,
            _ => ' ',
        })
        .collect();
    plain.split(' ').filter(|word| !word.is_empty() && *word != "and").map(singular).collect()
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | 'ʹ' | '`' | '´' | '′' | '\u{2bb}')
}

/// An English word in the singular, where simple rules can tell. What is doubtful stays as it is.
fn singular(word: &str) -> String {
    const IRREGULAR: [(&str, &str); 6] = [
        ("men", "man"),
        ("women", "woman"),
        ("mens", "man"),
        ("womens", "woman"),
        ("children", "child"),
        ("childrens", "child"),
    ];
    if let Some((_, one)) = IRREGULAR.iter().find(|(many, _)| *many == word) {
        return (*one).to_owned();
    }
    let is_english = word.len() > 3 && word.bytes().all(|b| b.is_ascii_lowercase());
    // "news", "politics", "series", "press", "campus", "crisis" have no other form.
    let keeps = ["ss", "us", "is", "ics", "news", "series", "species", "means"];
    if !is_english || !word.ends_with('s') || keeps.iter().any(|end| word.ends_with(end)) {
        return word.to_owned();
    }
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 2) {
        return format!("{stem}y");
    }
    let hissing = ["sses", "ches", "shes", "xes", "zzes", "oes"];
    let cut = if hissing.iter().any(|end| word.ends_with(end)) { 2 } else { 1 };
    word[..word.len() - cut].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn are_twins(one: &str, other: &str) -> bool {
        let theirs = keys(other);
        keys(one).iter().any(|key| theirs.contains(key))
    }

    #[test]
    fn spellings_of_one_name_meet() {
        for (one, other) in [
            ("Torture", "TORTURE"),
            ("Political Prisoner", "political prisoners"),
            ("Ethnic Minorities", "ethnic minority"),
            ("Churches", "church"),
            ("Lawyer's rights", "Lawyers’ Rights"),
            ("Lawyers rights", "lawyer‘s right"),
            ("Women", "Woman"),
            ("Women's Rights", "women’s right"),
            ("History/Experience", "History and experience"),
            ("History / Experience", "experience & history"),
            ("Reeducation-Through-Labor", "Re-education through labor"),
            ("Cyber Security", "cybersecurity"),
            ("Cyber-security", "Security, cyber"),
            ("Non-Governmental Organization (NGO)", "nongovernmental organizations ngo"),
            ("Élections", "elections"),
            ("ＵＮ", "un"),
            ("维吾尔人", "維吾爾人"),
            ("政治犯・良心犯", "政治犯/良心犯"),
            ("企业与人权", "企業和人權"),
            ("Rights Defenders", "defender rights"),
        ] {
            assert!(are_twins(one, other), "{one} and {other}: {:?}, {:?}", keys(one), keys(other));
        }
    }

    #[test]
    fn names_that_mean_something_else_do_not_meet() {
        for (one, other) in [
            ("Labor Camps", "Labor Rights"),
            ("Rights Defenders", "Rights Defense"),
            ("Politics", "Political"),
            ("News", "New"),
            ("Internet", "Internet Governance"),
            ("Press", "Pres"),
            ("Economics", "Economic"),
            ("Lawyers", "Lawyers' rights"),
            ("西藏", "新疆"),
            ("维权", "维权人士"),
            ("June 4", "June 5"),
            ("...", "!!!"),
            ("", ""),
        ] {
            assert!(!are_twins(one, other), "{one} and {other}: {:?}, {:?}", keys(one), keys(other));
        }
    }
}
