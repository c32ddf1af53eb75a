//! A field of the merge page: its parts, what is chosen of them, and what comes out.

use crate::text::diff::{self, Stretch};
use crate::text::merge::{self, Part};

crate::words_enum! {
    /// What is taken where both changed the same place.
    Choice {
        /// What I wrote.
        Mine = "mine",
        /// What they wrote.
        Theirs = "theirs",
        /// Mine, then theirs.
        Both = "both",
    }
}

/// A place that both changed.
pub struct Conflict {
    /// Its place among all of the page.
    pub n: usize,
    /// What both began with.
    pub base: String,
    /// My text against it.
    pub mine: Vec<Stretch>,
    /// Their text against it.
    pub theirs: Vec<Stretch>,
    /// What is taken.
    pub choice: Choice,
}

/// A field.
pub struct MergedField {
    /// Its name in the form.
    pub name: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// What comes out.
    pub result: String,
    parts: Vec<Part>,
    first: usize,
    choices: Vec<Choice>,
    theirs: String,
    mine: String,
}

impl MergedField {
    /// Puts base, mine and theirs together. The text is merged by line, the short fields as a whole.
    pub fn of(
        name: &'static str,
        label: &'static str,
        first: usize,
        [base, mine, theirs]: [&str; 3],
    ) -> Self {
        let is_text = name == "body";
        let parts = if is_text { merge::lines(base, mine, theirs) } else { merge::whole(base, mine, theirs) };
        // Of a text nothing is left out unless somebody chooses so; two headlines make no headline.
        let choice = if is_text { Choice::Both } else { Choice::Mine };
        let open = parts.iter().filter(|part| matches!(part, Part::Conflict { .. })).count();
        let choices = vec![choice; open];
        let result = compose(&parts, &choices, is_text);
        let (theirs, mine) = (theirs.to_owned(), mine.to_owned());
        Self { name, label, result, parts, first, choices, theirs, mine }
    }

    /// Whether there is anything to look at.
    pub fn differs(&self) -> bool {
        self.mine != self.theirs
    }

    /// The places that both changed.
    pub fn conflicts(&self) -> impl Iterator<Item = Conflict> {
        let open = self.parts.iter().filter_map(|part| match part {
            Part::Conflict { base, mine, theirs } => Some((base, mine, theirs)),
            Part::Agreed(_) => None,
        });
        open.zip(&self.choices).enumerate().map(|(at, ((base, mine, theirs), choice))| Conflict {
            n: self.first + at,
            mine: diff::compare(base, mine),
            theirs: diff::compare(base, theirs),
            base: base.clone(),
            choice: *choice,
        })
    }

    /// What the result changes in their text.
    pub fn changes(&self) -> Vec<Stretch> {
        diff::compare(&self.theirs, &self.result)
    }

    /// Takes what was typed and chosen. `before`: what was chosen when the page was made. Choices change
    /// the result without undoing what was typed into it; `false` where both touch the same place.
    pub fn settle(
        &mut self,
        typed: &str,
        before: impl Fn(usize) -> Option<Choice>,
        now: impl Fn(usize) -> Option<Choice>,
    ) -> bool {
        let all = self.first..self.first + self.choices.len();
        let given = |choice: &dyn Fn(usize) -> Option<Choice>, at: usize, default: Choice| {
            choice(self.first + at).unwrap_or(default)
        };
        let was: Vec<Choice> =
            self.choices.iter().enumerate().map(|(at, default)| given(&before, at, *default)).collect();
        let is: Vec<Choice> = was.iter().enumerate().map(|(at, default)| given(&now, at, *default)).collect();
        debug_assert_eq!(all.len(), is.len());
        let is_text = self.name == "body";
        let (old, new) = (compose(&self.parts, &was, is_text), compose(&self.parts, &is, is_text));
        let merged = if is_text { merge::lines(&old, typed, &new) } else { merge::whole(&old, typed, &new) };
        if merge::has_conflicts(&merged) {
            typed.clone_into(&mut self.result);
            self.choices = was;
            return false;
        }
        self.result = compose(&merged, &[], is_text);
        self.choices = is;
        true
    }
}

fn compose(parts: &[Part], choices: &[Choice], is_text: bool) -> String {
    let mut choices = choices.iter();
    let mut whole = String::new();
    for part in parts {
        match part {
            Part::Agreed(text) => whole.push_str(text),
            Part::Conflict { mine, theirs, .. } => match choices.next().unwrap_or(&Choice::Both) {
                Choice::Mine => whole.push_str(mine),
                Choice::Theirs => whole.push_str(theirs),
                Choice::Both => whole.push_str(&both(mine, theirs, is_text, parts.len() == 1)),
            },
        }
    }
    if is_text { merge::trim(&whole) } else { whole }
}

fn both(mine: &str, theirs: &str, is_text: bool, is_all: bool) -> String {
    if mine.trim().is_empty() || theirs.trim().is_empty() {
        return format!("{mine}{theirs}");
    }
    if !is_text {
        return format!("{mine} / {theirs}");
    }
    let apart = is_all || mine.ends_with("\n\n") || theirs.ends_with("\n\n");
    format!("{}{}{theirs}", mine.trim_end_matches('\n'), if apart { "\n\n" } else { "\n" })
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "One.\n\nTwo.\n\nThree.";

    fn body() -> MergedField {
        MergedField::of("body", "Text", 3, [BASE, "One.\n\nMine.\n\nThree.", "One.\n\nTheirs.\n\nThree."])
    }

    #[test]
    fn of_a_text_both_are_taken_until_somebody_chooses() {
        let mut field = body();
        assert_eq!(field.result, "One.\n\nMine.\n\nTheirs.\n\nThree.");
        let typed = field.result.clone();
        assert!(field.settle(&typed, |_| Some(Choice::Both), |n| (n == 3).then_some(Choice::Theirs)));
        assert_eq!(field.result, "One.\n\nTheirs.\n\nThree.");
    }

    #[test]
    fn a_choice_does_not_undo_what_was_typed_elsewhere() {
        let mut field = body();
        assert!(field.settle(
            "One and a half.\n\nMine.\n\nTheirs.\n\nThree.",
            |_| Some(Choice::Both),
            |_| Some(Choice::Mine)
        ));
        assert_eq!(field.result, "One and a half.\n\nMine.\n\nThree.");
    }

    #[test]
    fn what_was_typed_is_never_overruled() {
        let mut field = body();
        let typed = "One.\n\nMine, mended.\n\nThree.";
        assert!(!field.settle(typed, |_| Some(Choice::Mine), |_| Some(Choice::Theirs)));
        assert_eq!(field.result, typed);
    }

    #[test]
    fn of_two_headlines_mine_is_taken() {
        let mut field = MergedField::of("title", "Title", 0, ["Old", "Mine", "Theirs"]);
        assert_eq!(field.result, "Mine");
        assert!(field.settle("Mine", |_| None, |_| Some(Choice::Both)));
        assert_eq!(field.result, "Mine / Theirs");
    }
}
