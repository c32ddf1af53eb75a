//! The topics of an empty database, from a JSON file.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel_async::{AsyncConnection as _, RunQueryDsl};
use serde::Deserialize;

use super::commands;
use super::{Facet, Named, Wanted};
use crate::domain::outcome::Refused;
use crate::i18n::Locale;
use crate::infra::db::Connection;
use crate::infra::db::schema::topics;

/// The topics that come with the program.
pub const EMBEDDED: &str = include_str!("topics.json");

#[derive(Deserialize)]
struct Seed {
    number: i32,
    slug: String,
    facet: String,
    names: BTreeMap<String, String>,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default = "yes")]
    confirmed_zh: bool,
}

const fn yes() -> bool {
    true
}

/// Why topics could not be put in place.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file is not what it should be.
    #[error("the file of topics cannot be read: {0}")]
    Json(#[from] serde_json::Error),
    /// A facet is not one of ours.
    #[error("topic {number}: {facet:?} is no facet; there are issue, people, place, body, event and column")]
    Facet {
        /// The topic's number.
        number: i32,
        /// What stands there.
        facet: String,
    },
    /// The database, or a slug that stands twice.
    #[error("the topics could not be put in place: {0}")]
    Refused(#[from] Refused),
}

impl From<diesel::result::Error> for Error {
    fn from(error: diesel::result::Error) -> Self {
        Self::Refused(error.into())
    }
}

/// Puts the topics of a file in place where there are none yet; gives how many went in.
pub async fn load(conn: &mut Connection, json: &str) -> Result<usize, Error> {
    conn.transaction(async |conn| {
        // Processes that start together take turns.
        commands::take_turns(conn).await?;
        if diesel::select(diesel::dsl::exists(topics::table.select(topics::id))).get_result(conn).await? {
            return Ok(0);
        }
        let seeds: Vec<Seed> = serde_json::from_str(json)?;
        for seed in &seeds {
            let facet = Facet::parse(&seed.facet)
                .ok_or_else(|| Error::Facet { number: seed.number, facet: seed.facet.clone() })?;
            let wanted =
                Wanted { aliases: seed.aliases.clone(), ..Wanted::named(facet, &seed.slug, names(seed)) };
            commands::insert(conn, seed.number, &wanted.tidied()).await?;
        }
        Ok(seeds.len())
    })
    .await
}

fn names(seed: &Seed) -> Vec<Named> {
    // All of them, whether the site uses the language or not: it may one day.
    seed.names
        .iter()
        .filter_map(|(tag, name)| {
            let confirmed = seed.confirmed_zh || !tag.starts_with("zh");
            Some(Named { locale: Locale::stored(tag)?, name: name.clone(), intro: String::new(), confirmed })
        })
        .collect()
}
