//! The subjects that readers browse by, and their addresses.

mod relations;
mod topic;
mod wanted;
pub mod index;
pub mod commands;
pub mod names;
pub mod seed;
pub mod twins;

pub use index::Index;
pub use topic::{Merged, Named, Topic, choose};
pub use wanted::{LEVELS, Wanted};

crate::words_enum! {
    /// What sort of subject a topic is.
    Facet {
        /// Something that is done or suffered.
        Issue = "issue",
        /// A group of people, or a person.
        People = "people",
        /// A place.
        Place = "place",
        /// An institution.
        Body = "body",
        /// Something that happened.
        Event = "event",
        /// A column or series of the organisation's own.
        Column = "column",
    }
}
