//! Forms as they arrive: names and values, nothing trusted yet, everything kept for a second try.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{FromRequest, HttpRequest, web};
use futures_util::StreamExt as _;

use super::error::Error;
use crate::text::clean;

/// The most bytes of a form: the longest text that can be kept (500,000 characters), all of it Chinese
/// (nine bytes a character on the way), and room.
pub const MAX_BYTES: usize = 6 * 1024 * 1024;

/// How long a form may take to arrive.
const PATIENCE: Duration = Duration::from_secs(60);

/// The fields of a form, in their order.
#[derive(Clone, Debug, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// The first value of a field as one line; empty where there is none.
    pub fn line(&self, name: &str) -> String {
        clean::line(self.raw(name))
    }

    /// The first value of a field with its lines.
    pub fn paragraphs(&self, name: &str) -> String {
        clean::paragraphs(self.raw(name))
    }

    /// The first value of a field just as it came, for passwords and tokens.
    pub fn raw(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// All values of a field.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether a field came at all: a pressed button, a ticked box.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }

    /// All fields, to be carried to a second try.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The fields of a query or a body in `application/x-www-form-urlencoded`.
    pub fn decode(encoded: &[u8]) -> Result<Self, Error> {
        serde_urlencoded::from_bytes(encoded).map(Self).map_err(|_| Error::BadRequest)
    }

    /// Reads the fields of a body.
    pub async fn read(request: &HttpRequest, payload: &mut Payload) -> Result<Self, Error> {
        Self::decode(&Self::body(request, payload).await?)
    }

    /// Reads a body to its end, within bounds of size and time.
    pub async fn body(request: &HttpRequest, payload: &mut Payload) -> Result<web::Bytes, Error> {
        let sent_as =
            request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if !sent_as.starts_with("application/x-www-form-urlencoded") {
            return Err(Error::BadRequest);
        }
        let mut body = web::BytesMut::new();
        let arrive = async {
            while let Some(chunk) = payload.next().await {
                let chunk = chunk.map_err(|_| Error::BadRequest)?;
                if body.len() + chunk.len() > MAX_BYTES {
                    return Err(Error::TooLarge);
                }
                body.extend_from_slice(&chunk);
            }
            Ok(())
        };
        tokio::time::timeout(PATIENCE, arrive).await.map_err(|_| Error::Timeout)??;
        Ok(body.freeze())
    }
}

impl FromRequest for Fields {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, mut payload) = (request.clone(), payload.take());
        Box::pin(async move { Self::read(&request, &mut payload).await })
    }
}
