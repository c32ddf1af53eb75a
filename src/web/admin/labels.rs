//! What states and kinds are called on the desk.

use crate::domain::statements::{DeskState, Kind, PublicState};
use crate::i18n::Locale;

/// Where a text stands, in words; and whether it waits for somebody.
pub fn standing(public: PublicState, desk: DeskState) -> (&'static str, bool) {
    match (public, desk) {
        (PublicState::Never, DeskState::Draft) => ("Draft", true),
        (PublicState::Never, DeskState::None) => ("Discarded", false),
        (PublicState::Published, DeskState::None) => ("Published", false),
        (PublicState::Published, DeskState::Draft) => ("Published, with changes on the desk", true),
        (PublicState::Withdrawn, DeskState::None) => ("Withdrawn", false),
        (PublicState::Withdrawn, DeskState::Draft) => ("Withdrawn, with changes on the desk", true),
        (PublicState::Removed, _) => ("Removed", false),
    }
}

/// What a kind is called on the desk.
pub fn kind_name(kind: Kind) -> &'static str {
    Locale::default_locale().words().kinds.get(kind.as_str()).map_or(kind.as_str(), |words| &words.one)
}
