//! A form as a browser would send it.

use scraper::{ElementRef, Selector};

#[derive(Clone, Debug)]
pub struct Form {
    pub action: String,
    pub fields: Vec<(String, String)>,
}

impl Form {
    /// What is in the form, without a button.
    pub fn read(form: ElementRef<'_>) -> Self {
        let controls = Selector::parse("input, select, textarea").unwrap();
        let fields = form
            .select(&controls)
            .filter_map(|control| Some((control.attr("name")?.to_owned(), value(control)?)))
            .collect();
        Self { action: form.attr("action").unwrap_or_default().to_owned(), fields }
    }

    /// With another value in a field, or with a button pressed.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        match self.fields.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => value.clone_into(old),
            None => self.fields.push((name.to_owned(), value.to_owned())),
        }
        self
    }

    /// With one more value of a field: a box ticked.
    pub fn and(mut self, name: &str, value: &str) -> Self {
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The first value of a field.
    #[track_caller]
    pub fn value(&self, name: &str) -> &str {
        let found = self.fields.iter().find(|(known, _)| known == name);
        found.map_or_else(|| panic!("the form has no {name}: {:?}", self.fields), |(_, value)| value)
    }

    pub fn values(&self, name: &str) -> Vec<&str> {
        self.fields.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str()).collect()
    }
}

fn value(control: ElementRef<'_>) -> Option<String> {
    match control.value().name() {
        "textarea" => Some(control.text().collect()),
        "select" => {
            let options = Selector::parse("option").unwrap();
            let chosen = control.select(&options).find(|option| option.attr("selected").is_some());
            let chosen = chosen.or_else(|| control.select(&options).next())?;
            Some(chosen.attr("value").map_or_else(|| chosen.text().collect(), str::to_owned))
        }
        _ if matches!(control.attr("type"), Some("checkbox" | "radio"))
            && control.attr("checked").is_none() =>
        {
            None
        }
        _ => Some(control.attr("value").unwrap_or_default().to_owned()),
    }
}
