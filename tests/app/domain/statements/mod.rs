//! The commands on statements, and what readers find after each.

mod append_only;
mod audit;
mod changing;
mod closing;
mod discarding;
mod following;
mod numbers;
mod previews;
mod publishing;
mod reading;
mod removing;
mod roles;
mod samples;
mod saving;
mod searching;
mod sittings;
mod withdrawing;
mod workflow;
