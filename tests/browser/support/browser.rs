//! A browser for each story, all from one chromedriver.

use std::future::Future;
use std::ops::Deref;
use std::panic::resume_unwind;
use std::process::Command;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use fantoccini::error::CmdError;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::leash::Leash;
use super::needs::{self, Programs};

/// How long a page may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// Whether pages may run script.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Script {
    Runs,
    IsOff,
}

/// Tells a story in a browser of its own. Without a browser it says so, and returns.
pub fn tell<S, F>(script: Script, story: S)
where
    S: FnOnce(Browser) -> F,
    F: Future<Output = ()> + Send + 'static,
{
    let Some(driver) = driver() else { return };
    let profile = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let browser = Browser::open(driver, script, &profile).await;
        // In a task, so that the browser is closed after a story that failed, too.
        let told = tokio::spawn(story(browser.clone())).await;
        let _ = browser.client.close().await;
        if let Err(failed) = told {
            resume_unwind(failed.into_panic());
        }
    });
}

/// Two tests of one story that is told by keyboard alone: with script and without.
macro_rules! told_both_ways {
    ($name:ident, $story:ident) => {
        mod $name {
            use $crate::support::browser::{Script, tell};

            #[test]
            fn by_keyboard() {
                tell(Script::Runs, super::$story);
            }

            #[test]
            fn without_script() {
                tell(Script::IsOff, super::$story);
            }
        }
    };
}
pub(crate) use told_both_ways;

/// A browser with one window.
#[derive(Clone)]
pub struct Browser {
    client: Client,
    /// The address of its session at the driver.
    session: Arc<str>,
}

/// Everything that WebDriver can do.
impl Deref for Browser {
    type Target = Client;
    fn deref(&self) -> &Client {
        &self.client
    }
}

impl Browser {
    async fn open(driver: &Driver, script: Script, profile: &TempDir) -> Self {
        let mut args = vec![
            format!("--user-data-dir={}", profile.path().display()),
            "--window-size=1280,900".to_owned(),
        ];
        let plain = "headless disable-gpu disable-quic disable-dev-shm-usage disable-background-networking \
                     disable-component-update disable-sync no-first-run no-default-browser-check";
        args.extend(plain.split(' ').map(|arg| format!("--{arg}")));
        if nix::unistd::Uid::effective().is_root() {
            // Chromium's own sandbox refuses to run as root.
            args.push("--no-sandbox".to_owned());
        }
        if script == Script::IsOff {
            args.push("--blink-settings=scriptEnabled=false".to_owned());
        }
        let wanted = json!({ "goog:chromeOptions": { "binary": driver.programs.chromium, "args": args } });
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(wanted.as_object().unwrap().clone())
            .connect(&driver.address)
            .await
            .unwrap();
        let id = client.session_id().await.unwrap().unwrap();
        Self { client, session: format!("{}/session/{id}", driver.address).into() }
    }

    /// Whether the page has such an element.
    pub async fn has(&self, selector: &str) -> bool {
        !self.find_all(Locator::Css(selector)).await.unwrap().is_empty()
    }

    /// The text of the first such element, as somebody sees it.
    pub async fn text(&self, selector: &str) -> String {
        match self.find(Locator::Css(selector)).await {
            Ok(element) => element.text().await.unwrap(),
            Err(_) => panic!("{} has no {selector}", self.current_url().await.unwrap()),
        }
    }

    /// What a field holds now.
    pub async fn value(&self, selector: &str) -> String {
        let field = self.find(Locator::Css(selector)).await;
        let field = field.unwrap_or_else(|_| panic!("there is no {selector}"));
        field.prop("value").await.unwrap().unwrap_or_default()
    }

    /// Waits until a part of the page says something.
    pub async fn says(&self, selector: &str, words: &str) {
        let begun = Instant::now();
        while !self.text(selector).await.contains(words) {
            let said = self.text(selector).await;
            assert!(begun.elapsed() < PATIENCE, "{selector} does not say {words:?} but {said:?}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Types into a field, after what is in it.
    pub async fn type_into(&self, selector: &str, text: &str) {
        let field = self.find(Locator::Css(selector)).await;
        field.unwrap_or_else(|_| panic!("there is no {selector}")).send_keys(text).await.unwrap();
    }

    /// Types over what is in a field.
    pub async fn type_over(&self, selector: &str, text: &str) {
        self.find(Locator::Css(selector)).await.unwrap().clear().await.unwrap();
        self.type_into(selector, text).await;
    }

    /// Clicks what leads to no other page.
    pub async fn click(&self, selector: &str) {
        let found = self.find(Locator::Css(selector)).await;
        found.unwrap_or_else(|_| panic!("there is no {selector}")).click().await.unwrap();
    }

    /// The path of the page.
    pub async fn path(&self) -> String {
        self.current_url().await.unwrap().path().to_owned()
    }

    /// Clicks a link or a button, and waits for the page that it leads to.
    pub async fn follow(&self, selector: &str) {
        let link = self.find(Locator::Css(selector)).await;
        let link = link.unwrap_or_else(|_| panic!("there is no {selector}"));
        self.next_page(async || link.click().await).await;
    }

    /// Does what leads to another page, and waits for that.
    pub async fn next_page(&self, act: impl AsyncFnOnce() -> Result<(), CmdError>) {
        let before = self.find(Locator::Css("html")).await.unwrap().element_id();
        act().await.unwrap();
        let begun = Instant::now();
        loop {
            // The root of another document is another element.
            if let Ok(root) = self.find(Locator::Css("html")).await
                && root.element_id() != before
                && self.find(Locator::Css("body")).await.is_ok()
            {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "no page came after {}", self.current_url().await.unwrap());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Sends a form to an address of the same site, as a page of it would, and waits for the answer.
    pub async fn post(&self, address: &str, fields: &[(&str, &str)]) {
        const SEND: &str = "const [address, fields] = arguments;
            const form = document.createElement('form');
            form.method = 'post';
            form.action = address;
            for (const [name, value] of fields) {
              const field = document.createElement('textarea');
              field.name = name;
              field.value = value;
              form.append(field);
            }
            document.body.append(form);
            form.submit();";
        let args = vec![json!(address), json!(fields)];
        self.next_page(async || self.execute(SEND, args).await.map(drop)).await;
    }

    /// A command of the DevTools protocol, which can do what WebDriver cannot.
    pub fn devtools(&self, command: &str, params: Value) -> Value {
        let body = json!({ "cmd": command, "params": params }).to_string();
        let answer = ureq::post(format!("{}/goog/cdp/execute", self.session))
            .content_type("application/json")
            .send(body)
            .unwrap_or_else(|error| panic!("{command}: {error}"));
        let answer = answer.into_body().read_to_string().unwrap();
        serde_json::from_str::<Value>(&answer).unwrap()["value"].take()
    }
}

struct Driver {
    address: String,
    programs: Programs,
}

/// The one driver of the run, started with the first story.
fn driver() -> Option<&'static Driver> {
    static DRIVER: OnceLock<Driver> = OnceLock::new();
    let programs = needs::programs()?;
    Some(DRIVER.get_or_init(|| {
        let (program, port) = Leash::start(Command::new(&programs.chromedriver).arg("--port=0"), |line| {
            let port = line.strip_prefix("ChromeDriver was started successfully on port ")?;
            port.trim_end_matches('.').parse::<u16>().ok()
        });
        // Nobody lets it go but the end of this process.
        std::mem::forget(program);
        Driver { address: format!("http://127.0.0.1:{port}"), programs }
    }))
}
