//! The `talent-sandbox` command.

use std::{io::Write, process::ExitCode};

use clap::Parser;
use talent_sandbox::{Options, start};

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_default_env()
                .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info")),
        )
        .with_writer(std::io::stderr)
        .init();
    match start(Options::parse()).await {
        Ok(running) => {
            tracing::info!(url = running.url(), "the sandbox is ready");
            tokio::select! {
                () = running.wait() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            // When standard error is closed there is nobody to tell.
            let _ = writeln!(std::io::stderr(), "talent-sandbox: {error}");
            ExitCode::FAILURE
        }
    }
}
