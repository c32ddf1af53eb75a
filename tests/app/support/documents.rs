//! PDF documents to upload, written here. What must not come through holds the word SECRET.

use lopdf::{Dictionary, Document, Object, Stream, StringFormat, dictionary};

use super::pictures;

fn text(words: &str) -> Object {
    Object::String(words.as_bytes().to_vec(), StringFormat::Literal)
}

/// A document of one page that says "Report", and what its page is.
pub struct Pdf {
    pub document: Document,
    pub page: (u32, u16),
    pub catalog: (u32, u16),
}

impl Pdf {
    pub fn new() -> Self {
        let mut document = Document::with_version("1.5");
        let pages = document.new_object_id();
        let content = Stream::new(Dictionary::new(), b"BT /F1 12 Tf (Report) Tj ET".to_vec());
        let content = document.add_object(content);
        let page = document.add_object(dictionary! {
            "Type" => "Page", "Parent" => pages, "Contents" => content,
            "MediaBox" => vec![0.into(), 0.into(), 200.into(), 200.into()],
        });
        let tree = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 };
        document.objects.insert(pages, tree.into());
        let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
        document.trailer.set("Root", catalog);
        Self { document, page, catalog }
    }

    pub fn on_catalog(&mut self, key: &str, value: impl Into<Object>) {
        self.document.get_dictionary_mut(self.catalog).unwrap().set(key, value);
    }

    pub fn on_page(&mut self, key: &str, value: impl Into<Object>) {
        self.document.get_dictionary_mut(self.page).unwrap().set(key, value);
    }

    pub fn written(mut self) -> Vec<u8> {
        let mut content = Vec::new();
        self.document.save_to(&mut content).unwrap();
        content
    }
}

/// Says who made it, in every place where a document can say so.
pub fn that_tells() -> Vec<u8> {
    let mut pdf = Pdf::new();
    let info = pdf.document.add_object(dictionary! {
        "Author" => text("SECRET author"), "Producer" => text("SECRET producer"),
    });
    pdf.document.trailer.set("Info", info);
    pdf.document.trailer.set("ID", vec![text("SECRET id"), text("SECRET id")]);
    let xmp = |words: &str| {
        let about = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
        Stream::new(about, format!("<x:xmpmeta>{words}</x:xmpmeta>").into_bytes())
    };
    let of_all = pdf.document.add_object(xmp("SECRET of the whole"));
    let of_page = pdf.document.add_object(xmp("SECRET of the page"));
    pdf.on_catalog("Metadata", of_all);
    pdf.on_page("Metadata", of_page);
    pdf.on_page("PieceInfo", dictionary! { "Maker" => text("SECRET of a maker") });
    let photo = pictures::jpeg_that_tells(&pictures::photo(16, 16));
    let image = dictionary! {
        "Type" => "XObject", "Subtype" => "Image", "Width" => 16, "Height" => 16, "ColorSpace" => "DeviceRGB",
        "BitsPerComponent" => 8, "Filter" => "DCTDecode", "Metadata" => of_page,
    };
    let image = pdf.document.add_object(Stream::new(image, photo));
    pdf.on_page("Resources", dictionary! { "XObject" => dictionary! { "Im1" => image } });
    let comment = pdf.document.add_object(dictionary! {
        "Type" => "Annot", "Subtype" => "Text", "T" => text("SECRET reviewer"), "M" => text("SECRET time"),
        "Contents" => text("A remark"), "Rect" => vec![0.into(), 0.into(), 9.into(), 9.into()],
    });
    pdf.on_page("Annots", vec![comment.into()]);
    pdf.written()
}

/// Does something, in every way in which a document can.
pub fn that_acts() -> Vec<u8> {
    let mut pdf = Pdf::new();
    let script = pdf.document.add_object(dictionary! { "S" => "JavaScript", "JS" => text("SECRET script") });
    let hidden_name = pdf.document.add_object(Object::Name(b"Launch".to_vec()));
    let launch = dictionary! { "S" => hidden_name, "F" => text("SECRET.exe"), "Next" => script };
    pdf.on_catalog("OpenAction", script);
    pdf.on_catalog("AA", dictionary! { "WC" => script });
    let attached = Stream::new(dictionary! { "Type" => "EmbeddedFile" }, b"SECRET attachment".to_vec());
    let attached = pdf.document.add_object(attached);
    let file = pdf.document.add_object(dictionary! {
        "Type" => "Filespec", "F" => text("x.exe"), "EF" => dictionary! { "F" => attached },
    });
    let names = |value: Object| dictionary! { "Names" => vec![text("a"), value] };
    pdf.on_catalog(
        "Names",
        dictionary! { "JavaScript" => names(script.into()), "EmbeddedFiles" => names(file.into()) },
    );
    let rect = || vec![0.into(), 0.into(), 9.into(), 9.into()];
    let button = dictionary! { "Subtype" => "Link", "Rect" => rect(), "A" => launch };
    let clip = dictionary! { "Subtype" => "FileAttachment", "Rect" => rect(), "FS" => file };
    let send = dictionary! {
        "Subtype" => "Widget", "FT" => "Btn", "Rect" => rect(),
        "A" => dictionary! { "S" => "SubmitForm", "F" => text("https://SECRET.example") },
    };
    let good = dictionary! {
        "Subtype" => "Link", "Rect" => rect(),
        "A" => dictionary! { "S" => "URI", "URI" => text("https://example.org/kept") },
    };
    pdf.on_page("Annots", vec![button.into(), clip.into(), send.into(), good.into()]);
    pdf.on_catalog(
        "AcroForm",
        dictionary! { "Fields" => Vec::<Object>::new(), "XFA" => text("SECRET form") },
    );
    pdf.written()
}

/// Said something else before it was changed: the earlier page is still in the file.
pub fn that_was_changed() -> Vec<u8> {
    let first = Pdf::new();
    let (page, mut content) = (first.page, first.written());
    let words = content.windows(8).position(|words| words == b"(Report)").unwrap();
    content[words..words + 8].copy_from_slice(b"(SECRET)");
    let start = content.windows(9).rposition(|word| word == b"startxref").unwrap();
    let xref: usize =
        String::from_utf8_lossy(&content[start + 9..]).split_whitespace().next().unwrap().parse().unwrap();
    let number = page.0 + 100;
    let at = content.len() + 1;
    content.extend(
        format!(
            "\n{number} 0 obj\n<< /Length 28 >>\nstream\nBT /F1 12 Tf (Changed) Tj ET\nendstream\nendobj\n"
        )
        .bytes(),
    );
    let page_at = content.len();
    content.extend(
        format!(
            "{} 0 obj\n<< /Type /Page /Parent 1 0 R /Contents {number} 0 R /MediaBox [0 0 200 200] >>\nendobj\n",
            page.0
        )
        .bytes(),
    );
    let table = content.len();
    content.extend(
        format!(
            "xref\n{} 1\n{page_at:010} 00000 n \n{number} 1\n{at:010} 00000 n \ntrailer\n<< /Size {} /Root 4 0 R /Prev {xref} \
             >>\nstartxref\n{table}\n%%EOF\n",
            page.0,
            number + 1
        )
        .bytes(),
    );
    content
}

/// Opens without a password and still says what may not be done with it.
pub fn that_is_protected() -> Vec<u8> {
    use lopdf::{EncryptionState, EncryptionVersion, Permissions};
    let mut pdf = Pdf::new();
    pdf.document.trailer.set("ID", vec![text("0123456789abcdef"), text("0123456789abcdef")]);
    let version = EncryptionVersion::V2 {
        document: &pdf.document,
        owner_password: "owner",
        user_password: "",
        key_length: 128,
        permissions: Permissions::all(),
    };
    let state = EncryptionState::try_from(version).unwrap();
    pdf.document.encrypt(&state).unwrap();
    pdf.written()
}
