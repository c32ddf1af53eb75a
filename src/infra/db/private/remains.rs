//! Ending servers: the one we started, and what is left of an earlier one.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::Error;
use super::bell::Bell;

const GLANCE: Duration = Duration::from_millis(20);
/// From polite to rude. To PostgreSQL, SIGINT means: disconnect everyone, write
/// everything, end. SIGQUIT means: drop everything, the next start recovers it.
const ENDINGS: [(Signal, Duration); 3] = [
    (Signal::SIGINT, Duration::from_secs(10)),
    (Signal::SIGQUIT, Duration::from_secs(5)),
    (Signal::SIGKILL, Duration::from_secs(5)),
];

/// Ends a child of ours.
pub(super) fn end(child: &mut Child) {
    let pid = pid_of(child);
    for (signal, patience) in ENDINGS {
        let _ = kill(pid, signal);
        let start = Instant::now();
        while start.elapsed() < patience {
            // Either it has ended, or it is no child of ours any more.
            if !matches!(child.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(GLANCE);
        }
        log::warn!("PostgreSQL (process {pid}) did not end within {patience:?} after {signal}");
    }
}

/// Ends what is left of an earlier server of this cluster: one that is just
/// shutting down because its keeper was killed, or one whose postmaster was
/// killed and whose other processes have not noticed yet. `locks` are its lock
/// files, that of the cluster first. The caller holds the keeper's lock.
pub(super) fn clear(cluster: &Path, locks: &[PathBuf], bell: &Bell) -> Result<(), Error> {
    for (signal, patience) in ENDINGS {
        let left = processes(cluster);
        if left.is_empty() {
            return remove_stale(cluster, locks);
        }
        log::info!("ending what is left of an earlier PostgreSQL: {left:?}, {signal}");
        match locks.first().and_then(|lock| named_in(lock)) {
            // The postmaster sees to its own.
            Some(postmaster) if signal != Signal::SIGKILL && left.contains(&postmaster) => {
                let _ = kill(postmaster, signal);
            }
            _ => left.iter().for_each(|&pid| {
                let _ = kill(pid, signal);
            }),
        }
        let start = Instant::now();
        while start.elapsed() < patience && !processes(cluster).is_empty() {
            if bell.rings_within(GLANCE) {
                return Err(Error::Stopped);
            }
        }
    }
    match processes(cluster) {
        left if left.is_empty() => remove_stale(cluster, locks),
        left => Err(Error::Lingers {
            cluster: cluster.to_owned(),
            pids: left.iter().map(Pid::to_string).collect::<Vec<_>>().join(", "),
        }),
    }
}

/// All processes of PostgreSQL that work in this cluster. They are known by
/// their current folder, which is the cluster for every one of them: unlike the
/// number in postmaster.pid, that is never another's.
fn processes(cluster: &Path) -> Vec<Pid> {
    let all = fs::read_dir("/proc").into_iter().flatten().flatten();
    all.filter(|entry| {
        let process = entry.path();
        fs::read(process.join("comm")).is_ok_and(|name| name == b"postgres\n")
            && fs::read_link(process.join("cwd")).is_ok_and(|folder| folder == cluster)
    })
    .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
    .map(Pid::from_raw)
    .collect()
}

/// Removes lock files whose process is gone or works elsewhere. PostgreSQL does
/// it too, but gives way for ever to any process of the same user that has the
/// number by now, and even to a zombie.
fn remove_stale(cluster: &Path, locks: &[PathBuf]) -> Result<(), Error> {
    for lock in locks {
        let Some(pid) = named_in(lock) else { continue };
        let stale = match fs::read_link(format!("/proc/{pid}/cwd")) {
            Ok(folder) => folder != cluster,
            // If it is hidden from us, PostgreSQL may judge.
            Err(error) => error.kind() == io::ErrorKind::NotFound,
        };
        if stale {
            fs::remove_file(lock).map_err(Error::file("remove", lock))?;
        }
    }
    Ok(())
}

/// The process to which a lock file of PostgreSQL belongs: its first line.
fn named_in(lock: &Path) -> Option<Pid> {
    let bytes = fs::read(lock).ok()?;
    let first = bytes.split(|&byte| byte == b'\n').next()?;
    let pid: i32 = str::from_utf8(first).ok()?.trim().parse().ok()?;
    // The number of a server for one session has a minus.
    Some(Pid::from_raw(pid.checked_abs()?))
}

fn pid_of(child: &Child) -> Pid {
    // The kernel's numbers are positive and far smaller than that.
    Pid::from_raw(child.id().cast_signed())
}
