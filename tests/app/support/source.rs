//! The project's own files, for tests that hold its architecture.

use std::fs;
use std::path::{Path, PathBuf};

/// A text file of the project.
pub struct Source {
    /// Where, from the project's folder: `src/domain/audit.rs`.
    pub path: String,
    text: String,
}

/// A path in the code that starts at the crate: `crate::domain::ids` or what `super::ids` comes to.
#[derive(Debug, PartialEq, Eq)]
pub struct Named {
    pub line: usize,
    pub segments: Vec<String>,
    /// Whether it is a macro, which stands at the crate's root wherever it was written.
    pub is_macro: bool,
}

/// All files under a folder of the project whose names end so, in order; none where there is no folder.
pub fn files(folder: &str, ends: &[&str]) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    collect(&root.join(folder), &mut paths);
    paths.sort();
    paths
        .into_iter()
        .filter(|path| ends.iter().any(|end| path.to_string_lossy().ends_with(end)))
        .map(|path| Source {
            text: fs::read_to_string(&path).unwrap(),
            path: path.strip_prefix(root).unwrap().to_string_lossy().into_owned(),
        })
        .collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() { collect(&path, paths) } else { paths.push(path) }
    }
}

impl Source {
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The lines with their numbers.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(at, line)| (at + 1, line))
    }

    /// The lines of code, without comments. Where a string holds `//`, its end is lost too: it names nothing.
    pub fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.lines().map(|(at, line)| (at, line.split_once("//").map_or(line, |(code, _)| code)))
    }

    /// The line on which the file's own tests begin.
    pub fn tests_begin(&self) -> usize {
        self.lines().find(|(_, line)| *line == "#[cfg(test)]").map_or(usize::MAX, |(at, _)| at)
    }

    /// The module that a file of `src` is: `["domain", "audit"]`.
    pub fn module(&self) -> Vec<String> {
        let path = self.path.strip_prefix("src/").unwrap().strip_suffix(".rs").unwrap();
        let mut segments: Vec<String> = path.split('/').map(str::to_owned).collect();
        segments.pop_if(|last| ["mod", "lib", "main"].contains(&last.as_str()));
        segments
    }

    /// The modules that a file declares, in its order.
    pub fn declares(&self) -> Vec<String> {
        self.code()
            .filter_map(|(_, line)| {
                let line =
                    line.strip_prefix("pub ").or_else(|| line.strip_prefix("pub(crate) ")).unwrap_or(line);
                Some(line.strip_prefix("mod ")?.strip_suffix(';')?.to_owned())
            })
            .collect()
    }

    /// Every path of the crate that the code names.
    pub fn names(&self) -> Vec<Named> {
        let mut found = Vec::new();
        let code: String = self.code().flat_map(|(_, line)| [line, "\n"]).collect();
        for start in ["crate::", "super::"] {
            for (at, _) in code.match_indices(start) {
                let before = code[..at].chars().next_back();
                if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '$')
                    || code[..at].ends_with("super::")
                {
                    continue;
                }
                let line = code[..at].matches('\n').count() + 1;
                self.read(&code[at..], line, &mut found);
            }
        }
        found
    }

    /// Reads what is named from here on: one path, or several in braces.
    fn read(&self, code: &str, line: usize, found: &mut Vec<Named>) {
        let (mut base, mut rest) = match code.strip_prefix("crate::") {
            Some(rest) => (Vec::new(), rest),
            None => {
                let mut base = self.module();
                if line > self.tests_begin() {
                    base.push("tests".to_owned());
                }
                (base, code)
            }
        };
        while let Some(up) = rest.strip_prefix("super::") {
            base.pop();
            rest = up;
        }
        loop {
            if let Some(group) = rest.strip_prefix('{') {
                for first in first_words(group) {
                    let segments = base.iter().cloned().chain([first]).collect();
                    found.push(Named { line, segments, is_macro: false });
                }
                return;
            }
            let length = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            let (word, after) = rest.split_at(length);
            base.push(word.to_owned());
            match after.strip_prefix("::") {
                Some(after) if !after.starts_with('<') => rest = after,
                _ => {
                    let is_macro = after.starts_with('!') && !after.starts_with("!=");
                    found.push(Named { line, segments: base, is_macro });
                    return;
                }
            }
        }
    }
}

/// The first word of each path in a group, up to the brace that ends it.
fn first_words(group: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let (mut depth, mut is_first) = (0, true);
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                words.push(String::new());
                is_first = true;
            }
            c if depth == 0 && is_first && (c.is_alphanumeric() || c == '_') => {
                words.last_mut().unwrap().push(c);
            }
            c if c.is_whitespace() && words.last().unwrap().is_empty() => {}
            _ => is_first = false,
        }
    }
    words.retain(|word| !word.is_empty() && word != "self");
    words
}

#[test]
fn paths_are_read_as_the_compiler_reads_them() {
    let source = Source {
        path: "src/domain/topics/index.rs".to_owned(),
        text: "use super::{Facet, Named};\nuse crate::domain::{ids::TopicId, audit};\n// crate::web\n\
               crate::id! {}\nfn f(x: super::super::policy::Actor) {}\n#[cfg(test)]\nmod tests { use super::Topic; }\n"
            .to_owned(),
    };
    let read: Vec<(usize, String, bool)> =
        source.names().into_iter().map(|n| (n.line, n.segments.join("::"), n.is_macro)).collect();
    let expected = [
        (2, "domain::ids", false),
        (2, "domain::audit", false),
        (4, "id", true),
        (1, "domain::topics::Facet", false),
        (1, "domain::topics::Named", false),
        (5, "domain::policy::Actor", false),
        (7, "domain::topics::index::Topic", false),
    ];
    assert_eq!(read, expected.map(|(line, path, is_macro)| (line, path.to_owned(), is_macro)));
}
