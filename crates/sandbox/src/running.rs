//! Starting the sandbox, and stopping it.

use std::{io, net::SocketAddr, path::PathBuf, sync::Arc};

use axum::{Router, routing::get};
use hyper::server::conn::http1;
use hyper_util::{rt::TokioIo, service::TowerToHyperService};
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_util::sync::CancellationToken;

use crate::{Clock, Options, Sandbox};

/// Why the sandbox could not start, in one sentence for the person who started it.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Something else listens there.
    #[error("{0} is in use: stop what runs there, or choose another address with --listen")]
    PortInUse(SocketAddr),
    /// The address cannot be listened on.
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, #[source] io::Error),
    /// The folder holds no company.
    #[error("there is no workers.csv in the folder {}: name another with --company, or a number for a made-up company", .0.display())]
    NoCompany(PathBuf),
    /// The company's file cannot be read.
    #[error("cannot read {}: {detail}", file.display())]
    Company {
        /// The file.
        file: PathBuf,
        /// What is wrong with it, with the line.
        detail: String,
    },
}

/// A sandbox that serves. It stops when this is dropped.
#[derive(Debug)]
pub struct Running {
    sandbox: Arc<Sandbox>,
    address: SocketAddr,
    stop: CancellationToken,
    task: JoinHandle<()>,
}

impl Running {
    /// The origin to reach it by, without a slash at the end: `http://127.0.0.1:7410`.
    pub fn url(&self) -> &str {
        &self.sandbox.origin
    }

    /// The address it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What it holds, for tests in the same process.
    pub fn sandbox(&self) -> &Arc<Sandbox> {
        &self.sandbox
    }

    /// Serves until it is stopped.
    pub async fn wait(mut self) {
        // An error only says that the task was aborted, which is a stop too.
        let _ = (&mut self.task).await;
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop.cancel();
        self.task.abort();
    }
}

/// Loads the company and serves it.
///
/// # Errors
/// When the address is taken or the company cannot be read; the message says what to do.
pub async fn start(options: Options) -> Result<Running, StartError> {
    let listener = TcpListener::bind(options.listen).await.map_err(|error| {
        if error.kind() == io::ErrorKind::AddrInUse {
            StartError::PortInUse(options.listen)
        } else {
            StartError::Listen(options.listen, error)
        }
    })?;
    let address = listener
        .local_addr()
        .map_err(|e| StartError::Listen(options.listen, e))?;
    let origin = options.public_url.as_ref().map_or_else(
        || format!("http://{address}"),
        |url| url.origin().ascii_serialization(),
    );
    let sandbox = Arc::new(Sandbox {
        options,
        origin,
        clock: Arc::new(Clock::default()),
    });
    let app = Router::new().route("/sandbox/health", get(|| async { "ready" }));
    let stop = CancellationToken::new();
    let task = tokio::spawn(serve(listener, app, stop.clone()));
    Ok(Running {
        sandbox,
        address,
        stop,
        task,
    })
}

async fn serve(listener: TcpListener, app: Router, stop: CancellationToken) {
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stop.cancelled() => return,
        };
        let Ok((stream, _)) = accepted else { continue };
        let service = TowerToHyperService::new(app.clone());
        let stop = stop.clone();
        tokio::spawn(async move {
            let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
            tokio::select! {
                // A connection that breaks concerns its client only.
                _ = connection => {}
                () = stop.cancelled() => {}
            }
        });
    }
}
