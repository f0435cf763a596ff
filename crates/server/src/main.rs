//! The `eloops` command.

use std::process::ExitCode;

use eloops_server::cli;

fn main() -> ExitCode {
    // Usage errors end here, with status 2.
    cli::run(&cli::command().get_matches())
}
