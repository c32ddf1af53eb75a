//! Documents are written anew: nothing that tells of their makers, nothing that acts, nothing they were before.

use lopdf::{Document, Object};
use onrecord::domain::media::{Prepared, Trouble, Warning, prepare};

use crate::support::documents::{Pdf, that_acts, that_is_protected, that_tells, that_was_changed};
use crate::support::pictures::{drawing, jpeg};

fn holds(content: &[u8], words: &str) -> bool {
    content.windows(words.len()).any(|found| found == words.as_bytes())
}

#[track_caller]
fn made(upload: &[u8]) -> (Vec<u8>, Vec<Warning>) {
    let Prepared { mut blobs, warnings, .. } = prepare(upload).unwrap();
    assert_eq!(blobs.len(), 1);
    (blobs.remove(0).content, warnings)
}

#[test]
fn a_document_stays_readable() {
    let (content, warnings) = made(&Pdf::new().written());
    assert_eq!(warnings, []);
    let document = Document::load_mem(&content).unwrap();
    let page = *document.get_pages().values().next().unwrap();
    assert!(holds(&document.get_page_content(page), "(Report) Tj"));
}

#[test]
fn what_tells_of_its_makers_is_gone() {
    let upload = that_tells();
    assert!(upload.windows(6).filter(|found| found == b"SECRET").count() >= 10);
    let (content, warnings) = made(&upload);
    for telling in ["SECRET", "Author", "Producer", "Metadata", "xmpmeta", "PieceInfo", "/Info", "/ID"] {
        assert!(!holds(&content, telling), "{telling}");
    }
    assert!(holds(&content, "(A remark)"));
    assert_eq!(warnings, [Warning::Comments]);
    // The picture in it is still one.
    let document = Document::load_mem(&content).unwrap();
    let mut picture = document.objects.values().filter_map(|object| object.as_stream().ok());
    let picture = picture.find(|stream| stream.content.starts_with(&[0xFF, 0xD8])).unwrap();
    assert_eq!(image::load_from_memory(&picture.content).unwrap().width(), 16);
}

#[test]
fn what_acts_is_gone_and_the_links_stay() {
    let upload = that_acts();
    let (content, warnings) = made(&upload);
    for acting in [
        "SECRET",
        "JavaScript",
        "/JS",
        "Launch",
        "/AA",
        "OpenAction",
        "EmbeddedFile",
        "FileAttachment",
        "SubmitForm",
        "/XFA",
        "/EF",
        ".exe",
    ] {
        assert!(holds(&upload, acting), "{acting} is not in what was sent");
        assert!(!holds(&content, acting), "{acting}");
    }
    assert!(holds(&content, "https://example.org/kept"));
    let said = [Warning::Scripts, Warning::Attachments, Warning::Actions, Warning::Form];
    assert_eq!(warnings, said);
    assert!(warnings.iter().all(|warning| warning.text().len() > 20));
}

#[test]
fn a_script_that_runs_on_opening_is_told() {
    let mut pdf = Pdf::new();
    pdf.on_catalog(
        "OpenAction",
        lopdf::dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("SECRET") },
    );
    let (content, warnings) = made(&pdf.written());
    assert!(!holds(&content, "SECRET"));
    assert_eq!(warnings, [Warning::Scripts]);
}

#[test]
fn a_name_that_is_written_otherwise_is_the_same_name() {
    // The places of the objects move with it: the list of them is mended on reading.
    let upload = String::from_utf8_lossy(&that_acts()).into_owned();
    let otherwise = upload.replace("/JavaScript", "/Java#53cript").replace("/Launch", "/L#61unch");
    assert_ne!(upload, otherwise);
    let (content, _) = made(otherwise.as_bytes());
    for acting in ["SECRET", "JavaScript", "Java#", "Launch", "L#61"] {
        assert!(!holds(&content, acting), "{acting}");
    }
}

#[test]
fn what_it_said_before_is_gone() {
    let upload = that_was_changed();
    assert!(holds(&upload, "(SECRET)") && holds(&upload, "(Changed)"));
    let (content, warnings) = made(&upload);
    assert!(!holds(&content, "(SECRET)") && holds(&content, "(Changed)"));
    assert_eq!(warnings, [Warning::Revisions]);
}

#[test]
fn what_stands_around_a_document_is_gone() {
    let mut upload = Pdf::new().written();
    upload.extend(b"PK\x03\x04 SECRET");
    let (content, _) = made(&upload);
    assert!(!holds(&content, "SECRET"));
    let before = [b"<html>SECRET</html>\n".to_vec(), Pdf::new().written()].concat();
    assert_eq!(prepare(&before).map(|_| ()).unwrap_err(), Trouble::Format);
}

#[test]
fn what_is_locked_or_broken_is_refused_in_words() {
    assert_eq!(prepare(&that_is_protected()).map(|_| ()).unwrap_err(), Trouble::Locked);
    let whole = Pdf::new().written();
    for part in [10, whole.len() / 2, whole.len() - 30] {
        assert_eq!(prepare(&whole[..part]).map(|_| ()).unwrap_err(), Trouble::Damaged, "{part}");
    }
    let no_page = String::from_utf8_lossy(&whole).replace("/Kids", "/Kit ");
    assert_eq!(prepare(no_page.as_bytes()).map(|_| ()).unwrap_err(), Trouble::Damaged);
    assert_eq!(prepare(b"%PDF-1.7\nstartxref\n0\n%%EOF").map(|_| ()).unwrap_err(), Trouble::Damaged);
    let picture = [b"%PDF-".to_vec(), jpeg(&drawing(8, 8))].concat();
    assert_eq!(prepare(&picture).map(|_| ()).unwrap_err(), Trouble::Damaged);
    assert!(Trouble::Locked.to_string().contains("without protection"));
}

#[test]
fn a_list_of_objects_that_is_wrong_is_mended_or_refused_and_never_kept() {
    let whole = String::from_utf8_lossy(&Pdf::new().written()).into_owned();
    let at = whole.rfind("startxref").unwrap();
    let broken = format!("{}startxref\n9\n%%EOF\n", &whole[..at]);
    if let Ok(prepared) = prepare(broken.as_bytes()) {
        assert!(Document::load_mem(&prepared.blobs[0].content).unwrap().xref_recovery.is_none());
    }
}

#[test]
fn what_is_nested_without_end_is_refused() {
    let mut upload = b"%PDF-1.7\n1 0 obj\n".to_vec();
    upload.extend([b'['; 200_000]);
    upload.extend(b"\nendobj\ntrailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF");
    assert_eq!(prepare(&upload).map(|_| ()).unwrap_err(), Trouble::Damaged);
}
