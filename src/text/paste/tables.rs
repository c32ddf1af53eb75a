//! Tables: those that hold words in rows stay tables, those that only lay out a page do not.

use super::inline::Words;
use super::looks::is_block;
use super::tree::{Place, Tree};

/// Rows of cells, all of one length.
#[derive(Debug)]
pub(super) struct Table(pub(super) Vec<Vec<Words>>);

/// The most cells: beyond this it is data, not a part of a text.
const MOST: usize = 4_000;

/// Reads a table; `None` where it is none for Markdown: one row or column, or more than a line in a cell.
pub(super) fn read(tree: &Tree, table: Place, mut cell: impl FnMut(Place) -> Words) -> Option<Table> {
    let places: Vec<Vec<(Place, usize)>> = rows(tree, table)?;
    let width = places.iter().map(|row| row.iter().map(|(_, span)| span).sum()).max()?;
    if places.len() < 2 || width < 2 || places.len() * width > MOST {
        return None;
    }
    let mut rows: Vec<Vec<Words>> = places
        .iter()
        .map(|row| {
            let mut words: Vec<Words> = Vec::with_capacity(width);
            for (place, span) in row {
                words.push(cell(*place));
                words.extend((1..*span).map(|_| Words::default()));
            }
            words.resize_with(width, Words::default);
            words
        })
        .collect();
    for column in (0..width).rev() {
        if rows.iter().all(|row| row[column].is_empty()) {
            for row in &mut rows {
                row.remove(column);
            }
        }
    }
    rows.retain(|row| row.iter().any(|words| !words.is_empty()));
    (rows.len() > 1 && rows[0].len() > 1).then_some(Table(rows))
}

/// The cells of each row with the columns that they span; `None` where a cell holds more than a line.
fn rows(tree: &Tree, table: Place) -> Option<Vec<Vec<(Place, usize)>>> {
    let mut rows = Vec::new();
    let mut parts: Vec<Place> = tree.at(table).children.iter().rev().copied().collect();
    while let Some(part) = parts.pop() {
        match tree.at(part).name.as_str() {
            "thead" | "tbody" | "tfoot" => parts.extend(tree.at(part).children.iter().rev()),
            "tr" => {
                let mut cells = Vec::new();
                for cell in &tree.at(part).children {
                    let node = tree.at(*cell);
                    if matches!(node.name.as_str(), "td" | "th") {
                        if !is_line(tree, *cell) {
                            return None;
                        }
                        let span: usize = node.attribute("colspan").parse().unwrap_or(1);
                        cells.push((*cell, span.clamp(1, 20)));
                    }
                }
                if !cells.is_empty() {
                    rows.push(cells);
                }
            }
            _ => {}
        }
    }
    Some(rows)
}

/// Whether a cell holds one paragraph at most.
fn is_line(tree: &Tree, cell: Place) -> bool {
    let blocks: Vec<&str> =
        tree.within(cell).skip(1).map(|at| tree.at(at).name.as_str()).filter(|name| is_block(name)).collect();
    blocks.iter().filter(|name| **name == "p").count() <= 1
        && blocks.iter().all(|name| matches!(*name, "p" | "div"))
        && blocks.iter().filter(|name| **name == "div").count() <= 2
}

/// A raised or lowered figure.
pub(super) fn figure(figure: char, is_raised: bool) -> Option<char> {
    let value = figure.to_digit(10)?;
    Some(match (is_raised, value) {
        (true, 1) => '\u{B9}',
        (true, 2) => '\u{B2}',
        (true, 3) => '\u{B3}',
        (true, _) => char::from_u32(0x2070 + value)?,
        (false, _) => char::from_u32(0x2080 + value)?,
    })
}
