//! The panel of the editor: the newest pictures and files, each with the line that shows it in a text.

use super::Item;
use crate::domain::media::library::{self, Filter};
use crate::domain::policy::Actor;
use crate::infra::db::{self, Connection};

/// How many it shows.
const SHOWN: usize = 8;

/// What the panel shows.
pub struct Panel {
    /// The newest of the library.
    pub items: Vec<Item>,
}

impl Panel {
    /// Reads it.
    pub async fn read(conn: &mut Connection, actor: Actor) -> Result<Self, db::Error> {
        let entries = library::list(conn, &Filter { minding: actor.minding(), ..Filter::default() }).await?;
        Ok(Self { items: entries.iter().take(SHOWN).map(Item::of).collect() })
    }
}
