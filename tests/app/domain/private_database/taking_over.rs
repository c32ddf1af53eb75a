//! Several processes with one folder: one keeps the server, and another takes over when it is gone.

use std::fs;
use std::time::Duration;

use super::holder::Holder;
use super::{WRITTEN, folder, postmaster, runs, wait_for, wait_until, write};

#[test]
fn another_process_takes_over_when_the_first_leaves() {
    let data = folder();
    let first = Holder::start(data.path());
    let second = Holder::start(data.path());
    assert_eq!(first.url, second.url);
    let server = postmaster(&first.place).unwrap();
    write(&second.url);
    first.close();
    assert_eq!(wait_for(&second.url, WRITTEN), "42");
    assert!(!runs(server));
    second.close();
}

#[test]
fn another_process_takes_over_when_the_first_is_killed() {
    let data = folder();
    let first = Holder::start(data.path());
    let second = Holder::start(data.path());
    let (url, place) = (second.url.clone(), second.place.clone());
    let server = postmaster(&place).unwrap();
    write(&url);
    first.kill();
    wait_until("the old server ends", || !runs(server));
    assert_eq!(wait_for(&url, WRITTEN), "42");
    assert_ne!(postmaster(&place), Some(server));

    // The last one is killed: nothing stays behind.
    let server = postmaster(&place).unwrap();
    second.kill();
    wait_until("the server follows", || !runs(server));
    let third = Holder::start(data.path());
    assert_eq!(wait_for(&url, WRITTEN), "42");
    third.close();
    let log = fs::read_to_string(place.join("postgres.log")).unwrap();
    assert!(!log.contains("not properly shut down"), "{log}");
}

#[test]
fn two_that_start_together_share_one_server() {
    let data = folder();
    let both = std::thread::scope(|scope| {
        let start = || scope.spawn(|| Holder::start(data.path()));
        [start(), start()].map(|holder| holder.join().unwrap())
    });
    for holder in both {
        // When the first closes, the second takes over.
        wait_for(&holder.url, "select 1");
        holder.close();
    }
}

#[test]
fn what_was_killed_in_the_making_is_finished() {
    let data = folder();
    for millis in [30, 150, 400, 700] {
        let mut process = Holder::command(data.path()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(millis));
        process.kill().unwrap();
        process.wait().unwrap();
    }
    let holder = Holder::start(data.path());
    assert_eq!(wait_for(&holder.url, "select 1"), "1");
    let mut names =
        fs::read_dir(&holder.place).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert!(!names.any(|name| name.starts_with("cluster.new")));
    holder.close();
}
