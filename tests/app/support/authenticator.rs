//! A security key in software: as much of WebAuthn as a browser with one does (level 3, 6.1 to 6.5).

use data_encoding::BASE64URL_NOPAD;
use onrecord::text::digest;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};

use super::app::BASE_URL;

const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const ATTESTED: u8 = 0x40;

/// A key for one site. Change what matters to make it misbehave.
#[derive(Clone)]
pub struct Authenticator {
    pub key: SigningKey,
    pub id: Vec<u8>,
    /// What the site calls its owner; it is told on the way in.
    pub handle: Vec<u8>,
    pub counter: u32,
    /// Whether it asks for a finger or a number.
    pub verifies: bool,
    /// The page that asks, as the browser sees it.
    pub origin: String,
}

impl Authenticator {
    /// A new one. Its seed makes it another than the rest of the test.
    pub fn new(seed: u8) -> Self {
        Self {
            key: SigningKey::from_slice(&[seed; 32]).unwrap(),
            id: vec![seed; 16],
            handle: Vec::new(),
            counter: 1,
            verifies: true,
            origin: BASE_URL.to_owned(),
        }
    }

    /// Makes its key known: `navigator.credentials.create`. Refuses, as it has to, where it is known already.
    pub fn create(&mut self, options: &Value) -> Option<String> {
        let excluded = options["excludeCredentials"].as_array().cloned().unwrap_or_default();
        if excluded.iter().any(|known| known["id"] == self.name().as_str()) {
            return None;
        }
        self.handle = bytes(&options["user"]["id"]);
        let data = self.client_data("webauthn.create", options);
        let mut attested = self.authenticator_data(&options["rp"]["id"], ATTESTED);
        attested.extend([0; 16]);
        attested.extend((self.id.len() as u16).to_be_bytes());
        attested.extend(&self.id);
        attested.extend(self.public_key());
        // {"fmt": "none", "attStmt": {}, "authData": …} in CBOR (RFC 8949).
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        object.push(u8::try_from(attested.len()).unwrap());
        object.extend(attested);
        let response = json!({ "clientDataJSON": text(data.as_bytes()), "attestationObject": text(&object) });
        Some(self.answer(&response))
    }

    /// Signs in: `navigator.credentials.get`.
    pub fn get(&mut self, options: &Value) -> String {
        self.counter += 1;
        let data = self.client_data("webauthn.get", options);
        let told = self.authenticator_data(&options["rpId"], 0);
        let signed = [told.clone(), digest::of(data.as_bytes())].concat();
        let signature: Signature = self.key.sign(&signed);
        self.answer(&json!({
            "clientDataJSON": text(data.as_bytes()),
            "authenticatorData": text(&told),
            "signature": text(signature.to_der().as_bytes()),
            "userHandle": text(&self.handle),
        }))
    }

    fn name(&self) -> String {
        text(&self.id)
    }

    fn answer(&self, response: &Value) -> String {
        let (id, kind) = (self.name(), "public-key");
        json!({ "id": id, "rawId": id, "type": kind, "response": response, "clientExtensionResults": {} })
            .to_string()
    }

    fn client_data(&self, kind: &str, options: &Value) -> String {
        let (challenge, origin) = (&options["challenge"], &self.origin);
        json!({ "type": kind, "challenge": challenge, "origin": origin, "crossOrigin": false }).to_string()
    }

    fn authenticator_data(&self, site: &Value, more: u8) -> Vec<u8> {
        let flags = PRESENT | more | if self.verifies { VERIFIED } else { 0 };
        let mut data = digest::of(site.as_str().unwrap().as_bytes());
        data.push(flags);
        data.extend(self.counter.to_be_bytes());
        data
    }

    /// COSE: {1: 2, 3: -7, -1: 1, -2: x, -3: y} (RFC 9053, 7.1.1).
    fn public_key(&self) -> Vec<u8> {
        let point = self.key.verifying_key().to_sec1_point(false);
        let (x, y) = point.as_bytes()[1..].split_at(32);
        [b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20".as_slice(), x, b"\x22\x58\x20", y].concat()
    }
}

fn text(bytes: &[u8]) -> String {
    BASE64URL_NOPAD.encode(bytes)
}

fn bytes(text: &Value) -> Vec<u8> {
    BASE64URL_NOPAD.decode(text.as_str().unwrap().as_bytes()).unwrap()
}
