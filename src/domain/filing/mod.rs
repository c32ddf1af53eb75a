//! Many statements filed otherwise at once: topics merged and given back, one topic added, taken or
//! replaced. Each command is one transaction, set by set, and says what it takes to undo it.
//!
//! `statement_topics.merge_id` tells what a merge filed from what somebody chose. An undo takes back the
//! first and leaves the second.

mod merge;
mod preview;
mod retag;
mod retag_plan;
mod retag_undo;
mod unmerge;

pub use merge::merge;
pub use preview::{MergeRow, Preview, merges_of, preview};
pub use retag::{Retagged, retag};
pub use retag_plan::{Plan, Retag, numbered, plan, under};
pub use retag_undo::undo_retag;
pub use unmerge::unmerge;
