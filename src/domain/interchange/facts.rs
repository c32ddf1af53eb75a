//! Kind, date and topics: the original's file gives them, a translation takes them.

use super::document::Document;
use super::import::Stop;
use super::ledger;
use super::report::Fault;
use crate::domain::ids::TopicId;
use crate::domain::statements::Kind;
use crate::domain::statements::draft::Facts;
use crate::domain::statements::store::Statement;
use crate::domain::topics;
use crate::infra::db::Connection;

/// What a file's statement will have.
pub(super) struct Settled {
    pub(super) facts: Facts,
    pub(super) topics: Vec<TopicId>,
    /// Whether that is different from what it had.
    pub(super) changes: bool,
    pub(super) remarks: Vec<String>,
}

/// Settles kind, date and topics of a file's statement; `statement` is what the record has of it.
pub(super) async fn settle(
    conn: &mut Connection,
    index: &topics::Index,
    document: &Document,
    is_original: bool,
    statement: Option<&Statement>,
) -> Result<Settled, Stop> {
    let filed = match statement {
        Some(statement) => sorted(topics::index::of_statement(conn, statement.id).await?),
        None => Vec::new(),
    };
    if !is_original {
        let statement = statement.ok_or_else(|| Stop::fault(Fault::of_file("its original did not go in")))?;
        let remarks = differences(index, document, &statement.facts(), &filed);
        return Ok(Settled { facts: statement.facts(), topics: filed, changes: false, remarks });
    }
    let issued = document
        .issued
        .ok_or_else(|| Stop::fault(document.fault("issued_on", "is missing; an original needs its date")))?;
    let kind = document.kind.unwrap_or(Kind::Statement);
    let facts = Facts { number: document.number, kind, issued };
    let topics = topics_of(index, document)?;
    let Some(statement) = statement else {
        return Ok(Settled { facts, topics, changes: false, remarks: Vec::new() });
    };
    let changes = facts != statement.facts() || topics != filed;
    if changes && ledger::desk_has_touched(conn, statement.id, document.number).await? {
        let differences = differences(index, document, &statement.facts(), &filed).join("; ");
        return Err(Stop::LeftAlone(format!(
            "the desk has worked on this statement since it was imported, and has facts of its own ({differences})"
        )));
    }
    Ok(Settled { facts, topics, changes, remarks: Vec::new() })
}

/// The topics that a file means.
fn topics_of(index: &topics::Index, document: &Document) -> Result<Vec<TopicId>, Stop> {
    let mut faults = Vec::new();
    let mut meant = Vec::new();
    for (word, line) in document.topics.iter().flatten() {
        match index.meant_by(word) {
            Some(topic) => meant.push(topic.id),
            None => faults.push(Fault::at(*line, format!("topics: there is no topic {word:?}"))),
        }
    }
    if faults.is_empty() { Ok(sorted(meant)) } else { Err(Stop::Faults(faults)) }
}

/// What a file says otherwise than the record does. A translation's file need not say any of it.
fn differences(index: &topics::Index, document: &Document, facts: &Facts, filed: &[TopicId]) -> Vec<String> {
    let mut differences = Vec::new();
    let mut differ = |what: &str, here: &str, there: &str| {
        differences.push(format!("{what}: the file has {here}, the statement {there}"));
    };
    if let Some(kind) = document.kind.filter(|kind| *kind != facts.kind) {
        differ("kind", kind.as_str(), facts.kind.as_str());
    }
    if let Some(issued) = document.issued.filter(|issued| *issued != facts.issued) {
        differ("issued_on", &issued.iso(), &facts.issued.iso());
    }
    if let Some(words) = &document.topics {
        let meant: Vec<TopicId> =
            words.iter().filter_map(|(word, _)| index.meant_by(word)).map(|topic| topic.id).collect();
        let unknown = meant.len() < words.len();
        if unknown || sorted(meant) != filed {
            let here: Vec<&str> = words.iter().map(|(word, _)| word.as_str()).collect();
            let there: Vec<&str> =
                filed.iter().filter_map(|id| index.get(*id)).map(|topic| topic.slug.as_str()).collect();
            differ("topics", &listed(&here), &listed(&there));
        }
    }
    differences
}

fn listed(words: &[&str]) -> String {
    if words.is_empty() { "none".to_owned() } else { words.join(", ") }
}

fn sorted(mut topics: Vec<TopicId>) -> Vec<TopicId> {
    topics.sort();
    topics.dedup();
    topics
}
