//! People who sign in: who they are, how they prove it, and the links that let them begin.

pub mod passwords;
pub mod demands;
pub mod secrets;
pub mod devices;
pub mod throttle;
pub mod sessions;
pub mod users;
pub mod failures;
pub mod factors;
pub mod links;
pub mod people;
