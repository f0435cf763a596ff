use std::io::Write;

use clap::ArgMatches;
use eloops_api::{Directions, SyncRun, Trigger};

use super::bar::Bar;
use super::parts::{self, Parts, Wired};
use super::{report, say, status::Status};
use crate::sync::{Engine, Progress, Request};

/// `eloops sync`: one run, or one each way.
pub(super) async fn run(matches: &ArgMatches, asked: &ArgMatches) -> Result<Status, String> {
    let parts = parts::build(matches).await?;
    let engine = &one_network(&parts, asked)?.engine;
    let request = Request {
        directions: match asked.get_one::<String>("direction").map(String::as_str) {
            Some("in") => Directions::In,
            Some("out") => Directions::Out,
            _ => Directions::Both,
        },
        dry_run: asked.get_flag("dry-run"),
        worker: asked.get_one::<String>("worker").cloned(),
        trigger: Trigger::Command,
    };
    let both = request.directions == Directions::Both;
    let json = asked.get_flag("json");
    let bar = Bar::for_terminal(!json);
    let runs = until_ctrl_c(engine, request, &bar).await?;
    if json {
        print_json(&runs, both)?;
    } else {
        for run in &runs {
            say(&report::run(run));
            if run.dry_run {
                let planned = report::planned(&parts.store, run).await;
                for line in planned.map_err(|error| error.to_string())? {
                    say(&line);
                }
            }
        }
    }
    Ok(Status::of(&runs))
}

/// Ctrl-C lets the run end at its next chunk; what was applied stays.
async fn until_ctrl_c(
    engine: &Engine,
    request: Request,
    progress: &dyn Progress,
) -> Result<Vec<SyncRun>, String> {
    let work = engine.run(request, progress);
    tokio::pin!(work);
    let result = tokio::select! {
        result = &mut work => result,
        _ = tokio::signal::ctrl_c() => {
            say("Stopping at the next checkpoint…");
            engine.stop().await;
            work.await
        }
    };
    result.map_err(|error| error.to_string())
}

fn one_network<'p>(parts: &'p Parts, asked: &ArgMatches) -> Result<&'p Wired, String> {
    let names = || {
        let names: Vec<&str> = parts
            .networks
            .iter()
            .map(|wired| wired.network.name.as_str())
            .collect();
        names.join(", ")
    };
    match (
        asked.get_one::<String>("network"),
        parts.networks.as_slice(),
    ) {
        (None, [only]) => Ok(only),
        (None, _) => Err(format!(
            "say which network with --network NAME: {}",
            names()
        )),
        (Some(name), all) => all
            .iter()
            .find(|wired| wired.network.name == *name)
            .ok_or_else(|| format!("there is no network \"{name}\"; there is {}", names())),
    }
}

fn print_json(runs: &[SyncRun], both: bool) -> Result<(), String> {
    let text = match runs {
        [run] if !both => serde_json::to_string_pretty(run),
        runs => serde_json::to_string_pretty(runs),
    };
    let text = text.map_err(|error| error.to_string())?;
    writeln!(std::io::stdout().lock(), "{text}")
        .map_err(|error| format!("the result could not be printed: {error}"))
}
