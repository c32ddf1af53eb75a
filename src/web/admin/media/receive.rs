//! An upload as it arrives: in pieces, within bounds of size, number and time, judged by its first bytes.

use std::time::Duration;

use actix_multipart::{Field, Multipart};
use futures_util::TryStreamExt as _;

use crate::domain::media::{Format, Trouble};
use crate::web::error::Error;

/// What was uploaded.
pub struct Upload {
    /// What the file was called.
    pub name: String,
    /// Its content.
    pub content: Vec<u8>,
}

/// How long an upload may take to arrive: 50 MB on a line of 1.4 Mbit a second.
const PATIENCE: Duration = Duration::from_secs(5 * 60);

/// The most bytes that are read of a request. What is too large for its format is read on and thrown away up
/// to here: a browser that is not heard to the end shows no answer.
const MOST_READ: usize = 150_000_000;

/// The most parts of a form.
const MOST_PARTS: usize = 8;

/// The name of the field.
const FIELD: &str = "file";

/// Reads the form to its end. What is wrong with the file is told as [`Trouble`]; what is no form is an error.
pub async fn receive(multipart: Multipart) -> Result<Result<Upload, Trouble>, Error> {
    tokio::time::timeout(PATIENCE, read(multipart)).await.map_err(|_| Error::Timeout)?
}

async fn read(mut multipart: Multipart) -> Result<Result<Upload, Trouble>, Error> {
    let mut taken = Err(Trouble::Nothing);
    let (mut parts, mut left) = (0, MOST_READ);
    while let Some(field) = multipart.try_next().await.map_err(|_| Error::BadRequest)? {
        parts += 1;
        if parts > MOST_PARTS {
            return Err(Error::BadRequest);
        }
        if field.name() == Some(FIELD) {
            let is_second = taken.is_ok();
            let one = read_file(field, &mut left).await?;
            taken = if is_second && one.is_ok() { Err(Trouble::Several) } else { one };
        } else {
            read_away(field, &mut left).await?;
        }
    }
    Ok(taken)
}

async fn read_file(mut field: Field, left: &mut usize) -> Result<Result<Upload, Trouble>, Error> {
    let name =
        field.content_disposition().and_then(|about| about.get_filename()).unwrap_or_default().to_owned();
    let mut content = Vec::new();
    let mut format = None;
    while let Some(piece) = field.try_next().await.map_err(|_| Error::BadRequest)? {
        count(piece.len(), left)?;
        content.extend_from_slice(&piece);
        if format.is_none() && content.len() >= Format::TELLING {
            format = Format::of(&content);
            if format.is_none() {
                read_away(field, left).await?;
                return Ok(Err(Trouble::Format));
            }
        }
        if let Some(format) = format.filter(|format| content.len() > format.most_bytes()) {
            drop(content);
            read_away(field, left).await?;
            return Ok(Err(Trouble::Bytes(format)));
        }
    }
    Ok(if content.is_empty() { Err(Trouble::Nothing) } else { Ok(Upload { name, content }) })
}

async fn read_away(mut field: Field, left: &mut usize) -> Result<(), Error> {
    while let Some(piece) = field.try_next().await.map_err(|_| Error::BadRequest)? {
        count(piece.len(), left)?;
    }
    Ok(())
}

fn count(bytes: usize, left: &mut usize) -> Result<(), Error> {
    *left = left.checked_sub(bytes).ok_or(Error::TooLarge)?;
    Ok(())
}
