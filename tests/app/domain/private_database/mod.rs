//! The private database, with real servers. As root, this tests more than as another user.

mod holder;
mod living;
mod places;
mod taking_over;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel_async::{AsyncConnection as _, RunQueryDsl, SimpleAsyncConnection as _};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use onrecord::infra::db::Connection;
use tempfile::TempDir;

/// For tests that are not about what survives a failure of power.
const QUICK: [&str; 1] = ["fsync=off"];

/// Unlike that of `tempfile::tempdir()`, one that the user of the server may enter.
fn folder() -> TempDir {
    let open = fs::Permissions::from_mode(0o755);
    tempfile::Builder::new().permissions(open).tempdir().unwrap()
}

#[derive(QueryableByName)]
struct Answer {
    #[diesel(sql_type = Text)]
    answer: String,
}

/// What the first column of one row says.
fn ask(url: &str, sql: &str) -> Result<String, String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut conn = Connection::establish(url).await.map_err(|error| error.to_string())?;
        let sql = format!("select ({sql})::text as answer");
        let row: Answer =
            diesel::sql_query(sql).get_result(&mut conn).await.map_err(|error| error.to_string())?;
        Ok(row.answer)
    })
}

/// Puts something there that has to survive.
fn write(url: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut conn = Connection::establish(url).await.unwrap();
        conn.batch_execute("create table t as select 42 as n").await.unwrap();
    });
}

const WRITTEN: &str = "select n from t";

/// Waits until the answer is there.
#[track_caller]
fn wait_for(url: &str, sql: &str) -> String {
    let start = Instant::now();
    loop {
        match ask(url, sql) {
            Ok(answer) => return answer,
            Err(error) if start.elapsed() > seconds(10) => panic!("{error}"),
            Err(_) => std::thread::sleep(Duration::from_millis(20)),
        }
    }
}

#[track_caller]
fn wait_until(what: &str, so: impl Fn() -> bool) {
    let start = Instant::now();
    while !so() {
        assert!(start.elapsed() < seconds(10), "{what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// The server of a place.
fn postmaster(place: &Path) -> Option<i32> {
    let file = fs::read_to_string(place.join("cluster/postmaster.pid")).ok()?;
    file.lines().next()?.parse().ok()
}

fn runs(pid: i32) -> bool {
    // A zombie has no current folder.
    PathBuf::from(format!("/proc/{pid}/cwd")).read_link().is_ok()
}

fn kill_9(pid: i32) {
    kill(Pid::from_raw(pid), Signal::SIGKILL).unwrap();
    wait_until("it is gone", || !runs(pid));
}

fn seconds(n: u64) -> Duration {
    Duration::from_secs(n)
}
