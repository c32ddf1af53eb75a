//! What is taken out of a document, object by object (ISO 32000-1; the numbers of its sections stand beside).

use std::collections::{BTreeSet, HashMap};

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::{Warning, jpeg};

/// Entries that tell of the makers (14.3, 14.5), show an earlier state, act by themselves (12.6.3), or hold
/// other files (7.11.4).
const TAKEN_OUT: [(&[u8], Option<Warning>); 17] = [
    (b"Metadata", None),
    (b"PieceInfo", None),
    (b"LastModified", None),
    (b"Thumb", None),
    (b"SpiderInfo", None),
    (b"OpenAction", None),
    (b"AA", Some(Warning::Actions)),
    (b"JS", Some(Warning::Scripts)),
    (b"JavaScript", Some(Warning::Scripts)),
    (b"XFA", Some(Warning::Scripts)),
    (b"EmbeddedFiles", Some(Warning::Attachments)),
    (b"EF", Some(Warning::Attachments)),
    (b"AF", Some(Warning::Attachments)),
    (b"Collection", Some(Warning::Attachments)),
    (b"RichMediaContent", Some(Warning::Attachments)),
    (b"Renditions", Some(Warning::Attachments)),
    (b"Perms", Some(Warning::Signatures)),
];

/// What an action may not do (12.6.4): run, open or send something, or reach into another file.
const ACTIONS: [&[u8]; 13] = [
    b"JavaScript",
    b"Launch",
    b"SubmitForm",
    b"ImportData",
    b"ResetForm",
    b"GoToE",
    b"GoToR",
    b"Rendition",
    b"Movie",
    b"Sound",
    b"RichMediaExecute",
    b"GoTo3DView",
    b"Hide",
];

/// What lies on a page and is no text (12.5.6).
const ATTACHED: [&[u8]; 6] = [b"FileAttachment", b"RichMedia", b"Screen", b"Movie", b"Sound", b"3D"];

/// What says who wrote a comment, and when (12.5.2, 12.5.6.2).
const OF_COMMENTS: [&[u8]; 4] = [b"T", b"M", b"CreationDate", b"NM"];

/// Takes out of one document, and keeps in mind what has to be said about it.
pub(super) struct Cleaning {
    /// Names that stand in objects of their own, so that a reference to one hides nothing.
    names: HashMap<ObjectId, Vec<u8>>,
    found: BTreeSet<Warning>,
}

impl Cleaning {
    pub(super) fn of(document: &Document) -> Self {
        let named =
            document.objects.iter().filter_map(|(id, object)| Some((*id, object.as_name().ok()?.to_vec())));
        Self { names: named.collect(), found: BTreeSet::new() }
    }

    pub(super) fn note(&mut self, warning: Warning) {
        self.found.insert(warning);
    }

    /// What was found, in the order in which people are told.
    pub(super) fn warnings(self) -> Vec<Warning> {
        self.found.into_iter().collect()
    }

    /// Cleans an object and everything in it; what may not stay at all becomes nothing.
    pub(super) fn clean(&mut self, object: &mut Object) {
        let stays = match object {
            Object::Array(items) => {
                items.iter_mut().for_each(|item| self.clean(item));
                true
            }
            Object::Dictionary(dictionary) => self.clean_dictionary(dictionary),
            Object::Stream(stream) => self.clean_stream(stream),
            _ => true,
        };
        if !stays {
            *object = Object::Null;
        }
    }

    fn clean_dictionary(&mut self, dictionary: &mut Dictionary) -> bool {
        if let Some(why) = self.may_not_stay(dictionary) {
            self.note(why);
            return false;
        }
        for (key, warning) in TAKEN_OUT {
            if let Some(mut taken) = dictionary.remove(key) {
                self.found.extend(warning);
                // For what has to be said of it: what opens a page may be a place or a script.
                self.clean(&mut taken);
            }
        }
        self.look_at(dictionary);
        for (_, value) in dictionary.iter_mut() {
            self.clean(value);
        }
        true
    }

    fn may_not_stay(&self, dictionary: &Dictionary) -> Option<Warning> {
        let is = |key: &[u8], names: &[&[u8]]| {
            self.name(dictionary, key).is_some_and(|name| names.contains(&name))
        };
        if is(b"S", &ACTIONS) {
            let is_script = is(b"S", &[b"JavaScript"]);
            return Some(if is_script { Warning::Scripts } else { Warning::Actions });
        }
        if is(b"Subtype", &ATTACHED) || is(b"Type", &[b"EmbeddedFile"]) {
            return Some(Warning::Attachments);
        }
        // A signature, which names who signed, and holds no longer once a byte has changed (12.8).
        let is_signature = is(b"Type", &[b"Sig", b"DocTimeStamp"]) || dictionary.has(b"ByteRange");
        is_signature.then_some(Warning::Signatures)
    }

    fn name<'a>(&'a self, dictionary: &'a Dictionary, key: &[u8]) -> Option<&'a [u8]> {
        match dictionary.get(key).ok()? {
            Object::Name(name) => Some(name),
            Object::Reference(id) => self.names.get(id).map(Vec::as_slice),
            _ => None,
        }
    }

    /// What stays, and has to be known: comments without their authors, forms, layers.
    fn look_at(&mut self, dictionary: &mut Dictionary) {
        if dictionary.has(b"OCProperties") {
            self.note(Warning::Layers);
        }
        if dictionary.has(b"AcroForm") || (dictionary.has(b"Fields") && dictionary.has(b"DA")) {
            self.note(Warning::Form);
        }
        let lies_on_a_page = dictionary.has(b"Rect") && dictionary.has(b"Subtype");
        let kind = self.name(dictionary, b"Subtype").map(<[u8]>::to_vec);
        let Some(kind) = kind.filter(|kind| lies_on_a_page && kind != b"Widget") else { return };
        for key in OF_COMMENTS {
            dictionary.remove(key);
        }
        if kind != b"Link" && kind != b"Popup" {
            self.note(Warning::Comments);
        }
    }

    fn clean_stream(&mut self, stream: &mut Stream) -> bool {
        let is = |key: &[u8], wanted: &[u8]| self.name(&stream.dict, key).is_some_and(|name| name == wanted);
        if is(b"Type", b"Metadata") || is(b"Subtype", b"XML") {
            return false;
        }
        let is_picture = is(b"Subtype", b"Image");
        if !self.clean_dictionary(&mut stream.dict) {
            return false;
        }
        // The content of a stream may be told to stand in another file (7.3.8.2).
        for key in [&b"F"[..], b"FFilter", b"FDecodeParms"] {
            stream.dict.remove(key);
        }
        let filters: Vec<Vec<u8>> =
            stream.filters().map(|all| all.iter().map(|name| name.to_vec()).collect()).unwrap_or_default();
        match filters.last().map(Vec::as_slice) {
            Some(b"DCTDecode" | b"DCT") if filters.len() == 1 => match jpeg::without_details(&stream.content)
            {
                Some(content) => stream.set_content(content),
                None => self.note(Warning::Pictures),
            },
            Some(b"DCTDecode" | b"DCT" | b"JPXDecode") => self.note(Warning::Pictures),
            _ if is_picture && filters.is_empty() && stream.dict.has(b"Filter") => {
                self.note(Warning::Pictures)
            }
            _ => {}
        }
        true
    }
}
