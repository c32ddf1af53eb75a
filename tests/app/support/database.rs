//! One PostgreSQL for the whole run, and in it a database of its own for each test.

use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::{env, fs, process, thread};

use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel_async::{AsyncConnection as _, RunQueryDsl, SimpleAsyncConnection as _};
use onrecord::domain::topics::seed;
use onrecord::infra::db::private::Private;
use onrecord::infra::db::{Connection, Database, Pooled, migrations};

/// Names a server to use instead of one of our own; its user has to be allowed to make databases.
const ELSEWHERE: &str = "ONRECORD_TEST_DATABASE_URL";

/// Nothing here has to survive anything, so nothing has to reach a disk.
const SETTINGS: [&str; 7] = [
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "autovacuum=off",
    "max_connections=400",
];

/// Connections that one test can have at once.
const POOL: usize = 8;

/// A database of one test. It is dropped with this.
pub struct TestDatabase {
    /// Where to connect to.
    pub url: String,
    /// A pool of connections to it.
    pub database: Database,
    name: String,
}

impl TestDatabase {
    /// A connection of one's own until it is dropped.
    pub async fn connection(&self) -> Pooled {
        self.database.connection().await.unwrap()
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        // Where nobody listens any more, the whole server is about to go.
        let _ = server().done.send(self.name.clone());
    }
}

/// A database with the schema and the topics that come with the program.
pub async fn fresh() -> TestDatabase {
    copy_of(&server().with_topics).await
}

/// A database with the schema and nothing in it.
pub async fn without_topics() -> TestDatabase {
    copy_of(&server().without_topics).await
}

/// A database without a table.
pub async fn blank() -> TestDatabase {
    copy_of("template0").await
}

async fn copy_of(template: &str) -> TestDatabase {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let name = name(&COUNT.fetch_add(1, Ordering::Relaxed).to_string());
    let server = server();
    let mut admin = Connection::establish(&server.url_of("postgres")).await.unwrap();
    // To copy files is twice as quick as to log every page where nothing has to survive.
    let create = format!("create database {name} template {template} strategy file_copy");
    admin.batch_execute(&create).await.unwrap();
    let url = server.url_of(&name);
    TestDatabase { database: Database::new(&url, POOL).unwrap(), url, name }
}

/// Names carry the process, so that what a dead run left behind can be told from what is in use.
fn name(what: &str) -> String {
    format!("onrecord_test_{}_{what}", process::id())
}

fn server() -> &'static Server {
    static SERVER: OnceLock<Result<Server, String>> = OnceLock::new();
    match SERVER.get_or_init(Server::start) {
        Ok(server) => server,
        Err(error) => panic!("{error}"),
    }
}

struct Server {
    host: Host,
    with_topics: String,
    without_topics: String,
    done: Sender<String>,
}

enum Host {
    /// Ends with this process, as the private database always does.
    Ours(Private),
    Theirs(String),
}

impl Server {
    fn start() -> Result<Self, String> {
        let host = match env::var(ELSEWHERE) {
            Ok(url) => Host::Theirs(url),
            Err(_) => Host::Ours(Private::open_with(&folder()?, &SETTINGS).map_err(|e| e.to_string())?),
        };
        let (done, dropped) = mpsc::channel();
        let (with_topics, without_topics) = (name("with_topics"), name("without_topics"));
        let server = Self { host, with_topics, without_topics, done };
        // A thread of its own, because the caller's is busy with an async test.
        thread::scope(|scope| {
            let prepared = scope.spawn(|| runtime().block_on(server.make_templates()));
            prepared.join().map_err(|_| "the template databases could not be made".to_owned())
        })?;
        let admin = server.url_of("postgres");
        thread::spawn(move || runtime().block_on(drop_all(&admin, &dropped)));
        Ok(server)
    }

    fn url_of(&self, database: &str) -> String {
        match &self.host {
            Host::Ours(private) => private.url_of(database),
            Host::Theirs(url) => {
                let (rest, query) = url.split_once('?').unwrap_or((url, ""));
                let (server, _) = rest.rsplit_once('/').expect("a URL that names a database");
                format!("{server}/{database}?{query}")
            }
        }
    }

    async fn make_templates(&self) {
        let (with, without) = (&self.with_topics, &self.without_topics);
        let mut admin = Connection::establish(&self.url_of("postgres")).await.unwrap();
        drop_remains(&mut admin).await;
        admin.batch_execute(&format!("create database {without} template template0")).await.unwrap();
        migrations::apply(&self.url_of(without)).await.unwrap();
        admin.batch_execute(&format!("create database {with} template {without}")).await.unwrap();
        let mut conn = Connection::establish(&self.url_of(with)).await.unwrap();
        seed::load(&mut conn, seed::EMBEDDED).await.unwrap();
    }
}

#[derive(QueryableByName)]
struct Remains {
    #[diesel(sql_type = Text)]
    datname: String,
}

/// Drops what runs that are over have left on a server that is not ours.
async fn drop_remains(admin: &mut Connection) {
    let all: Vec<Remains> =
        diesel::sql_query("select datname::text from pg_database where datname like 'onrecord\\_test\\_%'")
            .load(admin)
            .await
            .unwrap();
    for Remains { datname } in all {
        let pid = datname.split('_').nth(2).and_then(|pid| pid.parse().ok());
        if pid.is_some_and(is_dead) {
            let drop = format!("drop database if exists {datname} with (force)");
            admin.batch_execute(&drop).await.unwrap();
        }
    }
}

fn is_dead(pid: u32) -> bool {
    !PathBuf::from(format!("/proc/{pid}")).exists()
}

/// Drops the databases of tests that are over: a hundred of them would fill a small disk.
async fn drop_all(admin: &str, dropped: &Receiver<String>) {
    let mut admin = Connection::establish(admin).await.unwrap();
    for name in dropped {
        if let Err(error) = admin.batch_execute(&format!("drop database {name} with (force)")).await {
            eprintln!("{name} stays behind: {error}");
        }
    }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

/// A folder that the user of the server may enter, which those of `tempfile` are not; those of dead runs
/// are cleared away.
fn folder() -> Result<PathBuf, String> {
    const PREFIX: &str = "onrecord-tests-";
    let all = env::temp_dir();
    for entry in fs::read_dir(&all).map_err(|e| e.to_string())?.flatten() {
        let pid = entry.file_name().to_str().and_then(|n| n.strip_prefix(PREFIX)?.parse::<u32>().ok());
        if pid.is_some_and(is_dead) {
            // Another user's run may have left it, or a parallel run may be faster.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
    let folder = all.join(format!("{PREFIX}{}", process::id()));
    open_folder(&folder).map_err(|e| format!("cannot make {}: {e}", folder.display()))?;
    Ok(folder)
}

fn open_folder(folder: &std::path::Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::create_dir_all(folder)?;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755))
}
