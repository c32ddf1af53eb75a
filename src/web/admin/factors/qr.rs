//! A QR code as the address of a picture.

use data_encoding::BASE64;
use fast_qr::convert::Builder as _;
use fast_qr::convert::svg::SvgBuilder;
use fast_qr::qr::QRBuilder;

/// The picture of a text: black on white with its quiet margin, in light and dark. `None` where the text is
/// too long for one.
pub(super) fn picture(text: &str) -> Option<String> {
    let code = QRBuilder::new(text).build().ok()?;
    let svg = SvgBuilder::default().margin(4).to_str(&code);
    Some(format!("data:image/svg+xml;base64,{}", BASE64.encode(svg.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_becomes_a_picture_if_it_is_not_too_long() {
        assert!(picture("otpauth://totp/x").unwrap().starts_with("data:image/svg+xml;base64,PHN2Zy"));
        assert!(picture(&"x".repeat(4000)).is_none());
    }
}
