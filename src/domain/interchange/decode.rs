//! From bytes to a text that can be kept.

use super::report::Fault;
use crate::text::clean;

/// The text of a file: UTF-8, with or without a byte order mark, whatever its line ends.
///
/// Nothing is replaced or left out in silence: what no text may have is refused with its line.
pub(super) fn text(bytes: &[u8]) -> Result<String, Fault> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = 1 + bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
        Fault::at(line, "this is not UTF-8; please save the file as UTF-8")
    })?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n");
    for (index, line) in text.split('\n').enumerate() {
        if let Some(c) = line.chars().find(|c| clean::is_refused(*c)) {
            let why = format!("U+{:04X} is a control character, which no text may have", u32::from(c));
            return Err(Fault::at(index + 1, why));
        }
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_line_ends_of_windows_are_fine() {
        assert_eq!(text(b"\xEF\xBB\xBFone\r\ntwo\rthree\n").unwrap(), "one\ntwo\nthree\n");
    }

    #[test]
    fn what_no_text_may_have_is_refused_with_its_line() {
        for (bytes, line, word) in [
            (&b"one\r\ntwo \0"[..], 2, "U+0000"),
            (b"\n\n\x07", 3, "U+0007"),
            (b"one\n\xC4\xE3\xBA\xC3", 2, "UTF-8"),
            ("\u{FFFE}".as_bytes(), 1, "U+FFFE"),
        ] {
            let fault = text(bytes).unwrap_err();
            assert_eq!(fault.line, Some(line), "{fault:?}");
            assert!(fault.why.contains(word), "{fault:?}");
        }
    }
}
