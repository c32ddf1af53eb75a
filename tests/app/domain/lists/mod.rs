//! Lists and their counts: in order, complete, and right whatever happens.

mod changes;
mod counts;
mod news;
mod order;
mod reach;
mod together;
mod truth;

use onrecord::domain::statements::commands::Save;
use onrecord::domain::statements::draft::Facts;
use onrecord::domain::statements::lists::Listing;

use crate::support::cast::{a_statement, issued};

/// A statement with a date on it.
fn dated(number: i64, on: &str) -> Save {
    let facts = Facts { issued: issued(on), ..a_statement(number).facts };
    Save { facts, ..a_statement(number) }
}

fn numbers(list: &Listing) -> Vec<i64> {
    list.entries.iter().map(|entry| entry.number).collect()
}
