//! Logs go to standard error: short lines on a terminal, JSON elsewhere. They hold ids and counts, no names, e-mails
//! or tokens.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

/// Starts logging at `level` and worse, such as `info`; `RUST_LOG` chooses otherwise.
pub fn start(level: &str) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(level));
    let logs = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    // A second start, in a test, keeps the first one.
    let _ = if std::io::stderr().is_terminal() {
        logs.compact().with_target(false).try_init()
    } else {
        logs.json().flatten_event(true).try_init()
    };
}
