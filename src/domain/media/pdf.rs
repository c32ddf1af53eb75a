//! Documents are written anew: only what their pages lead to comes along, and nothing that acts.

use lopdf::{Dictionary, Document, LoadOptions, Object};

use super::pdf_cleaning::Cleaning;
use super::{Trouble, Warning};

/// What all compressed lists of objects together may unfold to; and one of them, at least and at most.
const MOST_UNFOLDED: usize = 512_000_000;
const ONE_UNFOLDED: (usize, usize) = (256_000, 32_000_000);

/// More such lists than in any document of a size that is taken.
const MOST_LISTS: usize = 2_000;

/// Gives the document without what tells of its makers and without what acts, and what people have to know.
pub(super) fn clean(upload: &[u8]) -> Result<(Vec<u8>, Vec<Warning>), Trouble> {
    if !goes_on_to_its_end(upload) {
        return Err(Trouble::Damaged);
    }
    let mut document = load(upload)?;
    if document.is_encrypted() || document.was_encrypted() {
        return Err(Trouble::Locked);
    }
    let root = document.trailer.get(b"Root").map_err(|_| Trouble::Damaged)?.clone();
    let pages = document.get_pages().len();
    if pages == 0 {
        return Err(Trouble::Damaged);
    }
    let mut cleaning = Cleaning::of(&document);
    if document.revision_count() > 1 {
        cleaning.note(Warning::Revisions);
    }
    // The trailer names the makers (Info) and the document (ID): it is made anew with neither.
    document.trailer = Dictionary::from_iter([("Root", root)]);
    document.encryption_state = None;
    for object in document.objects.values_mut() {
        cleaning.clean(object);
    }
    // What nothing leads to any more is what was taken out, and what earlier states of it left behind.
    document.prune_objects();
    document.objects.retain(|_, object| *object != Object::Null);
    let mut content = Vec::new();
    document.save_to(&mut content).map_err(|_| Trouble::Damaged)?;
    // What was written has to be a document again.
    if load(&content)?.get_pages().len() != pages {
        return Err(Trouble::Damaged);
    }
    Ok((content, cleaning.warnings()))
}

fn load(content: &[u8]) -> Result<Document, Trouble> {
    let lists = lists_of_objects(content);
    if lists > MOST_LISTS {
        return Err(Trouble::Damaged);
    }
    let each = (MOST_UNFOLDED / lists.max(1)).clamp(ONE_UNFOLDED.0, ONE_UNFOLDED.1);
    let options = LoadOptions::with_max_decompressed_size(each);
    Document::load_mem_with_options(content, options).map_err(|error| match error {
        lopdf::Error::InvalidPassword
        | lopdf::Error::Decryption(_)
        | lopdf::Error::UnsupportedSecurityHandler(_) => Trouble::Locked,
        _ => Trouble::Damaged,
    })
}

/// A document that was cut off lacks the place where every reader begins (ISO 32000-1, 7.5.5).
fn goes_on_to_its_end(content: &[u8]) -> bool {
    let end = &content[content.len().saturating_sub(2048)..];
    end.windows(9).any(|word| word == b"startxref")
}

/// About how many streams are lists of objects, which are unfolded on reading: those that say so, and those
/// whose names are written with `#` and may.
fn lists_of_objects(content: &[u8]) -> usize {
    const WORD: &[u8] = b"stream";
    let (mut count, mut from) = (0, 0);
    while let Some(at) = content[from..].windows(WORD.len()).position(|word| word == WORD) {
        let before = &content[from..from + at];
        let begins = !before.ends_with(b"end");
        if begins && (before.contains(&b'#') || before.windows(6).any(|name| name == b"ObjStm")) {
            count += 1;
        }
        from += at + WORD.len();
    }
    count
}
