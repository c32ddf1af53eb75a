//! The addresses of people, of one's own account, and of the audit log.

use super::{ADMINISTRATORS, Page, page};

pub fn pages() -> Vec<Page> {
    vec![page("/admin/audit", ADMINISTRATORS)]
}
