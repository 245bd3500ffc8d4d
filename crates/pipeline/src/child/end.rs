//! How a process ended, in words.

use std::process::ExitStatus;

/// `it was killed by signal 11 (SIGSEGV)`, `it ended with exit status 3`.
pub(crate) fn told(status: ExitStatus) -> String {
    if let Some(signal) = signal(status) {
        return match name(signal) {
            Some(name) => format!("its process was killed by signal {signal} ({name})"),
            None => format!("its process was killed by signal {signal}"),
        };
    }
    match status.code() {
        Some(code) => format!("its process ended with exit status {code}"),
        None => "its process ended".to_owned(),
    }
}

#[cfg(unix)]
fn signal(status: ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status)
}

#[cfg(not(unix))]
fn signal(_: ExitStatus) -> Option<i32> {
    None
}

/// The signals by which programs end on their own account or that of the system; the numbers are those of Linux.
fn name(signal: i32) -> Option<&'static str> {
    Some(match signal {
        1 => "SIGHUP",
        2 => "SIGINT",
        3 => "SIGQUIT",
        4 => "SIGILL",
        6 => "SIGABRT",
        7 => "SIGBUS",
        8 => "SIGFPE",
        9 => "SIGKILL",
        11 => "SIGSEGV",
        13 => "SIGPIPE",
        15 => "SIGTERM",
        24 => "SIGXCPU",
        25 => "SIGXFSZ",
        31 => "SIGSYS",
        _ => return None,
    })
}
