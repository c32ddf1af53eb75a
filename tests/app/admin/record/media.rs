//! The addresses of pictures and files.

use onrecord::domain::ids::MediaId;
use onrecord::domain::media::{commands, prepare};

use super::{EDITORS, EVERYBODY, Page, Sent, page, sent};
use crate::support::app::TestApp;
use crate::support::pictures::{drawing, jpeg, png};

/// A picture that the colleague uploaded and no text shows; each call uploads another.
async fn another(app: &TestApp) -> MediaId {
    let by = app.desk.people.colleague;
    let mut conn = app.desk.db.connection().await;
    let prepared = prepare(&png(&drawing(60, 40))).unwrap();
    commands::keep(&mut conn, &app.app.blobs, by, prepared, "march.png", app.desk.now).await.unwrap()
}

pub async fn pages(app: &TestApp) -> Vec<Page> {
    let id = another(app).await;
    vec![
        page("/admin/media", EVERYBODY),
        page("/admin/media?text=march&used=no", EVERYBODY),
        page("/admin/media/new", EVERYBODY),
        page(&format!("/admin/media/{id}"), EVERYBODY),
    ]
}

pub async fn forms(app: &TestApp) -> Vec<Sent> {
    let (described, removed) = (another(app).await, another(app).await);
    let words = vec![("en.alt", "A march".to_owned()), ("name", "march".to_owned())];
    vec![
        Sent { file: Some(jpeg(&drawing(60, 40))), ..sent("/admin/media", EVERYBODY, vec![]) },
        sent(&format!("/admin/media/{described}"), EDITORS, words),
        sent(&format!("/admin/media/{removed}/removal"), EDITORS, vec![]),
    ]
}
