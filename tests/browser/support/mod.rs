//! What the stories are told with.

pub mod axe;
pub mod browser;
pub mod door;
pub mod desk;
pub mod keyboard;
pub mod leash;
pub mod needs;
pub mod pictures;
pub mod routes;
pub mod site;
