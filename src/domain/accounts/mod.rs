//! People who sign in: who they are, how they prove it, and the links that let them begin.

pub mod passwords;
pub mod secrets;
pub mod sessions;
pub mod users;
pub mod factors;
pub mod links;
