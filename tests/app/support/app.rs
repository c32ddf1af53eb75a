//! The whole program in process, around a desk with its database and its people.

use std::rc::Rc;

use actix_web::cookie::Key;
use actix_web::dev::{Service as _, ServiceResponse};
use actix_web::test::{self, TestRequest};
use actix_web::web::Data;
use diesel::{ExpressionMethods as _, QueryDsl as _};
use diesel_async::{RunQueryDsl as _, SimpleAsyncConnection as _};
use futures_util::FutureExt as _;
use futures_util::future::LocalBoxFuture;
use onrecord::app::App;
use onrecord::config::BaseUrl;
use onrecord::domain::accounts::users;
use onrecord::domain::audit::Verb;
use onrecord::domain::ids::StatementId;
use onrecord::domain::kept::tokens;
use onrecord::domain::statements::store;
use onrecord::i18n::Locale;
use onrecord::infra::blobs::Blobs;
use onrecord::infra::clock::Clock;
use onrecord::infra::db::schema::audit_events;
use onrecord::web::service;

use super::desk::Desk;
use super::visitor::{Answer, Visitor};

/// The address of the site in tests.
pub const BASE_URL: &str = "http://localhost";

#[derive(diesel::QueryableByName)]
struct Row {
    #[diesel(sql_type = diesel::sql_types::Text)]
    line: String,
}

type Serve = dyn Fn(TestRequest) -> LocalBoxFuture<'static, Answer>;

pub struct TestApp {
    /// The quick way to put something on record.
    pub desk: Desk,
    pub app: Data<App>,
    serve: Box<Serve>,
}

impl TestApp {
    pub async fn start() -> Self {
        Self::start_at(BASE_URL).await
    }

    pub async fn start_at(base_url: &str) -> Self {
        Self::around(Desk::open().await, base_url).await
    }

    /// Another process on the same database: nothing kept at hand is shared with the first.
    pub async fn around(desk: Desk, base_url: &str) -> Self {
        let base_url = BaseUrl::parse(base_url).unwrap();
        let app =
            Data::new(App::new(desk.db.database.clone(), Clock::default(), base_url, Blobs::in_memory()));
        let key = Key::from(&[7; 64]);
        let service = Rc::new(test::init_service(service::build(app.clone(), key)).await);
        let serve = move |request: TestRequest| {
            let service = Rc::clone(&service);
            async move {
                match service.call(request.to_request()).await {
                    Ok(response) => read(response).await,
                    Err(error) => panic!("an error went out without a page: {error}"),
                }
            }
            .boxed_local()
        };
        Self { desk, app, serve: Box::new(serve) }
    }

    pub async fn serve(&self, request: TestRequest) -> Answer {
        (self.serve)(request).await
    }

    /// Somebody with a browser, who is nobody yet.
    pub fn visitor(&self) -> Visitor<'_> {
        Visitor::new(self)
    }

    /// Somebody of the cast, signed in.
    pub async fn signed_in_as(&self, name: &str) -> Visitor<'_> {
        let mut visitor = self.visitor();
        visitor.sign_in_as(name).await;
        visitor
    }

    /// How many statements an answer took.
    pub async fn statements_for(&self, path: &str) -> u64 {
        let before = self.app.database.statements_sent();
        self.visitor().get(path).await;
        self.app.database.statements_sent() - before
    }

    /// The id under which the desk has the statement of a number.
    pub async fn id_of(&self, number: i64) -> StatementId {
        let mut conn = self.desk.db.connection().await;
        store::by_number(&mut conn, number).await.unwrap().unwrap().id
    }

    /// The id of the last save of the English text of a number.
    pub async fn latest_revision(&self, number: i64) -> i64 {
        let id = self.id_of(number).await;
        let mut conn = self.desk.db.connection().await;
        let text = store::translation(&mut conn, id, super::cast::english()).await.unwrap().unwrap();
        text.latest_revision_id.unwrap().0
    }

    /// A token as the desk gives it to somebody with the page of the editor that sends to a path.
    pub async fn edit_token(&self, name: &str, path: &str) -> String {
        let parts: Vec<&str> = path.split('/').collect();
        let target = match parts[..] {
            ["", "admin", "statements", id, locale] => {
                Some((StatementId(id.parse().unwrap()), Locale::parse(locale).unwrap()))
            }
            _ => None,
        };
        let mut conn = self.desk.db.connection().await;
        let user = users::by_email(&mut conn, &format!("{name}@example.org")).await.unwrap().unwrap();
        tokens::issue(&mut conn, user.id, target, self.app.clock.now()).await.unwrap()
    }

    /// How many events the audit log has.
    pub async fn events(&self) -> i64 {
        let mut conn = self.desk.db.connection().await;
        audit_events::table.count().get_result(&mut conn).await.unwrap()
    }

    /// How many events of a kind the audit log has.
    pub async fn verbs(&self, verb: Verb) -> i64 {
        let mut conn = self.desk.db.connection().await;
        let of_this = audit_events::table.filter(audit_events::verb.eq(verb));
        of_this.count().get_result(&mut conn).await.unwrap()
    }

    /// What the database says, a column named `line` of each row.
    pub async fn rows(&self, sql: &str) -> Vec<String> {
        let rows: Vec<Row> = diesel::sql_query(sql).load(&mut self.desk.db.connection().await).await.unwrap();
        rows.into_iter().map(|row| row.line).collect()
    }

    /// Does something to the database behind the program's back.
    pub async fn sql(&self, sql: &str) {
        self.desk.db.connection().await.batch_execute(sql).await.unwrap();
    }
}

async fn read<B: actix_web::body::MessageBody>(response: ServiceResponse<B>) -> Answer {
    let path = response.request().uri().to_string();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Answer { path, status, headers, body: test::read_body(response).await }
}
