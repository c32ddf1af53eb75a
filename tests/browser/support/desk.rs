//! Work on the desk that is no part of a story: sent as forms, without a browser.

use scraper::{Html, Selector};
use ureq::http::Response;
use ureq::{Agent, Body};

use super::site::Site;

pub const EMAIL: &str = "administrator@example.org";
pub const PASSWORD: &str = "five small boats at sea";

/// Names and standing pages, as the form of the set-up takes them.
pub const NAMES: [(&str, &str); 12] = [
    ("en.name", "Harbour Rights Group"),
    ("en.short_name", "Harbour"),
    ("zh-hans.name", "海港权利组织"),
    ("zh-hans.short_name", "海港"),
    ("zh-hant.name", "海港權利組織"),
    ("zh-hant.short_name", "海港"),
    ("en.about", "Who we are, and *why*.\n\n- One\n- Two"),
    ("zh-hans.about", "我们是谁。"),
    ("zh-hant.about", "我們是誰。"),
    ("en.contact", "Write to us."),
    ("zh-hans.contact", "请写信给我们。"),
    ("zh-hant.contact", "請寫信給我們。"),
];

/// The words of a text.
#[derive(Clone, Copy, Default)]
pub struct Words<'a> {
    pub title: &'a str,
    pub summary: &'a str,
    pub body: &'a str,
    pub sign_off: &'a str,
}

/// The facts of a statement.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    pub number: &'a str,
    pub kind: &'a str,
    pub issued_on: &'a str,
    /// Parts of names of topics.
    pub topics: &'a [&'a str],
}

/// Somebody who is signed in.
pub struct Desk<'a> {
    site: &'a Site,
    agent: Agent,
    cookie: String,
}

impl<'a> Desk<'a> {
    /// Sets the site up, as its first administrator.
    pub fn set_up(site: &'a Site) -> Self {
        let mut desk = Self::at_the_door(site);
        let person = [
            ("person", "Administrator"),
            ("email", EMAIL),
            ("password", PASSWORD),
            ("password_again", PASSWORD),
        ];
        let path = site.set_up.strip_prefix(&site.base).unwrap();
        let answer = desk.send(path, person.into_iter().chain(NAMES));
        desk.come_in(&answer);
        desk
    }

    /// Invites somebody, who comes in.
    pub fn invite(&self, name: &str, email: &str, role: &str) -> Self {
        let page = self.ask("/admin/people", [("person", name), ("email", email), ("role", role)]);
        let link = value(&page, "#link");
        let mut desk = Self::at_the_door(self.site);
        let answer = desk.send(
            link.strip_prefix(&self.site.base).unwrap(),
            [("password", PASSWORD), ("password_again", PASSWORD)],
        );
        desk.come_in(&answer);
        desk
    }

    fn at_the_door(site: &'a Site) -> Self {
        let agent = Agent::config_builder().max_redirects(0).http_status_as_error(false).build().new_agent();
        Self { site, agent, cookie: String::new() }
    }

    /// Takes the cookies of an answer: the sign-in's, and that of a device that is known from now on.
    fn come_in(&mut self, answer: &Response<Body>) {
        let cookies = answer.headers().get_all("set-cookie").iter();
        let cookies = cookies.map(|cookie| cookie.to_str().unwrap().split(';').next().unwrap().to_owned());
        self.cookie = cookies.collect::<Vec<_>>().join("; ");
    }

    /// Saves a new statement in one language; gives the path of its text on the desk.
    pub fn begin(&self, locale: &str, facts: Facts<'_>, words: Words<'_>) -> String {
        let editor = self.read("/admin/statements/new");
        let token = value(&editor, "#editor [name=edit_token]");
        let find = |name: &&str| value(&editor, &format!("[data-words*='{name}'] input"));
        let topics: Vec<String> = facts.topics.iter().map(find).collect();
        let fields = form(locale, facts, words)
            .into_iter()
            .chain([("edit_token", token.as_str())])
            .chain(topics.iter().map(|id| ("topics", id.as_str())));
        self.go("/admin/statements", fields)
    }

    /// Saves a text of a statement that has one in another language, or this text once more.
    pub fn save(&self, text: &str, locale: &str, facts: Facts<'_>, words: Words<'_>) -> String {
        let editor = self.read(text);
        let based_on = value(&editor, "#editor [name=based_on]");
        let token = value(&editor, "#editor [name=edit_token]");
        let topics: Vec<String> = values(&editor, "#editor [name=topics][checked]");
        let fields = form(locale, facts, words)
            .into_iter()
            .chain([("based_on", based_on.as_str()), ("edit_token", token.as_str())])
            .chain(topics.iter().map(|id| ("topics", id.as_str())));
        self.go(text, fields)
    }

    /// Publishes what was saved last.
    pub fn publish(&self, text: &str, change: Option<(&str, &str)>) {
        let path = format!("{text}/publication");
        let revision = value(&self.read(&path), "[name=revision]");
        let change = change.map(|(kind, note)| [("change_kind", kind), ("change_note", note)]);
        self.go(&path, [("revision", revision.as_str())].into_iter().chain(change.into_iter().flatten()));
    }

    /// Moves a text on its way out, as it was saved last: "submission", "approval", "changes", "schedule".
    pub fn decide(&self, text: &str, act: &str, fields: &[(&str, &str)]) {
        let revision = value(&self.read(&format!("{text}/review")), "main [name=revision]");
        self.go(&format!("{text}/{act}"), fields.iter().copied().chain([("revision", revision.as_str())]));
    }

    /// What the first such field of a page holds.
    pub fn value(&self, path: &str, selector: &str) -> String {
        value(&self.read(path), selector)
    }

    /// What a text says in one of its fields, as it was saved last.
    pub fn says(&self, text: &str, field: &str) -> String {
        let (page, field) = (self.read(text), Selector::parse(field).unwrap());
        page.select(&field).next().unwrap().text().collect::<String>().trim().to_owned()
    }

    /// Makes a link by which somebody outside reads what was saved last.
    pub fn show_outside(&self, text: &str, label: &str) -> String {
        let path = format!("{text}/preview-links");
        let revision = self.value(&path, "main [name=revision]");
        value(
            &self.ask(&path, [("revision", revision.as_str()), ("life", "week"), ("label", label)]),
            "#link",
        )
    }

    /// Sends a form that is answered with a page.
    fn ask<'b>(&self, path: &str, fields: impl IntoIterator<Item = (&'b str, &'b str)>) -> Html {
        let answer = self.post(path, fields);
        assert_eq!(answer.status(), 200, "{path}");
        Html::parse_document(&answer.into_body().read_to_string().unwrap())
    }

    /// Sends a form that leads on; gives the path it leads to.
    pub fn go<'b>(&self, path: &str, fields: impl IntoIterator<Item = (&'b str, &'b str)>) -> String {
        self.send(path, fields).headers()["location"].to_str().unwrap().to_owned()
    }

    fn send<'b>(&self, path: &str, fields: impl IntoIterator<Item = (&'b str, &'b str)>) -> Response<Body> {
        let answer = self.post(path, fields);
        if answer.status().as_u16() != 303 {
            let status = answer.status();
            let page = Html::parse_document(&answer.into_body().read_to_string().unwrap());
            let said = Selector::parse("h1, .problems li, .problem, .note").unwrap();
            let said: Vec<String> = page.select(&said).map(|said| said.text().collect()).collect();
            panic!("{path} answered {status}: {}", said.join(" · "));
        }
        answer
    }

    fn post<'b>(&self, path: &str, fields: impl IntoIterator<Item = (&'b str, &'b str)>) -> Response<Body> {
        let request = self.agent.post(self.site.at(path)).header("origin", &self.site.base);
        request.header("cookie", &self.cookie).send_form(fields).unwrap()
    }

    fn read(&self, path: &str) -> Html {
        let answer = self.agent.get(self.site.at(path)).header("cookie", &self.cookie).call().unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        Html::parse_document(&answer.into_body().read_to_string().unwrap())
    }
}

/// The path of a statement's text in another language on the desk.
pub fn in_language(text: &str, locale: &str) -> String {
    format!("{}/{locale}", text.rsplit_once('/').unwrap().0)
}

fn form<'b>(locale: &'b str, facts: Facts<'b>, words: Words<'b>) -> [(&'b str, &'b str); 8] {
    [
        ("locale", locale),
        ("number", facts.number),
        ("kind", facts.kind),
        ("issued_on", facts.issued_on),
        ("title", words.title),
        ("summary", words.summary),
        ("body", words.body),
        ("sign_off", words.sign_off),
    ]
}

fn value(page: &Html, selector: &str) -> String {
    values(page, selector).into_iter().next().unwrap_or_else(|| panic!("no {selector} in {}", page.html()))
}

fn values(page: &Html, selector: &str) -> Vec<String> {
    let selector = Selector::parse(selector).unwrap();
    page.select(&selector).map(|field| field.value().attr("value").unwrap_or_default().to_owned()).collect()
}
