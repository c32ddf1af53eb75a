//! The program and its database are killed at any moment while somebody writes: whatever a page was told
//! is saved is there afterwards. Twenty times, or as often as `ONRECORD_SOAK` says.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use diesel::sql_types::{BigInt, Text};
use diesel::{QueryableByName, sql_query};
use diesel_async::{AsyncConnection as _, RunQueryDsl as _};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use onrecord::infra::db::Connection;
use onrecord::infra::db::private::Private;
use serde_json::Value;

use crate::support::chance::Chance;
use crate::support::form::Form;
use crate::support::page::Page;
use crate::support::program::{Program, folder, run};

const PASSWORD: &str = "five small boats at sea";

fn agent() -> ureq::Agent {
    let config = ureq::Agent::config_builder()
        .max_redirects(0)
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(10)));
    config.build().into()
}

/// What somebody writes, and what they were promised.
struct Writer {
    address: Arc<Mutex<String>>,
    agent: ureq::Agent,
    cookie: String,
    form: Form,
    unanswered: Vec<String>,
    /// The numbers of the texts that were said to be saved.
    promised: Vec<u64>,
    sent: u64,
}

impl Writer {
    /// Signs in and opens a new statement.
    fn begin(address: Arc<Mutex<String>>) -> Self {
        let agent = agent();
        let site = format!("http://{}", address.lock().unwrap());
        let fields = [("email", "a@example.org"), ("password", PASSWORD)];
        let signed_in = agent
            .post(format!("{site}/admin/sign-in"))
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded")
            .send(serde_urlencoded::to_string(fields).unwrap())
            .unwrap();
        let set = signed_in.headers().get_all("set-cookie").iter();
        let cookies: Vec<&str> = set.filter_map(|cookie| cookie.to_str().ok()?.split(';').next()).collect();
        let cookie = cookies.join("; ");
        let mut new =
            agent.get(format!("{site}/admin/statements/new")).header("cookie", &cookie).call().unwrap();
        let form = Page::read(&new.body_mut().read_to_string().unwrap()).form("form#editor");
        Self { address, agent, cookie, form, unanswered: Vec::new(), promised: Vec::new(), sent: 0 }
    }

    /// Sends one more text as the page does by itself.
    fn save(&mut self) {
        self.sent += 1;
        let (n, name) = (self.sent, self.sent.to_string());
        let mut form = self.form.clone().with("body", &format!("Text {n}.\n\n{}", "words ".repeat(200)));
        form = form.with("title", &format!("Text {n}")).with("sent", &name);
        for earlier in &self.unanswered {
            form = form.and("unanswered", earlier);
        }
        self.unanswered.push(name);
        let site = self.address.lock().unwrap().clone();
        let answer = self
            .agent
            .post(format!("http://{site}{}", form.action))
            .header("sec-fetch-site", "same-origin")
            .header("accept", "application/json")
            .header("cookie", &self.cookie)
            .header("content-type", "application/x-www-form-urlencoded")
            .send(serde_urlencoded::to_string(&form.fields).unwrap());
        let Ok(mut answer) = answer else { return std::thread::sleep(Duration::from_millis(20)) };
        let Ok(text) = answer.body_mut().read_to_string() else { return };
        let Ok(said) = serde_json::from_str::<Value>(&text) else { return };
        if said["saved"] == true {
            self.promised.push(n);
            self.unanswered.clear();
            said["action"].as_str().unwrap().clone_into(&mut self.form.action);
            self.form = self.form.clone().with("based_on", said["based_on"].as_str().unwrap());
        } else {
            assert_eq!(said["stale"], Value::from(false), "its own save is in its way: {said}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

fn kill_the_database(data: &Path) {
    let pid = std::fs::read_to_string(data.join("postgres/postmaster.pid")).unwrap_or_default();
    if let Some(pid) = pid.lines().next().and_then(|line| line.trim().parse().ok()) {
        let _ = kill(Pid::from_raw(pid), Signal::SIGKILL);
    }
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
    #[diesel(sql_type = Text)]
    durable: String,
}

/// How many of these texts are in the history, and whether the database writes to the disk before it answers.
fn in_the_history(data: &Path, promised: &[u64]) -> (i64, String) {
    let private = Private::open(data).unwrap();
    let url = private.url().to_owned();
    let titles: Vec<String> = promised.iter().map(|n| format!("'Text {n}'")).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let count: Count = runtime.block_on(async {
        let mut conn = Connection::establish(&url).await.unwrap();
        let sql = format!(
            "select count(distinct title) as n,
                    current_setting('fsync') || ' ' || current_setting('synchronous_commit') as durable
               from revision_texts where title in ({}) and body like title || '.%'",
            titles.join(", ")
        );
        sql_query(sql).get_result(&mut conn).await.unwrap()
    });
    private.close();
    (count.n, count.durable)
}

#[test]
fn what_a_page_called_saved_survives_every_kill() {
    let rounds: u64 = std::env::var("ONRECORD_SOAK").ok().and_then(|n| n.parse().ok()).unwrap_or(20);
    let folder = folder();
    let data = folder.path().join("data");
    let serve = ["--data-dir", data.to_str().unwrap(), "--no-samples"];
    let mut program = Program::start(&serve);
    let add = ["user", "add", "a@example.org", "--name", "A", "--role", "editor", "--password-stdin"];
    let added = run(&[&serve[..2], &add].concat(), &format!("{PASSWORD}\n"));
    assert!(added.ok, "{}", added.said);
    let address = Arc::new(Mutex::new(program.address.clone()));
    let stop = Arc::new(AtomicBool::new(false));
    let saves = Arc::new(Mutex::new(0));
    let writing = {
        let (mut writer, stop, saves) =
            (Writer::begin(Arc::clone(&address)), Arc::clone(&stop), Arc::clone(&saves));
        std::thread::spawn(move || {
            while !AtomicBool::load(&stop, Ordering::Relaxed) {
                writer.save();
                *saves.lock().unwrap() = writer.promised.len();
            }
            writer.promised
        })
    };
    let wait_for_saves = |more: usize| {
        let (from, until) = (*saves.lock().unwrap(), Instant::now() + Duration::from_secs(60));
        while *saves.lock().unwrap() < from + more && !writing.is_finished() {
            assert!(Instant::now() < until, "nothing is saved any more");
            std::thread::sleep(Duration::from_millis(5));
        }
    };
    let mut chance = Chance::new(rounds);
    for round in 0..rounds {
        // At least two saves went in, so that writing goes on; then at any moment.
        wait_for_saves(2);
        std::thread::sleep(Duration::from_millis(chance.below(60)));
        if round % 2 == 0 {
            program.signal(Signal::SIGKILL);
            program.ended();
            program = Program::start(&serve);
            address.lock().unwrap().clone_from(&program.address);
        } else {
            kill_the_database(&data);
        }
    }
    wait_for_saves(2);
    stop.store(true, Ordering::Relaxed);
    let promised = writing.join().expect("the writer was told that its own save is in its way");
    program.signal(Signal::SIGKILL);
    program.ended();
    let (found, durable) = in_the_history(&data, &promised);
    assert_eq!(durable, "on on", "the database ran with its everyday settings");
    assert_eq!(found, i64::try_from(promised.len()).unwrap(), "of {} texts some are lost", promised.len());
    eprintln!("{rounds} kills, {} texts that were called saved, none lost", promised.len());
}
