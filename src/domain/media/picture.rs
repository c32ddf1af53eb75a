//! Pictures are drawn anew: decoded within bounds, turned upright, brought to the colours of the web, and
//! written in a few sizes. So nothing comes along that is not a pixel.

use std::collections::HashSet;
use std::io::Cursor;

use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::{CompressionType, FilterType as Filter, PngDecoder, PngEncoder};
use image::codecs::webp::{WebPDecoder, WebPEncoder};
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageError, ImageResult, Limits};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

use super::prepare::{LONGEST_SIDE, MOST_PIXELS, Made};
use super::{Format, Trouble, Warning, jpeg};

/// The widths that readers' browsers choose from, in pixels; and the widest that is kept.
const WIDTHS: [u32; 3] = [480, 960, 1600];
const WIDEST: u32 = 2560;

/// Hardly a difference to the eye, and half the bytes.
const QUALITY: u8 = 80;

/// The most bytes that a decoder may take: every pixel with four colours of 16 bits.
const MOST_MEMORY: u64 = MOST_PIXELS * 8 + 16_000_000;

/// A picture of this many colours is a drawing, which JPEG would smear.
const COLOURS_OF_A_DRAWING: usize = 1024;

/// Gives every size of a picture, the smallest first.
pub(super) fn draw_anew(format: Format, upload: &[u8]) -> Result<(Vec<Made>, Vec<Warning>), Trouble> {
    let mut warnings = Vec::new();
    if format == Format::Jpeg && jpeg::is_for_print(upload) {
        warnings.push(Warning::PrintColours);
    }
    let mut picture = decode(format, upload)?;
    if picture.width() > WIDEST {
        warnings.insert(0, Warning::Shrunk);
        picture = to_width(&picture, WIDEST);
    }
    let widest = picture.width();
    let mut sizes = Vec::new();
    let smaller = WIDTHS.iter().rev().filter(|width| **width * 10 < widest * 9);
    for width in std::iter::once(widest).chain(smaller.copied()) {
        // Each from the one before it: four times as quick, and no worse to look at.
        if width != picture.width() {
            picture = to_width(&picture, width);
        }
        let (format, content) = encode(&picture).map_err(|_| Trouble::Damaged)?;
        sizes.push(Made::new(format, Some((picture.width(), picture.height())), content));
    }
    sizes.reverse();
    Ok((sizes, warnings))
}

fn decode(format: Format, upload: &[u8]) -> Result<DynamicImage, Trouble> {
    let source = Cursor::new(upload);
    match format {
        Format::Jpeg => {
            let picture = read(JpegDecoder::new(source).map_err(trouble)?)?;
            if jpeg::is_whole(upload) { Ok(picture) } else { Err(Trouble::Damaged) }
        }
        Format::Png => {
            let decoder = PngDecoder::with_limits(source, limits()).map_err(trouble)?;
            if decoder.is_apng().map_err(trouble)? {
                return Err(Trouble::Moves);
            }
            read(decoder)
        }
        Format::Webp => {
            let decoder = WebPDecoder::new(source).map_err(trouble)?;
            if decoder.has_animation() {
                return Err(Trouble::Moves);
            }
            read(decoder)
        }
        Format::Pdf => Err(Trouble::Format),
    }
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    limits
}

/// Reads the pixels, once it is known how many there are.
fn read(mut decoder: impl ImageDecoder) -> Result<DynamicImage, Trouble> {
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(Trouble::Pixels);
    }
    decoder.set_limits(limits()).map_err(trouble)?;
    let profile = decoder.icc_profile().ok().flatten();
    let orientation = decoder.orientation().map_err(trouble)?;
    let picture = DynamicImage::from_decoder(decoder).map_err(trouble)?;
    let mut picture = plain(picture);
    if let Some(profile) = profile {
        to_colours_of_the_web(&mut picture, &profile);
    }
    picture.apply_orientation(orientation);
    Ok(picture)
}

/// Eight bits a colour; grey where it is grey; see-through only where something is.
fn plain(picture: DynamicImage) -> DynamicImage {
    let color = picture.color();
    if color.has_alpha() {
        let picture = picture.into_rgba8();
        if picture.pixels().any(|pixel| pixel.0[3] < 255) {
            return picture.into();
        }
        return DynamicImage::from(picture).into_rgb8().into();
    }
    if color.has_color() { picture.into_rgb8().into() } else { picture.into_luma8().into() }
}

/// Colours as their profile means them, in sRGB: then nobody needs the profile. One that cannot be read
/// changes nothing.
fn to_colours_of_the_web(picture: &mut DynamicImage, profile: &[u8]) {
    let Ok(profile) = ColorProfile::new_from_slice(profile) else { return };
    if profile.color_space != DataColorSpace::Rgb {
        return;
    }
    let layout = match picture {
        DynamicImage::ImageRgb8(_) => Layout::Rgb,
        DynamicImage::ImageRgba8(_) => Layout::Rgba,
        _ => return,
    };
    let srgb = ColorProfile::new_srgb();
    let Ok(transform) = profile.create_transform_8bit(layout, &srgb, layout, TransformOptions::default())
    else {
        return;
    };
    let before = picture.as_bytes().to_vec();
    let mut after = vec![0; before.len()];
    if transform.transform(&before, &mut after).is_err() {
        return;
    }
    match picture {
        DynamicImage::ImageRgb8(pixels) => pixels.copy_from_slice(&after),
        DynamicImage::ImageRgba8(pixels) => pixels.copy_from_slice(&after),
        _ => {}
    }
}

fn to_width(picture: &DynamicImage, width: u32) -> DynamicImage {
    let height = u64::from(picture.height()) * u64::from(width) / u64::from(picture.width().max(1));
    let height = u32::try_from(height.max(1)).unwrap_or(LONGEST_SIDE);
    picture.resize_exact(width, height, FilterType::Lanczos3)
}

/// As JPEG; or without loss where there is something to see through, or where that is smaller because it is
/// a drawing.
fn encode(picture: &DynamicImage) -> ImageResult<(Format, Vec<u8>)> {
    let mut photo = None;
    if !picture.color().has_alpha() {
        let mut content = Vec::new();
        picture.write_with_encoder(JpegEncoder::new_with_quality(&mut content, QUALITY))?;
        if !is_drawing(picture) {
            return Ok((Format::Jpeg, content));
        }
        photo = Some((Format::Jpeg, content));
    }
    let (mut png, mut webp) = (Vec::new(), Vec::new());
    picture.write_with_encoder(PngEncoder::new_with_quality(
        &mut png,
        CompressionType::Best,
        Filter::Adaptive,
    ))?;
    // Its encoder knows no grey.
    let coloured = if picture.color().has_alpha() {
        picture.to_rgba8().into()
    } else {
        DynamicImage::from(picture.to_rgb8())
    };
    coloured.write_with_encoder(WebPEncoder::new_lossless(&mut webp))?;
    let all = [Some((Format::Png, png)), Some((Format::Webp, webp)), photo];
    let smallest = all.into_iter().flatten().min_by_key(|(_, content)| content.len());
    Ok(smallest.unwrap_or((Format::Png, Vec::new())))
}

fn is_drawing(picture: &DynamicImage) -> bool {
    let bytes = picture.as_bytes();
    let pixel = usize::from(picture.color().channel_count());
    // Every pixel of a small one, and some hundred thousand of a large one.
    let step = (bytes.len() / pixel / 200_000).max(1);
    let mut colours = HashSet::new();
    bytes.chunks_exact(pixel).step_by(step).all(|colour| {
        colours.insert(colour);
        colours.len() <= COLOURS_OF_A_DRAWING
    })
}

fn trouble(error: ImageError) -> Trouble {
    match error {
        ImageError::Limits(_) => Trouble::Pixels,
        _ => Trouble::Damaged,
    }
}
