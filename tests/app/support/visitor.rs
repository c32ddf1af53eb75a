//! Somebody with a browser: keeps cookies, says where a request comes from, reads the answer.

use std::collections::BTreeMap;

use actix_web::cookie::Cookie;
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderMap};
use actix_web::test::TestRequest;
use actix_web::web::Bytes;

use super::app::TestApp;
use super::cast::PASSWORD;
use super::form::Form;
use super::page::Page;

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    pub path: String,
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    /// A header; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn location(&self) -> &str {
        self.header("location")
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    #[track_caller]
    pub fn html(&self) -> Page {
        let content_type = self.header("content-type");
        assert!(content_type.starts_with("text/html"), "{}: {content_type:?} is no page", self.path);
        Page::read(self.text())
    }

    /// The same answer, once it is what was expected.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}: {}", self.path, self.gist());
        self
    }

    /// What it says, for a failure to be understood.
    pub fn gist(&self) -> String {
        let is_page = self.header("content-type").starts_with("text/html");
        let said = if is_page { self.html().texts("main").join(" ") } else { self.text().to_owned() };
        said.chars().take(600).collect()
    }
}

/// Stands in a form that a test makes by hand for the token that the desk would give with its page.
pub const MINE: &str = "mine";

pub struct Visitor<'a> {
    app: &'a TestApp,
    pub cookies: BTreeMap<String, String>,
    who: String,
    headers: Vec<(&'static str, String)>,
}

impl<'a> Visitor<'a> {
    pub fn new(app: &'a TestApp) -> Self {
        let headers = vec![("sec-fetch-site", "same-origin".to_owned())];
        Self { app, cookies: BTreeMap::new(), who: String::new(), headers }
    }

    /// The same visitor with this header on every request; an empty value takes it away.
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.retain(|(known, _)| *known != name);
        if !value.is_empty() {
            self.headers.push((name, value.to_owned()));
        }
        self
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, None).await
    }

    pub async fn head(&mut self, path: &str) -> Answer {
        self.send(Method::HEAD, path, None).await
    }

    /// The page at a path, which has to be there.
    pub async fn page(&mut self, path: &str) -> Page {
        self.get(path).await.expect(200).html()
    }

    /// Sends a form. An edit token called [`MINE`] becomes one that the desk gives this visitor.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut fields: Vec<(&str, String)> = fields.iter().map(|(n, v)| (*n, (*v).to_owned())).collect();
        for (_, token) in fields.iter_mut().filter(|(n, v)| *n == "edit_token" && v == MINE) {
            if !self.who.is_empty() {
                *token = self.app.edit_token(&self.who, path).await;
            }
        }
        let body = serde_urlencoded::to_string(fields).unwrap();
        self.send(Method::POST, path, Some(("application/x-www-form-urlencoded", body.into()))).await
    }

    /// Uploads a file as a browser would.
    pub async fn upload(&mut self, path: &str, name: &str, content: &[u8]) -> Answer {
        let part = |name: &str, content: &[u8]| {
            let about = format!(
                "--wall\r\nContent-Disposition: form-data; {name}\r\nContent-Type: text/html\r\n\r\n"
            );
            [about.as_bytes(), content, b"\r\n"].concat()
        };
        let body = [part(&format!("name=\"file\"; filename=\"{name}\""), content), b"--wall--\r\n".to_vec()];
        self.send(Method::POST, path, Some(("multipart/form-data; boundary=wall", body.concat().into())))
            .await
    }

    /// Sends a form as a browser would.
    pub async fn submit(&mut self, form: &Form) -> Answer {
        let fields: Vec<(&str, &str)> = form.fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        self.post(&form.action, &fields).await
    }

    /// Where an answer sends the browser on to.
    pub async fn follow(&mut self, answer: &Answer) -> Answer {
        assert_eq!(answer.status, 303, "{} does not lead on: {}", answer.path, answer.gist());
        self.get(answer.location()).await
    }

    /// Any request, with a body of any type.
    pub async fn send(&mut self, method: Method, path: &str, body: Option<(&str, Bytes)>) -> Answer {
        let mut request =
            TestRequest::with_uri(path).method(method).peer_addr(([127, 0, 0, 1], 40_000).into());
        for (name, value) in &self.headers {
            request = request.insert_header((*name, value.as_str()));
        }
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            request = request.insert_header((header::COOKIE, cookies.join("; ")));
        }
        if let Some((content_type, body)) = body {
            request = request.insert_header((header::CONTENT_TYPE, content_type)).set_payload(body);
        }
        let answer = self.app.serve(request).await;
        for set in answer.headers.get_all(header::SET_COOKIE) {
            let cookie = Cookie::parse(set.to_str().unwrap().to_owned()).unwrap();
            if cookie.max_age().is_some_and(|age| age.is_zero()) {
                self.cookies.remove(cookie.name());
            } else {
                self.cookies.insert(cookie.name().to_owned(), cookie.value().to_owned());
            }
        }
        answer
    }

    /// Signs in through the door as one of the cast: `publisher`.
    pub async fn sign_in_as(&mut self, name: &str) -> Answer {
        let email = format!("{name}@example.org");
        let form = self.page("/admin/sign-in").await.form("form[action='/admin/sign-in']");
        let answer = self.submit(&form.with("email", &email).with("password", PASSWORD)).await;
        assert!(answer.status == 303, "{name} is not let in: {}", answer.gist());
        name.clone_into(&mut self.who);
        answer
    }
}
