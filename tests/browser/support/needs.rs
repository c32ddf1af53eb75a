//! What the stories need that is no part of the project.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Set to `required` where a story that cannot be told is a failure.
const POLICY: &str = "ONRECORD_BROWSER_TESTS";

/// Where axe-core is, if it is not in [`AXE`].
const AXE_ELSEWHERE: &str = "ONRECORD_AXE";

/// Where `npm install --prefix target/browser axe-core` puts it.
const AXE: &str = "target/browser/node_modules/axe-core/axe.min.js";

/// Chromium and chromedriver.
#[derive(Clone)]
pub struct Programs {
    pub chromium: PathBuf,
    pub chromedriver: PathBuf,
}

/// The browser and its driver, where both are installed.
pub fn programs() -> Option<Programs> {
    let chromium =
        ["chromium", "chromium-browser", "google-chrome", "chrome"].into_iter().find_map(on_the_path);
    let chromedriver = on_the_path("chromedriver");
    match (chromium, chromedriver) {
        (Some(chromium), Some(chromedriver)) => Some(Programs { chromium, chromedriver }),
        (chromium, _) => {
            let missing = if chromium.is_none() { "Chromium" } else { "chromedriver" };
            missing_is(missing, "On Debian: apt-get install chromium chromium-driver")
        }
    }
}

/// The source of axe-core, where it is installed.
pub fn axe() -> Option<String> {
    let place = env::var_os(AXE_ELSEWHERE)
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join(AXE), PathBuf::from);
    fs::read_to_string(&place).ok().or_else(|| {
        missing_is("axe-core", "In the project's folder: npm install --prefix target/browser axe-core")
    })
}

/// Says what is missing and how to get it. A failure only where somebody has said so.
fn missing_is<T>(what: &str, how: &str) -> Option<T> {
    let required = env::var(POLICY).is_ok_and(|policy| policy == "required");
    assert!(!required, "{what} is not installed, and {POLICY}=required. {how}");
    let story = std::thread::current().name().unwrap_or("a story").to_owned();
    // Past the harness, which shows only what failing tests print.
    let _ = writeln!(io::stderr(), "{story} is NOT TOLD: {what} is not installed. {how}");
    None
}

fn on_the_path(name: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(name)).find(|file| file.is_file())
}
