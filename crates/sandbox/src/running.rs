//! Starting the sandbox, and stopping it.

use std::{
    fs, io,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
};

use tokio::{net::TcpListener, task::JoinHandle};
use tokio_util::sync::CancellationToken;

use crate::{
    Clock, Options, Sandbox, company,
    effective::Effective,
    identity::{Identity, SERVER_APP, certificates::Certificate},
    people::People,
    rows::{RowError, Store},
    schema::CustomFieldType,
    seed, serve,
    traffic::Traffic,
};

/// The suffix of custom fields in OData (Microsoft Learn: hr-developer-custom-fields).
const CUSTOM_SUFFIX: &str = "_Custom";

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
    /// The certificate cannot be registered.
    #[error("--certificate {}: {detail}", file.display())]
    Certificate {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        detail: String,
    },
    /// The runtime ended while the company was loaded.
    #[error("the start was interrupted")]
    Interrupted,
    /// The company cannot be entered.
    #[error("the company cannot be entered in Talent: {0}")]
    Rows(#[from] RowError),
    /// The machine gives no randomness.
    #[error("{0}")]
    Key(#[from] crate::identity::keys::NoKey),
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
    // A large company takes seconds: other tasks of this runtime go on meanwhile.
    let loaded = tokio::task::spawn_blocking(move || load(options, address)).await;
    let sandbox = Arc::new(loaded.map_err(|_| StartError::Interrupted)??);
    let stop = CancellationToken::new();
    let task = tokio::spawn(serve::serve(
        listener,
        serve::router(&sandbox),
        stop.clone(),
    ));
    Ok(Running {
        sandbox,
        address,
        stop,
        task,
    })
}

fn load(options: Options, address: SocketAddr) -> Result<Sandbox, StartError> {
    let clock = Clock::default();
    let store = Store::new(CUSTOM_SUFFIX);
    if !options.without_custom_fields {
        for (name, label) in [
            ("EloopsCoins", "Eloops coins"),
            ("EloopsUploads", "Eloops uploads"),
        ] {
            let created = store.create_custom_field(name, CustomFieldType::Number, label, true);
            debug_assert!(created.is_ok(), "{created:?}");
        }
    }
    let company = company::open(&options.company, options.seed)?;
    let domain = company.domain.clone();
    seed::enter(&store, company, clock.now())?;
    store.keep_as_seed();
    let origin = options.public_url.as_ref().map_or_else(
        || format!("http://{address}"),
        |url| url.origin().ascii_serialization(),
    );
    let identity = Identity::new(&options.eloops_url)?;
    if let Some(file) = &options.certificate {
        register(&identity, file).map_err(|detail| StartError::Certificate {
            file: file.clone(),
            detail,
        })?;
    }
    Ok(Sandbox {
        origin,
        eloops: options.eloops_url.as_str().trim_end_matches('/').to_owned(),
        people: People::new(store.clone(), &domain),
        identity,
        effective: Effective::at(clock.now()),
        traffic: Traffic::default(),
        options,
        clock,
        store,
        domain,
    })
}

/// Registers the certificate of the Eloops server for good; the error is a sentence.
fn register(identity: &Identity, file: &Path) -> Result<(), String> {
    let text = fs::read_to_string(file).map_err(|error| error.to_string())?;
    let certificate = Certificate::read(&text).map_err(|error| error.to_string())?;
    identity.certificates.add(SERVER_APP, certificate, true);
    Ok(())
}
