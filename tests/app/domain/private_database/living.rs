//! Starting, stopping, and a server that dies.

use std::fs;
use std::os::unix::fs::MetadataExt as _;

use nix::unistd::{Pid, Uid};
use onrecord::infra::db::private::{Error, Private};

use super::{QUICK, WRITTEN, ask, folder, kill_9, postmaster, runs, wait_for, write};

#[test]
fn starts_stops_and_starts_again() {
    let data = folder();
    let private = Private::open(data.path()).unwrap();
    assert!(!private.moved());
    assert_eq!(private.place(), data.path().join("postgres"));
    assert_eq!(fs::metadata(private.place()).unwrap().mode() & 0o777, 0o700);
    let sql =
        "select concat_ws('|', current_user, current_database(), pg_encoding_to_char(encoding), datcollate)
               from pg_database where datname = current_database()";
    assert_eq!(ask(private.url(), sql).unwrap(), "onrecord|onrecord|UTF8|C.UTF-8");
    assert_eq!(ask(private.url(), "select current_setting('fsync')").unwrap(), "on");
    write(private.url());
    let (place, url) = (private.place().to_owned(), private.url().to_owned());
    let server = postmaster(&place).unwrap();
    private.close();
    assert!(!runs(server));
    assert!(ask(&url, "select 1").is_err());

    let private = Private::open(data.path()).unwrap();
    assert_eq!(private.url(), url);
    assert_eq!(ask(&url, WRITTEN).unwrap(), "42");
    let log = fs::read_to_string(place.join("postgres.log")).unwrap();
    assert!(!log.contains("not properly shut down"), "{log}");
}

#[test]
fn a_killed_server_comes_back_with_what_was_written() {
    let data = folder();
    let private = Private::open_with(data.path(), &QUICK).unwrap();
    write(private.url());
    for _ in 0..2 {
        let server = postmaster(private.place()).unwrap();
        kill_9(server);
        assert_eq!(wait_for(private.url(), WRITTEN), "42");
        assert_ne!(postmaster(private.place()), Some(server));
    }
}

#[test]
fn the_server_is_no_root_and_hears_nothing_that_is_meant_for_us() {
    let data = folder();
    let private = Private::open_with(data.path(), &QUICK).unwrap();
    let server = postmaster(private.place()).unwrap();
    let status = fs::read_to_string(format!("/proc/{server}/status")).unwrap();
    let uid = status.lines().find_map(|line| line.strip_prefix("Uid:")).unwrap();
    assert_ne!(uid.split_whitespace().next(), Some("0"));
    // Ctrl-C goes to a group of processes: ours, not the server's.
    assert_eq!(nix::unistd::getpgid(Some(Pid::from_raw(server))).unwrap().as_raw(), server);
    if Uid::effective().is_root() {
        let groups = status.lines().find_map(|line| line.strip_prefix("Groups:")).unwrap();
        assert_eq!(groups.trim(), "", "the groups of root");
    }
    let environment = fs::read_to_string(format!("/proc/{server}/environ")).unwrap_or_default();
    assert!(!environment.contains("CARGO"), "{environment}");
}

#[test]
fn a_wrong_setting_is_named() {
    let data = folder();
    let wrong = Private::open_with(data.path(), &["fsync"]).unwrap_err();
    assert!(matches!(wrong, Error::Setting(_)), "{wrong}");
    let wrong = Private::open_with(data.path(), &["fsync=off", "no_such_thing=1"]).unwrap_err();
    let name = r#"unrecognized configuration parameter "no_such_thing""#;
    assert!(wrong.to_string().contains(name), "{wrong}");
}
