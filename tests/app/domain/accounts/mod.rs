//! People: how they come in, how they prove who they are, how a sign-in ends.

mod factors;
mod links;
mod people;
mod sessions;
mod throttle;
mod users;
