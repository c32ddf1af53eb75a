//! HTML as a tree that cannot grow deeper than it is useful, however hostile what was copied.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

/// The place of a node in its tree.
pub(in crate::text) type Place = usize;

/// The whole.
pub(in crate::text) const ROOT: Place = 0;

/// How Word marks the number or bullet that it writes before an item, for programs that know no lists.
pub(super) const MARKER: &str = "list-marker";

/// Deeper than this nothing is nested that anybody wrote; what is, stands side by side.
const DEEPEST: usize = 100;

/// An element or a text.
#[derive(Debug, Default)]
pub(in crate::text) struct Node {
    /// The name of the element, in lower case; empty for a text.
    pub(in crate::text) name: String,
    /// The text; empty for an element.
    pub(in crate::text) text: String,
    attributes: Vec<(String, String)>,
    /// The node that holds it.
    pub(super) parent: Place,
    /// What it holds.
    pub(in crate::text) children: Vec<Place>,
}

impl Node {
    /// An attribute; empty where there is none.
    pub(in crate::text) fn attribute(&self, name: &str) -> &str {
        self.attributes.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// Whether it has an attribute at all.
    pub(super) fn has(&self, name: &str) -> bool {
        self.attributes.iter().any(|(known, _)| known == name)
    }
}

/// The tree.
pub(in crate::text) struct Tree(Vec<Node>);

impl Tree {
    /// Reads HTML. Nothing fails: what is no tag is text.
    pub(in crate::text) fn read(html: &str) -> Self {
        let sink = Builder(RefCell::new(Open { nodes: vec![Node::default()], stack: vec![ROOT], beyond: 0 }));
        let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
        let input = BufferQueue::default();
        input.push_back(StrTendril::from(html));
        // Nothing here stops for a script, so once is all.
        let _ = tokenizer.feed(&input);
        tokenizer.end();
        Self(tokenizer.sink.0.into_inner().nodes)
    }

    /// A node.
    pub(in crate::text) fn at(&self, place: Place) -> &Node {
        &self.0[place]
    }

    /// All places, in the order of the document.
    pub(super) fn places(&self) -> std::ops::Range<Place> {
        0..self.0.len()
    }

    /// The nodes around one, the nearest first, without the whole.
    pub(super) fn around(&self, place: Place) -> impl Iterator<Item = Place> {
        let up = |from: Place| Some(self.at(from).parent).filter(|to| *to != ROOT && from != ROOT);
        std::iter::successors(up(place), move |at| up(*at))
    }

    /// A node and everything in it, in the order of the document: it was read in this order.
    pub(super) fn within(&self, place: Place) -> std::ops::RangeInclusive<Place> {
        let mut last = place;
        while let Some(child) = self.at(last).children.last() {
            last = *child;
        }
        place..=last
    }

    /// The text of a node and of everything in it.
    pub(super) fn text_of(&self, place: Place) -> String {
        self.within(place).map(|at| self.at(at).text.as_str()).collect()
    }
}

struct Builder(RefCell<Open>);

struct Open {
    nodes: Vec<Node>,
    stack: Vec<Place>,
    /// How many elements are open beyond the deepest.
    beyond: usize,
}

impl TokenSink for Builder {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let mut open = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) => open.text(&text),
            Token::TagToken(tag) if tag.kind == TagKind::EndTag => open.close(&tag.name),
            Token::TagToken(tag) => return open.start(&tag),
            Token::CommentToken(comment) => open.comment(&comment),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Open {
    fn add(&mut self, node: Node) -> Place {
        let (place, parent) = (self.nodes.len(), self.stack.last().copied().unwrap_or(ROOT));
        self.nodes.push(Node { parent, ..node });
        self.nodes[parent].children.push(place);
        place
    }

    fn text(&mut self, text: &str) {
        let parent = self.stack.last().copied().unwrap_or(ROOT);
        match self.nodes[parent].children.last().copied() {
            Some(last) if self.nodes[last].name.is_empty() => self.nodes[last].text.push_str(text),
            _ => {
                self.add(Node { text: text.to_owned(), ..Node::default() });
            }
        }
    }

    fn start(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name = tag.name.to_string();
        self.end_what_this_ends(&name);
        let attributes = tag.attrs.iter().map(|a| (a.name.local.to_string(), a.value.to_string())).collect();
        let raw = match name.as_str() {
            "script" => Some(RawKind::ScriptData),
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => Some(RawKind::Rawtext),
            "textarea" | "title" => Some(RawKind::Rcdata),
            _ => None,
        };
        let is_void = VOID.contains(&name.as_str()) || (tag.self_closing && name.contains(':'));
        self.open(Node { name, attributes, ..Node::default() }, is_void);
        raw.map_or(TokenSinkResult::Continue, TokenSinkResult::RawData)
    }

    fn open(&mut self, node: Node, is_void: bool) {
        if self.stack.len() >= DEEPEST && !is_void {
            self.beyond += 1;
            return;
        }
        let place = self.add(node);
        if !is_void {
            self.stack.push(place);
        }
    }

    fn close(&mut self, name: &str) {
        if VOID.contains(&name) {
            return;
        }
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        let is_inline = !super::looks::is_block(name);
        for depth in (1..self.stack.len()).rev() {
            let open = self.nodes[self.stack[depth]].name.as_str();
            if open == name {
                self.stack.truncate(depth);
                return;
            }
            // An end without a beginning does not end the paragraph or the table it stands in.
            if (is_inline && super::looks::is_block(open)) || (open == "table" && name != "body") {
                return;
            }
        }
    }

    /// The end tags that HTML leaves out (HTML, 13.1.2.4).
    fn end_what_this_ends(&mut self, name: &str) {
        let (ends, within): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol"]),
            "tr" => (&["tr"], &["table"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl"]),
            "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot"], &["table"]),
            _ if super::looks::is_block(name) => (&["p"], &["div", "li", "td", "th", "blockquote", "body"]),
            _ => return,
        };
        for depth in (1..self.stack.len()).rev() {
            let open = self.nodes[self.stack[depth]].name.as_str();
            if ends.contains(&open) {
                self.stack.truncate(depth);
                return;
            }
            if within.contains(&open) {
                return;
            }
        }
    }

    /// Word's conditional comments: only the one around a list's marker says anything.
    fn comment(&mut self, comment: &str) {
        match comment.trim() {
            "[if !supportLists]" => self.open(Node { name: MARKER.to_owned(), ..Node::default() }, false),
            "[endif]" => self.close(MARKER),
            _ => {}
        }
    }
}

const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];
