//! What can be seen by a program of what a page does to people: axe-core, and pages that stay as wide as
//! the screen.

use std::path::PathBuf;
use std::{env, fs};

use data_encoding::BASE64;
use serde_json::{Value, json};

use super::browser::Browser;
use super::{needs, routes};

/// WCAG 2.2, levels A and AA, and what axe's makers hold to be good besides.
const RULES: &str = "const done = arguments[arguments.length - 1];
    axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      rules: { 'target-size': { enabled: true } },
      resultTypes: ['violations'],
    }).then(found => done(found.violations.map(rule =>
      `${rule.id}: ${rule.help}\\n` + rule.nodes.slice(0, 5).map(node =>
        `      ${node.target.join(' ')}: ${node.failureSummary.replace(/\\s+/g, ' ')}`).join('\\n'))),
      error => done([`axe failed: ${error}`]));";

/// What sticks out sideways where nothing around it scrolls (WCAG 2.2, 1.4.10).
const STICKS_OUT: &str = "const page = document.scrollingElement, most = page.clientWidth;
    if (page.scrollWidth <= most) return [];
    const scrolls = e => e && e !== page && (getComputedStyle(e).overflowX !== 'visible' || scrolls(e.parentElement));
    return ['the page is ' + page.scrollWidth + ' px wide']
      .concat([...document.body.querySelectorAll('*')]
        .filter(e => e.getBoundingClientRect().right > most + 1 && !scrolls(e.parentElement))
        .slice(0, 5).map(e => e.outerHTML.slice(0, 100)));";

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    Light,
    Dark,
}

/// In English: both schemes on a telephone and on a desk. In other languages: one view. The rules are asked
/// in the first two, which are each scheme and each width once; no colour here depends on the width.
const VIEWS: [(Scheme, u32); 4] =
    [(Scheme::Light, 320), (Scheme::Dark, 1280), (Scheme::Light, 1280), (Scheme::Dark, 320)];

/// How many of them say everything: the other two are looked at where pictures are wanted.
const TELLING: usize = 2;

/// Looks at pages, and remembers what is wrong with them.
pub struct Inspector {
    browser: Browser,
    axe: String,
    shots: Option<PathBuf>,
    runs: usize,
    found: Vec<String>,
    /// The paths of the pages that were looked at.
    paths: Vec<String>,
}

impl Inspector {
    /// With axe-core, where that is installed.
    pub async fn new(browser: &Browser) -> Option<Self> {
        let shots = env::var_os("ONRECORD_SHOTS").map(PathBuf::from);
        if let Some(folder) = &shots {
            fs::create_dir_all(folder).unwrap();
        }
        let axe = needs::axe()?;
        let mut inspector =
            Self { browser: browser.clone(), axe, shots, runs: 0, found: Vec::new(), paths: Vec::new() };
        inspector.try_out().await;
        Some(inspector)
    }

    /// Whoever finds nothing has to show that they can find something.
    async fn try_out(&mut self) {
        let bad = "data:text/html,<title>Bad</title><main style='width: 3000px; color: %23ccc'><h1>Bad</h1><img src=x></main>";
        self.browser.goto(bad).await.unwrap();
        self.look_once("bad").await;
        for fault in ["image-alt", "color-contrast", "html-has-lang", "the page is 3"] {
            assert!(
                self.found.iter().any(|found| found.contains(fault)),
                "{fault} was not seen: {:?}",
                self.found
            );
        }
        (self.runs, self.found, self.paths) = (0, Vec::new(), Vec::new());
    }

    /// Goes to an address, and looks at its page in every view.
    pub async fn open(&mut self, address: &str, name: &str) {
        self.browser.goto(address).await.unwrap();
        self.look(name).await;
    }

    /// Sends a form from the page that the browser shows, and looks at what is answered.
    pub async fn send(&mut self, address: &str, fields: &[(&str, &str)], name: &str) {
        self.browser.post(address, fields).await;
        self.look(name).await;
    }

    /// Looks at the page that the browser shows, in every view.
    pub async fn look(&mut self, name: &str) {
        self.look_in(name, if self.shots.is_some() { &VIEWS } else { &VIEWS[..TELLING] }).await;
        if self.shots.is_some() {
            self.show(Scheme::Light, 768).await;
            self.shoot(&format!("{name}, Light, 768 px")).await;
        }
        // Whoever goes on does so at a desk.
        self.show(Scheme::Light, 1280).await;
    }

    /// Looks at the page that the browser shows, in one view.
    pub async fn look_once(&mut self, name: &str) {
        self.look_in(name, &VIEWS[..1]).await;
    }

    async fn look_in(&mut self, name: &str, views: &[(Scheme, u32)]) {
        self.paths.push(self.browser.path().await);
        self.browser.execute(&self.axe, Vec::new()).await.unwrap();
        for (at, (scheme, width)) in views.iter().enumerate() {
            self.show(*scheme, *width).await;
            let mut found = Vec::new();
            if at < TELLING {
                found = self.strings(self.browser.execute_async(RULES, Vec::new()).await.unwrap());
                self.runs += 1;
            }
            found.extend(self.sticks_out().await);
            // Text at twice its size (1.4.4), on the screen of a desk.
            if *width == 1280 {
                self.text_size("200%").await;
                found.extend(self.sticks_out().await.into_iter().map(|what| format!("at 200 %: {what}")));
                self.text_size("").await;
            }
            let view = format!("{name}, {scheme:?}, {width} px");
            self.found.extend(found.into_iter().map(|what| format!("{view}\n    {what}")));
            self.shoot(&view).await;
        }
    }

    /// Fails with all that was found, or with the addresses of which no page was looked at.
    pub fn judge(self, routes: &[&str]) {
        println!("{} runs of axe-core", self.runs);
        assert!(self.runs > 0, "nothing was looked at");
        let seen: Vec<_> = self.paths.iter().filter_map(|path| routes::of(path)).collect();
        for route in routes {
            assert!(seen.iter().any(|seen| seen == route), "nothing was looked at of {route}");
        }
        assert!(self.found.is_empty(), "{} things found:\n  {}\n", self.found.len(), self.found.join("\n  "));
    }

    async fn show(&self, scheme: Scheme, width: u32) {
        let (name, query) = match scheme {
            Scheme::Light => ("light", "(prefers-color-scheme: light)"),
            Scheme::Dark => ("dark", "(prefers-color-scheme: dark)"),
        };
        self.browser.devtools(
            "Emulation.setEmulatedMedia",
            json!({ "features": [{ "name": "prefers-color-scheme", "value": name }] }),
        );
        self.browser.devtools(
            "Emulation.setDeviceMetricsOverride",
            json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false }),
        );
        let script = "return [innerWidth, matchMedia(arguments[0]).matches]";
        let is = self.browser.execute(script, vec![json!(query)]).await.unwrap();
        assert_eq!(is, json!([width, true]), "the view could not be set");
    }

    async fn sticks_out(&self) -> Vec<String> {
        self.strings(self.browser.execute(STICKS_OUT, Vec::new()).await.unwrap())
    }

    async fn text_size(&self, size: &str) {
        let script = "document.documentElement.style.fontSize = arguments[0]";
        self.browser.execute(script, vec![json!(size)]).await.unwrap();
    }

    fn strings(&self, list: Value) -> Vec<String> {
        serde_json::from_value(list).unwrap()
    }

    /// Leaves a picture of the page from its top, where pictures are wanted.
    async fn shoot(&self, view: &str) {
        let Some(folder) = &self.shots else { return };
        let size = "return [innerWidth, Math.min(document.documentElement.scrollHeight, 2000)]";
        let size = self.browser.execute(size, Vec::new()).await.unwrap();
        let clip = json!({ "x": 0, "y": 0, "width": size[0], "height": size[1], "scale": 1 });
        let how = json!({ "captureBeyondViewport": true, "clip": clip });
        let shot = self.browser.devtools("Page.captureScreenshot", how);
        let picture = BASE64.decode(shot["data"].as_str().unwrap().as_bytes()).unwrap();
        let name: String =
            view.chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { '_' }).collect();
        fs::write(folder.join(format!("{name}.png")), picture).unwrap();
    }
}
