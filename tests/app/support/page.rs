//! A page as it is read: by roles and selectors, never as a whole.

use scraper::{ElementRef, Html, Selector};

use super::form::Form;

pub struct Page(Html);

impl Page {
    pub fn read(html: &str) -> Self {
        Self(Html::parse_document(html))
    }

    /// Everything that fits, in the order of the page.
    pub fn all(&self, selector: &str) -> Vec<ElementRef<'_>> {
        self.0.select(&Selector::parse(selector).unwrap()).collect()
    }

    /// The only thing that fits.
    #[track_caller]
    pub fn one(&self, selector: &str) -> ElementRef<'_> {
        let all = self.all(selector);
        assert_eq!(all.len(), 1, "{} times {selector} in {}", all.len(), self.0.html());
        all[0]
    }

    pub fn has(&self, selector: &str) -> bool {
        !self.all(selector).is_empty()
    }

    /// What the only thing that fits says.
    #[track_caller]
    pub fn text(&self, selector: &str) -> String {
        words(self.one(selector))
    }

    /// What everything that fits says.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        self.all(selector).into_iter().map(words).collect()
    }

    /// An attribute of the only thing that fits.
    #[track_caller]
    pub fn attr(&self, selector: &str, name: &str) -> String {
        self.one(selector).attr(name).unwrap_or_else(|| panic!("{selector} has no {name}")).to_owned()
    }

    /// An attribute of everything that fits and has it.
    pub fn attrs(&self, selector: &str, name: &str) -> Vec<String> {
        self.all(selector).into_iter().filter_map(|e| e.attr(name)).map(str::to_owned).collect()
    }

    #[track_caller]
    pub fn form(&self, selector: &str) -> Form {
        Form::read(self.one(selector))
    }

    /// What is said at a field that has to be mended, by what the field itself points at.
    #[track_caller]
    pub fn problem_at(&self, field: &str) -> String {
        let field = self.one(&format!("[name='{field}']"));
        assert_eq!(field.attr("aria-invalid"), Some("true"), "nothing is wrong with {field:?}");
        let described = field.attr("aria-describedby").unwrap();
        described
            .split(' ')
            .map(|id| self.one(&format!("[id='{id}']")))
            .find(|described| described.attr("class") == Some("problem"))
            .map(words)
            .unwrap_or_else(|| panic!("no problem among {described}"))
    }
}

/// The text of an element with its white space as readers see it.
pub fn words(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}
