//! What the organisation would recognise: no HTTP and no HTML here.
//!
//! In dependency order, like `lib.rs`: a module uses only those above it.

pub mod ids;
pub mod outcome;
pub mod policy;
pub mod audit;
pub mod zones;
pub mod settings;
pub mod site;
pub mod accounts;
pub mod media;
pub mod kept;
pub mod topics;
pub mod search;
pub mod statements;
pub mod filing;
pub mod interchange;
