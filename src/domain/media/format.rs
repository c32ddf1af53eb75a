//! The formats that are taken, told apart by their first bytes: never by a name or by what a browser says.

crate::words_enum! {
    /// What an upload or a blob is.
    Format {
        /// A photograph, as a rule.
        Jpeg = "jpeg",
        /// A drawing, a map, a screenshot.
        Png = "png",
        /// Either.
        Webp = "webp",
        /// A document.
        Pdf = "pdf",
    }
}

impl Format {
    /// How many first bytes it takes to tell.
    pub const TELLING: usize = 12;

    /// The format that content begins like; `None` for anything that is not taken.
    pub fn of(content: &[u8]) -> Option<Self> {
        match content {
            [0xFF, 0xD8, 0xFF, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(Self::Png),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Webp),
            [b'%', b'P', b'D', b'F', b'-', ..] => Some(Self::Pdf),
            _ => None,
        }
    }

    /// The most bytes of an upload.
    pub fn most_bytes(self) -> usize {
        match self {
            Self::Pdf => 50_000_000,
            Self::Jpeg | Self::Png | Self::Webp => 20_000_000,
        }
    }

    /// Whether it is shown in a text, and not only linked.
    pub fn is_picture(self) -> bool {
        self != Self::Pdf
    }

    /// Its media type (RFC 6838).
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Pdf => "application/pdf",
        }
    }

    /// The ending of its addresses.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            other => other.as_str(),
        }
    }

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::Webp => "WebP",
            Self::Pdf => "PDF",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_tells_and_nothing_before_it() {
        assert_eq!(Format::of(b"%PDF-1.7\n"), Some(Format::Pdf));
        assert_eq!(Format::of(b"RIFF\x10\0\0\0WEBPVP8 "), Some(Format::Webp));
        for other in
            [&b""[..], b"<svg xmlns=", b"<!doctype html>", b"GIF89a", b" %PDF-1.7", b"RIFF\0\0\0\0WAVE"]
        {
            assert_eq!(Format::of(other), None);
        }
    }
}
