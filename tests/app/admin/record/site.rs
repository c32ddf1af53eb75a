//! The addresses of the site's own pages, and of the samples.

use super::{ADMINISTRATORS, Page, Sent, page, sent};

pub fn pages() -> Vec<Page> {
    vec![page("/admin/site", ADMINISTRATORS)]
}

pub fn forms() -> Vec<Sent> {
    vec![
        sent("/admin/site", ADMINISTRATORS, vec![("en.name", "The organisation".to_owned())]),
        sent("/admin/samples/removal", ADMINISTRATORS, vec![]),
    ]
}
