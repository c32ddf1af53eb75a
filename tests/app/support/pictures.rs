//! Pictures and documents to upload, drawn here: good ones, broken ones, hostile ones.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

/// A photograph, as far as an encoder can tell: no two pixels next to each other are alike.
pub fn photo(width: u32, height: u32) -> DynamicImage {
    let shade = |x: u32, y: u32, of: u32| u8::try_from((x * of + y * 7 + x * y * of / 31) % 256).unwrap();
    RgbImage::from_fn(width, height, |x, y| Rgb([shade(x, y, 3), shade(x, y, 5), shade(x, y, 11)])).into()
}

/// A drawing: black on white, and the upper left quarter red.
pub fn drawing(width: u32, height: u32) -> DynamicImage {
    RgbImage::from_fn(width, height, |x, y| {
        if x < width / 2 && y < height / 2 {
            Rgb([200, 0, 0])
        } else if (x + y) % 16 < 2 {
            Rgb([0, 0, 0])
        } else {
            Rgb([255, 255, 255])
        }
    })
    .into()
}

pub fn jpeg(picture: &DynamicImage) -> Vec<u8> {
    let mut content = Vec::new();
    picture.write_with_encoder(JpegEncoder::new_with_quality(&mut content, 90)).unwrap();
    content
}

pub fn png(picture: &DynamicImage) -> Vec<u8> {
    let mut content = Vec::new();
    picture.write_with_encoder(PngEncoder::new(&mut content)).unwrap();
    content
}

pub fn webp(picture: &DynamicImage) -> Vec<u8> {
    let mut content = Vec::new();
    picture.write_with_encoder(WebPEncoder::new_lossless(&mut content)).unwrap();
    content
}

/// A JPEG with everything that a camera and a program write into one. Each piece holds the word SECRET.
/// The camera was held so that the picture has to be turned clockwise.
pub fn jpeg_that_tells(picture: &DynamicImage) -> Vec<u8> {
    let plain = jpeg(picture);
    let mut content = plain[..2].to_vec();
    content.extend(segment(0xE1, &[b"Exif\0\0".to_vec(), exif(6)].concat()));
    content.extend(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>SECRET XMP</x:xmpmeta>"));
    content.extend(segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x0fSECRET IPTC"));
    content.extend(segment(0xFE, b"SECRET comment"));
    content.extend(segment(0xEA, b"SECRET of some maker"));
    content.extend(&plain[2..]);
    content.extend(b"SECRET after the end: PK\x03\x04 <script>alert(1)</script>");
    content
}

fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    [&[0xFF, marker][..], &length, content].concat()
}

/// Exif with an orientation, a place on earth and a name.
fn exif(orientation: u16) -> Vec<u8> {
    let mut tiff = b"MM\0\x2a\0\0\0\x08\0\x03".to_vec();
    let mut entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        tiff.extend(tag.to_be_bytes());
        tiff.extend(kind.to_be_bytes());
        tiff.extend(count.to_be_bytes());
        tiff.extend(value);
    };
    let [high, low] = orientation.to_be_bytes();
    entry(0x0112, 3, 1, [high, low, 0, 0]);
    entry(0x8825, 4, 1, [0, 0, 0, 64]);
    entry(0x013B, 2, 12, [0, 0, 0, 50]);
    tiff.extend([0; 4]);
    tiff.resize(50, 0);
    tiff.extend(b"SECRET GPS!\0\0\0\0\x01\0\x01\0\x02\0\0\0\x02N\0\0\0\0\0\0\0");
    tiff
}

/// A chunk of a PNG file (PNG, 5.3).
pub fn chunk(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let named = [kind.as_slice(), content].concat();
    let length = u32::try_from(content.len()).unwrap().to_be_bytes();
    [&length[..], &named, &crc(&named).to_be_bytes()].concat()
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(
            crc ^ u32::from(*byte),
            |crc, _| {
                if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 }
            },
        )
    })
}

/// A PNG with these chunks before its pixels.
pub fn png_with(picture: &DynamicImage, chunks: &[Vec<u8>]) -> Vec<u8> {
    let plain = png(picture);
    // After the signature (8 bytes) and the header (25).
    [&plain[..33], &chunks.concat(), &plain[33..]].concat()
}

/// A PNG of some hundred bytes that says it is this large.
pub fn png_that_claims(width: u32, height: u32) -> Vec<u8> {
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[1, 0, 0, 0, 0]].concat();
    let plain = png(&drawing(8, 8));
    [&plain[..8], &chunk(b"IHDR", &header), &plain[33..]].concat()
}

/// A picture of 16 bits a colour, as PNG.
pub fn png_of_16_bits() -> Vec<u8> {
    let mut content = Cursor::new(Vec::new());
    DynamicImage::from(photo(60, 40).to_rgb16()).write_to(&mut content, ImageFormat::Png).unwrap();
    content.into_inner()
}

/// A WebP that moves: the extended header says so, and two frames follow.
pub fn webp_that_moves() -> Vec<u8> {
    let still = webp(&drawing(8, 8));
    let frame = [&[0; 6][..], &[7, 0, 0, 7, 0, 0, 100, 0, 0, 0], &still[12..]].concat();
    let part = |kind: &[u8], content: &[u8]| {
        let length = u32::try_from(content.len()).unwrap().to_le_bytes();
        let padding = &[0][..content.len() % 2];
        [kind, &length, content, padding].concat()
    };
    let body = [
        b"WEBP".to_vec(),
        part(b"VP8X", &[0b10, 0, 0, 0, 7, 0, 0, 7, 0, 0]),
        part(b"ANIM", &[0; 6]),
        part(b"ANMF", &frame),
        part(b"ANMF", &frame),
    ]
    .concat();
    part(b"RIFF", &body)
}

/// A JPEG in the four colours of a printing press, all cyan: every block is only its mean (T.81, F.1.2).
pub fn jpeg_for_print() -> Vec<u8> {
    let mut content = vec![0xFF, 0xD8];
    // Adobe's mark: four colours as they are.
    content.extend(segment(0xEE, b"Adobe\0\x64\0\0\0\0\0"));
    content.extend(segment(0xDB, &[&[0][..], &[1; 64]].concat()));
    let frame: Vec<u8> = (1..=4).flat_map(|color| [color, 0x11, 0]).collect();
    content.extend(segment(0xC0, &[&[8, 0, 8, 0, 8, 4][..], &frame].concat()));
    // One code for a difference of no bits and one for the end of a block; one bit each.
    let codes = |class: u8, value: u8| [&[class, 1][..], &[0; 15], &[value]].concat();
    content.extend(segment(0xC4, &codes(0x00, 0)));
    content.extend(segment(0xC4, &codes(0x10, 0)));
    let scan: Vec<u8> = (1..=4).flat_map(|color| [color, 0x00]).collect();
    content.extend(segment(0xDA, &[&[4][..], &scan, &[0, 63, 0]].concat()));
    content.extend([0b0000_0000, 0xFF, 0xD9]);
    content
}

/// The pixels again.
pub fn decoded(content: &[u8]) -> DynamicImage {
    image::load_from_memory(content).unwrap()
}
