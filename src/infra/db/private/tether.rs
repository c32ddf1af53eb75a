//! Ties the life of a command to ours.

use std::io;
use std::os::unix::process::CommandExt;
use std::process::Command;

use nix::errno::Errno;
use nix::sys::{prctl, signal::Signal};
use nix::unistd::{getpid, getppid};

/// Has the kernel send SIGINT, a request for a clean end, to the command when
/// the *thread* that starts it is gone, for whatever reason.
#[allow(unsafe_code)]
pub(super) fn end_with_us(command: &mut Command) {
    let us = getpid();
    let follow = move || {
        prctl::set_pdeathsig(Signal::SIGINT)?;
        // If we died before that, no signal will come any more.
        match getppid() {
            parent if parent == us => Ok(()),
            _ => Err(io::Error::from(Errno::ESRCH)),
        }
    };
    // SAFETY: between fork and exec, `follow` makes two system calls and
    // returns. It allocates nothing, takes no lock and touches no memory that
    // another thread could have left in disorder.
    //
    // A change of user would undo the request, but std makes it before.
    unsafe { command.pre_exec(follow) };
}
