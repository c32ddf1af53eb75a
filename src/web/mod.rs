//! HTTP. Handlers extract, call one command or query, and answer.

pub mod urls;
pub mod assets;
pub mod blobs;
pub mod error;
pub mod form;
mod phrases;
pub mod page;
pub mod browsers;
pub mod client;
pub mod session;
pub mod middleware;
pub mod extract;
pub mod site;
pub mod admin;
pub mod health;
pub mod routes;
pub mod service;
