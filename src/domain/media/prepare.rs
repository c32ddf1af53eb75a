//! From an upload to what is kept of it. Slow: it belongs on a thread that answers nobody.

use super::{Format, Warning, pdf, picture};
use crate::text::digest;

/// What is kept of an upload.
#[derive(Debug)]
pub struct Prepared {
    /// What was uploaded.
    pub format: Format,
    /// Every size of a picture, the smallest first; the one blob of a file.
    pub blobs: Vec<Made>,
    /// What people have to know.
    pub warnings: Vec<Warning>,
}

/// A blob that is not kept yet.
#[derive(Debug)]
pub struct Made {
    /// Its name: the hash of its content.
    pub hash: String,
    /// What it is.
    pub format: Format,
    /// Width and height of a picture.
    pub size: Option<(u32, u32)>,
    /// The content.
    pub content: Vec<u8>,
}

impl Made {
    pub(super) fn new(format: Format, size: Option<(u32, u32)>, content: Vec<u8>) -> Self {
        Self { hash: digest::short_hex(&content, 32), format, size, content }
    }
}

/// The most pixels of a picture: what a camera of 40 megapixels takes.
pub const MOST_PIXELS: u64 = 40_000_000;

/// The most pixels of one side.
pub const LONGEST_SIDE: u32 = 16_000;

/// Why an upload is not taken, in words for whoever sent it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// Nothing was sent.
    #[error("Please choose a file first.")]
    Nothing,
    /// More than one came.
    #[error("Please send one file at a time.")]
    Several,
    /// It is none of the formats.
    #[error(
        "This is not a JPEG, PNG, WebP or PDF file, whatever its name says. Please save it as one of these."
    )]
    Format,
    /// It has too many bytes.
    #[error("This {} has more than {} MB, and no more is taken. Please make it smaller.", .0.name(), .0.most_bytes() / 1_000_000)]
    Bytes(Format),
    /// It has too many pixels.
    #[error(
        "This picture has more than {} million pixels, or is longer than {LONGEST_SIDE} pixels. Please make it smaller.",
        MOST_PIXELS / 1_000_000
    )]
    Pixels,
    /// It is cut off or broken.
    #[error("This file is damaged or not complete, and cannot be opened. Please save it anew and try again.")]
    Damaged,
    /// It moves.
    #[error("This picture moves, and only still ones are taken. Please save one moment of it as a picture.")]
    Moves,
    /// It is closed.
    #[error("This PDF is protected by a password or against changes. Please save it without protection.")]
    Locked,
}

/// Judges an upload by its content and makes of it what is kept.
pub fn prepare(upload: &[u8]) -> Result<Prepared, Trouble> {
    if upload.is_empty() {
        return Err(Trouble::Nothing);
    }
    let format = Format::of(upload).ok_or(Trouble::Format)?;
    if upload.len() > format.most_bytes() {
        return Err(Trouble::Bytes(format));
    }
    let (blobs, warnings) = match format {
        Format::Pdf => {
            let (content, warnings) = pdf::clean(upload)?;
            (vec![Made::new(format, None, content)], warnings)
        }
        Format::Jpeg | Format::Png | Format::Webp => picture::draw_anew(format, upload)?,
    };
    Ok(Prepared { format, blobs, warnings })
}
