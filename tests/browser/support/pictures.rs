//! Pictures to upload.

use std::fs;
use std::path::PathBuf;

use image::{Rgb, RgbImage};
use tempfile::TempDir;

/// A picture in a folder of its own, as a browser takes it; it is gone with the folder.
pub fn drawing(name: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    let red =
        |x: u32, y: u32| if (x / 40 + y / 40).is_multiple_of(2) { [155, 28, 20] } else { [255, 253, 248] };
    RgbImage::from_fn(800, 600, |x, y| Rgb(red(x, y))).save(&path).unwrap();
    (folder, path)
}

/// A file that is no picture, whatever it is called.
pub fn nothing(name: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, "Only words.").unwrap();
    (folder, path)
}
