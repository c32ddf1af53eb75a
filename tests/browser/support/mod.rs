//! What the stories are told with.

pub mod axe;
pub mod browser;
pub mod desk;
pub mod keyboard;
pub mod leash;
pub mod needs;
pub mod site;
