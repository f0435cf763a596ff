//! The command line: `eloops serve` and `eloops sync`.
//!
//! Results go to standard output, messages to standard error. Exit status: 0 done, 1 failed, 2 usage,
//! 3 held. To add a command: a file here, a line in [`args::command`] and one in [`run`].

mod args;
mod bar;
mod parts;
mod report;
mod serve;
mod status;
mod sync;

use std::io::Write;
use std::process::ExitCode;

use clap::ArgMatches;

pub use args::command;
use status::Status;

/// Runs what was asked for, to its end.
#[must_use]
pub fn run(matches: &ArgMatches) -> ExitCode {
    // A server tells what it does; a command tells its result, and only what goes wrong on the way.
    let serving = matches.subcommand_name() == Some("serve");
    crate::logging::start(if serving { "info" } else { "warn" });
    let result = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("the program's threads cannot be started: {error}"))
        .and_then(|runtime| {
            runtime.block_on(async {
                match matches.subcommand() {
                    Some(("serve", _)) => serve::run(matches).await,
                    Some(("sync", asked)) => sync::run(matches, asked).await,
                    _ => Err("no such command; eloops --help lists them".to_owned()),
                }
            })
        });
    match result {
        Ok(status) => status.into(),
        Err(message) => {
            say(&format!("eloops: {message}"));
            Status::Failed.into()
        }
    }
}

/// A message for the person at the terminal.
fn say(text: &str) {
    // When nobody can be told, nothing better is left to do.
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}
