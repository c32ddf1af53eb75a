//! What states and kinds are called on the desk.

use crate::domain::statements::desk::Standing;
use crate::domain::statements::{DeskState, Kind, PublicState};
use crate::i18n::Locale;

/// Where a text stands, in words; and whether it waits for somebody.
pub fn standing(public: PublicState, desk: DeskState) -> (&'static str, bool) {
    let words = match (public, desk) {
        (PublicState::Removed, _) => "Removed",
        (PublicState::Never, DeskState::None) => "Discarded",
        (PublicState::Never, DeskState::Draft) => "Draft",
        (PublicState::Never, DeskState::InReview) => "In review",
        (PublicState::Never, DeskState::ChangesRequested) => "Changes requested",
        (PublicState::Never, DeskState::Approved) => "Approved",
        (PublicState::Never, DeskState::Scheduled) => "Scheduled",
        (PublicState::Published, DeskState::None) => "Published",
        (PublicState::Published, DeskState::Draft) => "Published, with changes on the desk",
        (PublicState::Published, DeskState::InReview) => "Published, changes in review",
        (PublicState::Published, DeskState::ChangesRequested) => "Published, changes need another look",
        (PublicState::Published, DeskState::Approved) => "Published, changes approved",
        (PublicState::Published, DeskState::Scheduled) => "Published, changes scheduled",
        (PublicState::Withdrawn, DeskState::None) => "Withdrawn",
        (PublicState::Withdrawn, DeskState::Draft) => "Withdrawn, with changes on the desk",
        (PublicState::Withdrawn, DeskState::InReview) => "Withdrawn, changes in review",
        (PublicState::Withdrawn, DeskState::ChangesRequested) => "Withdrawn, changes need another look",
        (PublicState::Withdrawn, DeskState::Approved) => "Withdrawn, changes approved",
        (PublicState::Withdrawn, DeskState::Scheduled) => "Withdrawn, changes scheduled",
    };
    (words, public != PublicState::Removed && desk != DeskState::None)
}

/// Where the texts of a filtered list stand, in words.
pub fn filter_name(standing: Standing) -> &'static str {
    match standing {
        Standing::Waiting => "Waiting on the desk",
        Standing::Draft => "Draft",
        Standing::InReview => "In review",
        Standing::ChangesRequested => "Changes requested",
        Standing::Approved => "Approved",
        Standing::Scheduled => "Scheduled",
        Standing::Published => "Published",
        Standing::Withdrawn => "Withdrawn",
        Standing::Discarded => "Discarded",
        Standing::Removed => "Removed",
    }
}

/// What a kind is called on the desk.
pub fn kind_name(kind: Kind) -> &'static str {
    let words = Locale::english().words().kinds.get(kind.as_str());
    words.map_or(kind.as_str(), |words| words.one.as_written())
}
