//! Pictures are drawn anew: nothing comes along that is not a pixel, and nothing hostile is decoded.

use std::time::Instant;

use image::GenericImageView as _;
use onrecord::domain::media::{Format, Prepared, Trouble, Warning, prepare};

use crate::support::pictures::{
    chunk, decoded, drawing, jpeg, jpeg_for_print, jpeg_that_tells, photo, png, png_of_16_bits,
    png_that_claims, png_with, webp, webp_that_moves,
};

fn made(upload: &[u8]) -> Prepared {
    prepare(upload).unwrap()
}

fn trouble(upload: &[u8]) -> Trouble {
    prepare(upload).map(|_| ()).unwrap_err()
}

fn holds(content: &[u8], words: &str) -> bool {
    content.windows(words.len()).any(|found| found == words.as_bytes())
}

#[test]
fn what_a_camera_tells_is_gone_and_the_picture_stands_upright() {
    let upload = jpeg_that_tells(&drawing(60, 40));
    assert!(upload.windows(6).filter(|found| found == b"SECRET").count() >= 6);
    let prepared = made(&upload);
    for blob in &prepared.blobs {
        for telling in ["SECRET", "Exif", "xmp", "Photoshop", "PK\x03\x04", "<script"] {
            assert!(!holds(&blob.content, telling), "{telling} in {:?}", blob.format);
        }
    }
    let largest = prepared.blobs.last().unwrap();
    assert_eq!(largest.size, Some((40, 60)), "turned");
    // What was the upper left is the upper right when the picture is turned clockwise.
    let pixels = decoded(&largest.content);
    let (right, left) = (pixels.get_pixel(35, 5).0, pixels.get_pixel(5, 50).0);
    assert!(right[0] > 150 && right[1] < 80, "{right:?}");
    assert!(left[1] > 80 || left[0] < 80, "{left:?}");
}

#[test]
fn words_in_a_png_and_a_webp_are_gone() {
    let told = [chunk(b"tEXt", b"Author\0SECRET"), chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0SECRET")];
    let exif = chunk(b"eXIf", b"II*\0\x08\0\0\0\0\0\0\0\0\0SECRET");
    for upload in [png_with(&drawing(60, 40), &told), png_with(&drawing(60, 40), &[exif])] {
        assert!(holds(&upload, "SECRET"));
        assert!(made(&upload).blobs.iter().all(|blob| !holds(&blob.content, "SECRET")));
    }
    let mut upload = webp(&drawing(60, 40));
    upload.extend(b"XMP \x06\0\0\0SECRET");
    assert!(made(&upload).blobs.iter().all(|blob| !holds(&blob.content, "SECRET")));
}

#[test]
fn a_photograph_comes_in_sizes_and_none_is_larger_than_itself() {
    let prepared = made(&jpeg(&photo(1800, 1200)));
    let widths: Vec<u32> = prepared.blobs.iter().map(|blob| blob.size.unwrap().0).collect();
    assert_eq!(widths, [480, 960, 1600, 1800]);
    for blob in &prepared.blobs {
        assert_eq!(blob.format, Format::Jpeg);
        assert_eq!(decoded(&blob.content).dimensions(), blob.size.unwrap());
        let (width, height) = blob.size.unwrap();
        assert!(width * 2 / 3 - height <= 1, "{width} x {height}");
    }
    let bytes: Vec<usize> = prepared.blobs.iter().map(|blob| blob.content.len()).collect();
    assert!(bytes.is_sorted(), "{bytes:?}");
    let small = made(&jpeg(&photo(300, 200)));
    assert_eq!(small.blobs.iter().map(|blob| blob.size.unwrap()).collect::<Vec<_>>(), [(300, 200)]);
}

#[test]
fn a_drawing_stays_sharp() {
    let prepared = made(&png(&drawing(400, 300)));
    let largest = prepared.blobs.last().unwrap();
    assert!(matches!(largest.format, Format::Png | Format::Webp));
    assert_eq!(decoded(&largest.content).to_rgb8(), drawing(400, 300).to_rgb8());
}

#[test]
fn what_is_larger_than_is_kept_is_made_smaller_and_said() {
    let prepared = made(&jpeg(&photo(2700, 90)));
    assert_eq!(prepared.blobs.last().unwrap().size.unwrap().0, 2560);
    assert_eq!(prepared.warnings, [Warning::Shrunk]);
}

#[test]
fn only_what_it_is_counts_and_not_what_it_is_called() {
    for other in [
        &b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"[..],
        b"<!doctype html><script>alert(1)</script>",
        b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9",
        b"PK\x03\x04 a package",
        b"  %PDF-1.7",
        b"MZ",
    ] {
        assert_eq!(trouble(other), Trouble::Format, "{}", String::from_utf8_lossy(other));
    }
    assert_eq!(trouble(b""), Trouble::Nothing);
    // The beginning of a picture, and then something else.
    for pretender in [
        &b"\xff\xd8\xff\xe0<script>alert(1)</script>"[..],
        b"\x89PNG\r\n\x1a\n<script>alert(1)</script>",
        b"RIFF\x20\0\0\0WEBP<script>alert(1)</script>",
    ] {
        assert_eq!(trouble(pretender), Trouble::Damaged);
    }
}

#[test]
fn what_is_two_things_at_once_is_a_picture_and_nothing_else() {
    let page = b"<html><script>alert('SECRET')</script></html>PK\x03\x04SECRET";
    for upload in [
        [jpeg(&drawing(60, 40)), page.to_vec()].concat(),
        [png(&drawing(60, 40)), page.to_vec()].concat(),
        png_with(&drawing(60, 40), &[chunk(b"scRt", page)]),
    ] {
        let prepared = made(&upload);
        assert!(prepared.blobs.iter().all(|blob| !holds(&blob.content, "SECRET")));
    }
}

#[test]
fn a_picture_that_was_cut_off_is_refused() {
    for whole in [jpeg(&photo(120, 90)), png(&drawing(120, 90)), webp(&photo(120, 90))] {
        for part in [whole.len() / 3, whole.len() / 2, whole.len() - 20] {
            assert_eq!(trouble(&whole[..part]), Trouble::Damaged, "{part} of {} bytes", whole.len());
        }
    }
    // The end of the small picture inside its details is not its own.
    let thumbnail = jpeg(&drawing(8, 8));
    let whole = jpeg_that_tells(&photo(120, 90));
    let length = u16::try_from(thumbnail.len() + 2).unwrap().to_be_bytes();
    let with_thumbnail =
        [&whole[..2], &[0xFF, 0xE1], &length, &thumbnail, &whole[2..whole.len() / 2]].concat();
    assert_eq!(trouble(&with_thumbnail), Trouble::Damaged);
}

#[test]
fn a_bomb_is_not_unfolded() {
    let begun = Instant::now();
    assert_eq!(trouble(&png_that_claims(50_000, 50_000)), Trouble::Pixels);
    assert_eq!(trouble(&png_that_claims(15_000, 15_000)), Trouble::Pixels);
    assert_eq!(trouble(&png_that_claims(u32::MAX, 1)), Trouble::Pixels);
    let mut large = jpeg(&drawing(8, 8));
    let frame = large.windows(2).position(|two| two == [0xFF, 0xC0]).unwrap();
    large[frame + 5..frame + 9].copy_from_slice(&[0xFF, 0xFF, 0xFF, 0xFF]);
    assert_eq!(trouble(&large), Trouble::Pixels);
    let mut large = webp(&drawing(8, 8));
    // Width and height less one, 14 bits each, after the signature of a picture without loss.
    let at = large.windows(4).position(|name| name == b"VP8L").unwrap() + 9;
    large[at..at + 4].copy_from_slice(&0x0FFF_FFFF_u32.to_le_bytes());
    assert!(matches!(trouble(&large), Trouble::Pixels | Trouble::Damaged));
    let mut text =
        png_with(&drawing(8, 8), &[chunk(b"zTXt", &[b"a\0\0".to_vec(), vec![0x78; 4_000]].concat())]);
    text.extend([0; 4]);
    let _ = prepare(&text);
    assert!(begun.elapsed().as_secs() < 10, "{:?}", begun.elapsed());
    assert_eq!(
        trouble(&[b"\xff\xd8\xff".to_vec(), vec![0; 20_000_000]].concat()),
        Trouble::Bytes(Format::Jpeg)
    );
}

#[test]
fn what_moves_is_refused_in_words() {
    let frames = [chunk(b"acTL", &[0, 0, 0, 2, 0, 0, 0, 0])];
    assert_eq!(trouble(&png_with(&drawing(8, 8), &frames)), Trouble::Moves);
    assert_eq!(trouble(&webp_that_moves()), Trouble::Moves);
    assert!(Trouble::Moves.to_string().contains("only still ones"));
}

#[test]
fn colours_of_every_depth_and_of_a_printing_press_are_those_of_the_web() {
    let prepared = made(&png_of_16_bits());
    assert_eq!(decoded(&prepared.blobs[0].content).color().bits_per_pixel(), 24);
    let prepared = made(&jpeg_for_print());
    assert_eq!(prepared.warnings, [Warning::PrintColours]);
    assert_eq!(prepared.blobs[0].size, Some((8, 8)));
    let grey = photo(60, 40).to_luma8();
    assert!(!decoded(&made(&jpeg(&grey.into())).blobs[0].content).color().has_color());
}

#[test]
fn what_can_be_seen_through_stays_so() {
    let mut glass = drawing(60, 40).to_rgba8();
    glass.get_pixel_mut(30, 20).0[3] = 10;
    let prepared = made(&png(&glass.into()));
    assert_eq!(decoded(&prepared.blobs[0].content).get_pixel(30, 20).0[3], 10);
}

#[test]
fn the_same_picture_has_the_same_names() {
    let upload = jpeg(&photo(600, 400));
    let names = |prepared: &Prepared| prepared.blobs.iter().map(|blob| blob.hash.clone()).collect::<Vec<_>>();
    assert_eq!(names(&made(&upload)), names(&made(&upload)));
    assert_eq!(names(&made(&upload))[0].len(), 32);
}
