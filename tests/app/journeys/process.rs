//! The program as its operator meets it: started, told to stop, killed, started again.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use crate::support::program::{Program, run};

const PASSWORD: &str = "five small boats at sea\n";

fn get(address: &str, path: &str) -> String {
    send(address, &format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"))
}

fn send(address: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    rest(&mut stream)
}

fn rest(stream: &mut TcpStream) -> String {
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

/// A sign-in whose form arrives in two parts; gives the stream and what is still to come.
fn slow_sign_in(address: &str) -> (TcpStream, &'static str) {
    let (first, second) = ("email=nobody%40example.org", "&password=wrong");
    let mut stream = TcpStream::connect(address).unwrap();
    let length = first.len() + second.len();
    write!(
        stream,
        "POST /admin/sign-in HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n{first}"
    )
    .unwrap();
    std::thread::sleep(Duration::from_millis(300));
    (stream, second)
}

#[test]
fn from_the_first_start_to_the_last() {
    let folder = crate::support::program::folder();
    let data = folder.path().join("data");
    let data = data.to_str().unwrap();
    let serve = ["--data-dir", data, "--no-samples"];

    let mut first = Program::start(&serve);
    let address = first.address.clone();
    let link = first.link.clone().expect("a link to set the site up");
    assert!(link.starts_with(&format!("http://{address}/admin/set-up/")), "{link}");
    assert!(get(&address, "/en").starts_with("HTTP/1.1 200"));
    let set_up = link.strip_prefix(&format!("http://{address}")).unwrap();
    assert!(get(&address, set_up).contains("Welcome to Onrecord"));
    // HEAD has no body, as only a real connection can show.
    let head = send(&address, &format!("HEAD /en HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"));
    assert!(head.starts_with("HTTP/1.1 200") && head.ends_with("\r\n\r\n"), "{head}");

    // Another process on the same folder, while the first serves.
    let add = [
        "--data-dir",
        data,
        "user",
        "add",
        "a@example.org",
        "--name",
        "A",
        "--role",
        "editor",
        "--password-stdin",
    ];
    let added = run(&add, PASSWORD);
    assert!(added.ok, "{}", added.said);
    assert!(run(&add, PASSWORD).said.contains("already an account"));
    assert!(get(&address, set_up).starts_with("HTTP/1.1 404"), "somebody is there now");

    // Told to stop, it finishes what has begun.
    let (mut stream, second) = slow_sign_in(&address);
    first.signal(nix::sys::signal::Signal::SIGTERM);
    std::thread::sleep(Duration::from_millis(300));
    stream.write_all(second.as_bytes()).unwrap();
    let answer = rest(&mut stream);
    assert!(answer.starts_with("HTTP/1.1 422") && answer.contains("not right"), "{answer}");
    assert!(first.ended().success());

    // What it made is there at the next start; Ctrl-C ends it as well.
    let mut second = Program::start(&serve);
    assert_eq!(second.link, None, "there is somebody who can sign in");
    let (mut stream, rest_of_form) = slow_sign_in(&second.address);
    second.signal(nix::sys::signal::Signal::SIGINT);
    std::thread::sleep(Duration::from_millis(300));
    stream.write_all(rest_of_form.as_bytes()).unwrap();
    assert!(rest(&mut stream).starts_with("HTTP/1.1 422"));
    assert!(second.ended().success());

    // Killed, it starts again; and a second process goes on when the first is killed.
    let mut third = Program::start(&serve);
    third.signal(nix::sys::signal::Signal::SIGKILL);
    third.ended();
    let mut fourth = Program::start(&serve);
    let mut fifth = Program::start(&serve);
    assert!(get(&fifth.address, "/health/ready").starts_with("HTTP/1.1 200"));
    fourth.signal(nix::sys::signal::Signal::SIGKILL);
    fourth.ended();
    fifth.serves_again();
    fifth.signal(nix::sys::signal::Signal::SIGTERM);
    assert!(fifth.ended().success());
}

#[actix_web::test]
async fn a_database_that_was_given_is_used_as_it_is() {
    let database = crate::support::database::blank().await;
    let folder = crate::support::program::folder();
    let data = folder.path().join("data");
    let serve = ["--data-dir", data.to_str().unwrap(), "--database-url", &database.url];
    let mut program = Program::start(&serve);
    assert!(program.link.is_some());
    assert!(get(&program.address, "/en/statements").contains("Nothing is on record here"), "no samples");
    assert!(get(&program.address, "/en/topics").contains("/en/topics/torture"));
    assert!(!data.exists(), "it makes no database of its own");
    program.signal(nix::sys::signal::Signal::SIGTERM);
    assert!(program.ended().success());
}

#[test]
fn all_that_is_wrong_with_the_settings_is_told_at_once() {
    let wrong = run(
        &[
            "--listen",
            "nowhere",
            "--base-url",
            "ftp://x",
            "--database-url",
            "mysql://u:hunter2@h",
            "--topics",
            "/no/file",
        ],
        "",
    );
    assert!(!wrong.ok);
    for name in ["ONRECORD_LISTEN", "ONRECORD_BASE_URL", "DATABASE_URL", "ONRECORD_TOPICS"] {
        assert!(wrong.said.contains(name), "{name} in {}", wrong.said);
    }
    assert!(!wrong.said.contains("hunter2") && !wrong.said.contains("panicked"), "{}", wrong.said);
}

#[test]
fn a_port_that_is_taken_is_told_before_anything_is_made() {
    let folder = crate::support::program::folder();
    let data = folder.path().join("data");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let refused = run(&["--listen", &address, "--data-dir", data.to_str().unwrap()], "");
    assert!(!refused.ok);
    assert!(refused.said.contains("ONRECORD_LISTEN") && refused.said.contains(&address), "{}", refused.said);
    assert!(!data.exists());
}

#[test]
fn its_help_lists_every_setting() {
    let help = run(&["--help"], "");
    assert!(help.ok);
    for name in [
        "DATABASE_URL",
        "DATABASE_MIGRATION_URL",
        "ONRECORD_LISTEN",
        "ONRECORD_BASE_URL",
        "ONRECORD_DATA_DIR",
        "ONRECORD_LOG",
        "ONRECORD_TOPICS",
    ] {
        assert!(help.said.contains(name), "{name}");
    }
}
