//! Pictures and files: what may be uploaded, what is made of it, the words that stand with it.
//!
//! An upload is judged by its content, drawn or written anew without anything that tells more than the eye
//! sees, and kept by the hash of what came of it. The bytes that were uploaded are kept nowhere.

pub mod format;
pub mod warnings;
pub mod prepare;
mod jpeg;
mod picture;
mod pdf;
mod pdf_cleaning;
pub mod words;
pub mod store;
pub mod sight;
pub mod library;
pub mod shown;
pub mod commands;

pub use format::Format;
pub use prepare::{Prepared, Trouble, prepare};
pub use store::{Blob, Medium};
pub use warnings::Warning;
pub use words::Words;
