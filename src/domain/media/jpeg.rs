//! The segments of a JPEG file (ITU-T T.81, annex B), as far as they have to be told apart.

/// Start of image, end of image, start of scan.
const SOI: u8 = 0xD8;
const EOI: u8 = 0xD9;
const SOS: u8 = 0xDA;

/// A segment before the pixels: its marker, and where it stands with its marker and all.
struct Segment {
    marker: u8,
    at: std::ops::Range<usize>,
}

/// The segments before the pixels, and where the pixels begin; `None` where this is no JPEG.
fn header(content: &[u8]) -> Option<(Vec<Segment>, usize)> {
    if content.get(..2)? != [0xFF, SOI] {
        return None;
    }
    let (mut at, mut segments) = (2, Vec::new());
    loop {
        let marker = match content.get(at..at + 2)? {
            [0xFF, 0xFF] => {
                at += 1;
                continue;
            }
            [0xFF, marker] => *marker,
            _ => return None,
        };
        if marker == SOS {
            return Some((segments, at));
        }
        let length = usize::from(u16::from_be_bytes(content.get(at + 2..at + 4)?.try_into().ok()?));
        let end = at + 2 + length;
        content.get(at..end)?;
        segments.push(Segment { marker, at: at..end });
        at = end;
    }
}

/// Whether the file goes on to its end: a decoder would fill what is missing with grey.
pub(super) fn is_whole(content: &[u8]) -> bool {
    header(content).is_some_and(|(_, pixels)| content[pixels..].windows(2).any(|two| two == [0xFF, EOI]))
}

/// Whether it has the four colours of a printing press.
pub(super) fn is_for_print(content: &[u8]) -> bool {
    let Some((segments, _)) = header(content) else { return false };
    let is_frame = |marker| (0xC0..=0xCF).contains(&marker) && !matches!(marker, 0xC4 | 0xC8 | 0xCC);
    // Length (2), precision (1), height (2), width (2), then how many colours.
    segments.iter().any(|s| is_frame(s.marker) && content.get(s.at.start + 9) == Some(&4))
}

/// The same pixels without what is said about them: Exif, XMP, IPTC, comments, and what stands after the
/// end. What a decoder needs to know of the colours stays.
pub(super) fn without_details(content: &[u8]) -> Option<Vec<u8>> {
    let (segments, pixels) = header(content)?;
    let mut bare = vec![0xFF, SOI];
    for Segment { marker, at } in segments {
        let is_profile =
            marker == 0xE2 && content[at.clone()].get(4..).is_some_and(|s| s.starts_with(b"ICC_PROFILE"));
        let tells = matches!(marker, 0xE1..=0xED | 0xEF | 0xFE) && !is_profile;
        if !tells {
            bare.extend_from_slice(&content[at]);
        }
    }
    let end = content.windows(2).rposition(|two| two == [0xFF, EOI]).filter(|end| *end > pixels);
    bare.extend_from_slice(&content[pixels..end.map_or(content.len(), |end| end + 2)]);
    Some(bare)
}
