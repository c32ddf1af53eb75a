//! Folders that make it hard: long, strange, closed, open to everyone.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use nix::unistd::Uid;
use onrecord::infra::db::private::{Error, Private};

use super::holder::Holder;
use super::{QUICK, WRITTEN, ask, folder, write};

#[test]
fn a_long_path_has_its_socket_elsewhere() {
    let data = folder();
    let long = data.path().join("x".repeat(60)).join("y, \"ü\"".repeat(8));
    let first = Holder::start(&long);
    // Another environment, the same socket.
    let second = Holder::open(Holder::command(&long).env("TMPDIR", "/var/tmp")).unwrap();
    assert_eq!(first.url, second.url);
    assert_eq!(ask(&first.url, "select 1").unwrap(), "1");
    let sockets = fs::read_link(first.place.join("socket")).unwrap();
    assert_eq!(fs::metadata(&sockets).unwrap().permissions().mode() & 0o777, 0o700);
    second.close();
    first.close();
    // As after a reboot.
    fs::remove_dir_all(&sockets).unwrap();
    let third = Holder::start(&long);
    assert_eq!(ask(&third.url, "select 1").unwrap(), "1");
    third.close();
    fs::remove_dir_all(&sockets).unwrap();
}

#[test]
fn a_strange_name_is_written_so_that_the_url_can_be_read() {
    let data = folder();
    let private = Private::open_with(&data.path().join("a b\"c\"%40'@:?#ü"), &QUICK).unwrap();
    assert_eq!(ask(private.url(), "select 1").unwrap(), "1");
    assert_eq!(ask(&private.url_of("postgres"), "select current_database()").unwrap(), "postgres");
    if let Ok(sockets) = fs::read_link(private.place().join("socket")) {
        private.close();
        fs::remove_dir_all(sockets).unwrap();
    }
}

#[test]
fn a_folder_that_everyone_can_enter_is_refused() {
    let data = folder();
    let place = data.path().join("postgres");
    fs::create_dir(&place).unwrap();
    fs::set_permissions(&place, fs::Permissions::from_mode(0o755)).unwrap();
    let error = Private::open(data.path()).unwrap_err();
    assert!(matches!(error, Error::NotPrivate { mode: 0o755, .. }), "{error}");
    assert!(error.to_string().contains("chmod 700"), "{error}");
}

/// Root can enter a folder that the user of the server cannot: the database goes where both can.
#[test]
fn a_closed_folder_leads_elsewhere() {
    if !Uid::effective().is_root() {
        return;
    }
    let data = folder();
    let set = |mode| fs::set_permissions(data.path(), fs::Permissions::from_mode(mode)).unwrap();
    set(0o700);
    let inner = data.path().join("inner");
    let private = Private::open_with(&inner, &QUICK).unwrap();
    assert!(private.moved());
    let place = private.place().to_owned();
    assert!(place.starts_with("/var/lib/onrecord"), "{}", place.display());
    write(private.url());
    private.close();

    // It is still found when the folder is open and has another name.
    set(0o755);
    let renamed = data.path().join("renamed");
    fs::rename(&inner, &renamed).unwrap();
    let private = Private::open_with(&renamed, &QUICK).unwrap();
    assert_eq!(private.place(), place);
    assert_eq!(ask(private.url(), WRITTEN).unwrap(), "42");
    private.close();
    fs::remove_dir_all(place).unwrap();
}

#[test]
fn a_folder_that_was_closed_later_is_named() {
    if !Uid::effective().is_root() {
        return;
    }
    let data = folder();
    let inner = data.path().join("inner");
    Private::open_with(&inner, &QUICK).unwrap().close();
    fs::set_permissions(data.path(), fs::Permissions::from_mode(0o700)).unwrap();
    let error = Private::open_with(&inner, &QUICK).unwrap_err();
    assert!(matches!(&error, Error::Closed { closed, .. } if closed == data.path()), "{error}");
}
