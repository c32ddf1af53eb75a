//! What every request passes, from the outside in: security headers, error pages, the edge.

pub mod edge;
pub mod error_pages;
pub mod security;
