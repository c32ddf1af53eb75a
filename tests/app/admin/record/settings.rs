//! The address of what administrators choose.

use super::{ADMINISTRATORS, Page, Sent, page, sent};

pub fn pages() -> Vec<Page> {
    vec![page("/admin/settings", ADMINISTRATORS)]
}

pub fn forms() -> Vec<Sent> {
    vec![sent("/admin/settings", ADMINISTRATORS, vec![("time_zone", "Asia/Hong_Kong".to_owned())])]
}
