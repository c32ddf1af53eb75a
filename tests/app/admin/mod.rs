//! The desk, over HTTP.

mod account;
mod audit;
mod bad_input;
mod cross_site;
mod database_away;
mod doors;
mod editing;
mod failed_forms;
mod history;
mod list;
mod media;
mod one_time_links;
mod pages;
mod people;
mod publishing;
mod record;
mod roles;
mod samples;
mod second_factors;
mod sessions;
mod settings;
mod site;
mod stale;
mod throttle;
mod topics;
mod versions;
