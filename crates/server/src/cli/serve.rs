use clap::ArgMatches;
use tokio::net::TcpListener;

use super::parts::{self, Parts};
use super::status::Status;
use crate::http::{self, App, NetworkParts};

/// `eloops serve`: the API, the frame and the schedule, until Ctrl-C or SIGTERM.
pub(super) async fn run(matches: &ArgMatches) -> Result<Status, String> {
    let Parts {
        config,
        clock,
        store,
        http,
        networks,
    } = parts::build(matches).await?;
    let listen = config.server.listen;
    let listener = TcpListener::bind(listen).await.map_err(|error| {
        format!(
            "cannot listen on {listen} (ELOOPS_LISTEN): {error}; end what listens there, or choose another port"
        )
    })?;
    let engines: Vec<_> = networks.iter().map(|wired| wired.engine.clone()).collect();
    let parts = networks.into_iter().map(|wired| NetworkParts {
        id: wired.id,
        config: wired.network,
        talent: wired.talent,
        engine: wired.engine,
    });
    let app = App::new(&config, store.clone(), clock, &http, parts.collect())
        .map_err(|error| error.to_string())?;
    let schedules: Vec<_> = engines
        .iter()
        .map(|engine| {
            let engine = engine.clone();
            tokio::spawn(async move { engine.keep_schedule().await })
        })
        .collect();
    let served = http::serve(app, listener, asked_to_stop()).await;
    tracing::info!("stopping: runs under way end at their next checkpoint");
    for engine in &engines {
        engine.stop().await;
    }
    for schedule in schedules {
        if let Err(error) = schedule.await {
            tracing::error!(%error, "a schedule ended badly");
        }
    }
    store.close().await;
    served.map_err(|error| format!("the web server failed: {error}"))?;
    Ok(Status::Done)
}

/// Ctrl-C, or SIGTERM where there is one.
async fn asked_to_stop() {
    let interrupt = async {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::error!(%error, "Ctrl-C cannot be heard; end the process instead");
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminations) => {
                terminations.recv().await;
            }
            Err(error) => {
                tracing::error!(%error, "SIGTERM cannot be heard");
                std::future::pending::<()>().await;
            }
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
