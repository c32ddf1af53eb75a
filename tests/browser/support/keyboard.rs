//! A person without a mouse: nothing but keys, and eyes to see where the focus is.

use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::key::Key;
use serde_json::{Value, json};

use super::browser::Browser;

/// The most stops on the way to anything: without script each of a hundred topics is one.
const FAR: usize = 200;

/// What there is to see at the element that has the focus (WCAG 2.2, 2.4.7 and 2.4.11).
const LOOK: &str = "const [selector] = arguments;
    const at = document.activeElement;
    if (!at || at === document.body) return { name: 'the page itself', is_there: false, seen: true };
    const style = getComputedStyle(at);
    const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    const inside = (most, from, to) => [.1, .5, .9].map(part =>
      Math.max(from, 0) + (Math.min(to, most) - Math.max(from, 0)) * part);
    const shows = [...at.getClientRects()].some(box =>
      inside(innerWidth, box.left, box.right).some(x => inside(innerHeight, box.top, box.bottom).some(y => {
        const top = document.elementFromPoint(x, y);
        return top && (at.contains(top) || top.contains(at));
      })));
    return { name: at.outerHTML.slice(0, 120), is_there: at.matches(selector), seen: ring && shows, ring, shows };";

pub struct Keyboard<'a>(pub &'a Browser);

impl Keyboard<'_> {
    pub async fn press(&self, key: Key) {
        self.send(KeyActions::new("keyboard".to_owned()).then(down(key)).then(up(key))).await;
    }

    /// Types a text, a key a sign.
    pub async fn write(&self, text: &str) {
        let keys = text.chars().fold(KeyActions::new("keyboard".to_owned()), |keys, sign| {
            let value = if sign == '\n' { char::from(Key::Enter) } else { sign };
            keys.then(KeyAction::Down { value }).then(KeyAction::Up { value })
        });
        self.send(keys).await;
    }

    /// Goes on with Tab until this has the focus. Every stop on the way has to be seen.
    pub async fn go_to(&self, selector: &str) {
        self.walk(selector, false).await;
    }

    /// Goes back with Shift and Tab.
    pub async fn go_back_to(&self, selector: &str) {
        self.walk(selector, true).await;
    }

    /// Goes to a field and types over what is in it.
    pub async fn fill(&self, selector: &str, text: &str) {
        self.go_to(selector).await;
        let all = KeyActions::new("keyboard".to_owned()).then(down(Key::Control));
        let a = all.then(KeyAction::Down { value: 'a' }).then(KeyAction::Up { value: 'a' });
        self.send(a.then(up(Key::Control))).await;
        self.write(text).await;
    }

    /// Presses a key on what has the focus, and waits for the page that it leads to.
    pub async fn press_through(&self, key: Key) {
        self.0
            .next_page(async || {
                self.press(key).await;
                Ok(())
            })
            .await;
    }

    /// Goes to a link or a button, presses it, and waits for the page that it leads to.
    pub async fn follow(&self, selector: &str) {
        self.go_to(selector).await;
        self.press_through(Key::Enter).await;
    }

    /// The same for what stands above.
    pub async fn follow_back(&self, selector: &str) {
        self.go_back_to(selector).await;
        self.press_through(Key::Enter).await;
    }

    async fn walk(&self, selector: &str, back: bool) {
        let mut stops = Vec::new();
        for _ in 0..FAR {
            let keys = KeyActions::new("keyboard".to_owned());
            self.send(if back {
                keys.then(down(Key::Shift)).then(down(Key::Tab)).then(up(Key::Tab)).then(up(Key::Shift))
            } else {
                keys.then(down(Key::Tab)).then(up(Key::Tab))
            })
            .await;
            let seen: Value = self.0.execute(LOOK, vec![json!(selector)]).await.unwrap();
            let name = seen["name"].as_str().unwrap_or_default().to_owned();
            assert!(
                seen["seen"] == true,
                "{}: the focus cannot be seen on {name} (ring: {}, in view: {})",
                self.0.path().await,
                seen["ring"],
                seen["shows"]
            );
            if seen["is_there"] == true {
                return;
            }
            stops.push(name);
        }
        panic!("{}: {FAR} stops and no {selector}:\n  {}", self.0.path().await, stops.join("\n  "));
    }

    async fn send(&self, keys: KeyActions) {
        self.0.perform_actions(keys).await.unwrap();
    }
}

fn down(key: Key) -> KeyAction {
    KeyAction::Down { value: key.into() }
}

fn up(key: Key) -> KeyAction {
    KeyAction::Up { value: key.into() }
}
