//! The commands on statements, and what readers find after each.

mod append_only;
mod audit;
mod changing;
mod discarding;
mod numbers;
mod publishing;
mod reading;
mod roles;
mod samples;
mod saving;
mod searching;
mod sittings;
mod withdrawing;
