//! Simplified and Traditional signs: a text of the one offered in the other, for a person to read over.
//!
//! OpenCC's tables know words, not only signs: 头发 is 頭髮 and 发展 is 發展. Traditional comes out in the forms
//! that are usual in Taiwan and read everywhere (為, 裡), with the words left as they are.

use std::sync::LazyLock;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use super::figures::OPTIONS;

/// In which signs a language writes Chinese.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    /// 简体
    Simplified,
    /// 繁體
    Traditional,
}

impl Script {
    /// The script of a language that is Chinese and says so (BCP 47: `zh-Hans`, `zh-Hant`).
    pub fn of(tag: &str) -> Option<Self> {
        let mut parts = tag.split('-').filter(|part| !part.is_empty());
        if !parts.next()?.eq_ignore_ascii_case("zh") {
            return None;
        }
        parts.find_map(|part| match part.to_ascii_lowercase().as_str() {
            "hans" => Some(Self::Simplified),
            "hant" => Some(Self::Traditional),
            _ => None,
        })
    }

    /// A text that is in the other signs, in these; as it is where the tables cannot be read.
    pub fn write(self, text: &str) -> String {
        static TO_SIMPLIFIED: LazyLock<Option<OpenCC>> =
            LazyLock::new(|| OpenCC::from_config(BuiltinConfig::T2s).ok());
        static TO_TRADITIONAL: LazyLock<Option<OpenCC>> =
            LazyLock::new(|| OpenCC::from_config(BuiltinConfig::S2tw).ok());
        let tables = match self {
            Self::Simplified => &TO_SIMPLIFIED,
            Self::Traditional => &TO_TRADITIONAL,
        };
        tables.as_ref().map_or_else(|| text.to_owned(), |tables| tables.convert(text))
    }

    /// Markdown in these signs. Only its words are rewritten: addresses, code and the names of footnotes are
    /// no words.
    pub fn write_markdown(self, source: &str) -> String {
        let mut written = String::with_capacity(source.len());
        let mut done = 0;
        let mut as_is = 0_usize;
        for (event, place) in Parser::new_ext(source, OPTIONS).into_offset_iter() {
            match event {
                Event::Start(ref tag) if is_as_it_is(tag) => as_is += 1,
                Event::End(TagEnd::CodeBlock | TagEnd::Link) if as_is > 0 => as_is -= 1,
                // What a parser makes up, or moves, stands nowhere in the source.
                Event::Text(_) if as_is == 0 && place.start >= done => {
                    written.push_str(&source[done..place.start]);
                    written.push_str(&self.write(&source[place.clone()]));
                    done = place.end;
                }
                _ => {}
            }
        }
        written.push_str(&source[done..]);
        written
    }
}

/// Whether what is between the ends of a tag is no words: code, and an address that stands for itself.
fn is_as_it_is(tag: &Tag<'_>) -> bool {
    match tag {
        Tag::CodeBlock(_) => true,
        Tag::Link { link_type, .. } => matches!(link_type, LinkType::Autolink | LinkType::Email),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_decide_which_sign_it_is() {
        for (simplified, traditional) in [
            ("头发和发展", "頭髮和發展"),
            ("皇后在后面", "皇后在後面"),
            ("政治犯获释", "政治犯獲釋"),
            ("维吾尔", "維吾爾"),
            ("为什么", "為什麼"),
        ] {
            assert_eq!(Script::Traditional.write(simplified), traditional);
            assert_eq!(Script::Simplified.write(traditional), simplified);
        }
        assert_eq!(Script::Traditional.write("No. 12, Ürümqi"), "No. 12, Ürümqi");
    }

    #[test]
    fn only_the_words_of_markdown_are_rewritten() {
        let source = "## 获释\n\n*政治犯* [获释](https://example.org/获释 \"获释\")[^获释]，<https://example.org/获释>。\n\n\
                      ![获释](media:12)\n\n`获释`\n\n```\n获释\n```\n\n> 获释 &amp; \\*获释\n\n| 获释 | 二 |\n| --- | --- |\n| 三 | 获释 |\n\n\
                      [^获释]: 获释。\n";
        let written = "## 獲釋\n\n*政治犯* [獲釋](https://example.org/获释 \"获释\")[^获释]，<https://example.org/获释>。\n\n\
                       ![獲釋](media:12)\n\n`获释`\n\n```\n获释\n```\n\n> 獲釋 &amp; \\*獲釋\n\n| 獲釋 | 二 |\n| --- | --- |\n| 三 | 獲釋 |\n\n\
                       [^获释]: 獲釋。\n";
        assert_eq!(Script::Traditional.write_markdown(source), written);
    }

    #[test]
    fn nothing_is_lost_of_any_text() {
        for source in [
            "",
            "plain",
            "<b>获释</b>",
            "获释\r\n\r\n- 获释\n  - 获释",
            "[获释]: x\n\n[获释][获释]",
            "***",
            "\u{0}获",
        ] {
            let written = Script::Traditional.write_markdown(source);
            assert_eq!(written.chars().count(), source.chars().count(), "{source:?}");
            assert_eq!(Script::Simplified.write_markdown(&written), source, "{source:?}");
        }
    }

    #[test]
    fn the_script_is_in_the_tag() {
        assert_eq!(Script::of("zh-Hant"), Some(Script::Traditional));
        assert_eq!(Script::of("zh-hans-CN"), Some(Script::Simplified));
        assert_eq!(Script::of("zh"), None);
        assert_eq!(Script::of("ug"), None);
    }
}
