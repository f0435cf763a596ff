use std::{
    ops::{Deref, DerefMut},
    sync::Arc,
    time::Duration,
};

use sqlx::{
    Any, AnyConnection, AnyPool, Executor, Transaction, any::AnyPoolOptions, pool::PoolConnection,
};
use tokio::sync::{Mutex, OwnedMutexGuard};

use super::{Result, StoreError, append_only};

/// A connection as the repositories take it.
pub type Conn = AnyConnection;

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("./migrations");

/// Which database it is, for the few places where they differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Embedded, one writer at a time.
    Sqlite,
    /// For several servers.
    Postgres,
}

/// The open database. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    pool: AnyPool,
    dialect: Dialect,
    /// SQLite takes one writer; waiting here is fair, waiting in SQLite is not.
    writer: Arc<Mutex<()>>,
}

impl Store {
    /// Opens `sqlite://…` or `postgres://…` and brings the schema up to date. A SQLite file is made
    /// when it does not exist; several servers may start at once.
    ///
    /// # Errors
    /// [`StoreError::UnknownDatabase`], [`StoreError::Connect`], [`StoreError::Migrate`].
    pub async fn connect(url: &str) -> Result<Self> {
        sqlx::any::install_default_drivers();
        let dialect = match url.split(':').next() {
            Some("sqlite") => Dialect::Sqlite,
            Some("postgres" | "postgresql") => Dialect::Postgres,
            _ => return Err(StoreError::UnknownDatabase),
        };
        let pool = match dialect {
            Dialect::Sqlite => {
                AnyPoolOptions::new()
                    .max_connections(6)
                    .after_connect(|conn, _| Box::pin(async move { tune_sqlite(conn).await }))
                    .connect(&create_if_missing(url))
                    .await
            }
            Dialect::Postgres => {
                AnyPoolOptions::new()
                    .max_connections(12)
                    .acquire_timeout(Duration::from_secs(15))
                    .connect(url)
                    .await
            }
        }
        .map_err(StoreError::Connect)?;
        let store = Self {
            pool,
            dialect,
            writer: Arc::new(Mutex::new(())),
        };
        store.migrate().await?;
        Ok(store)
    }

    /// Which database it is.
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// A connection for reading.
    ///
    /// # Errors
    /// When none is free for half a minute, or the database is gone.
    pub async fn read(&self) -> Result<PoolConnection<Any>> {
        Ok(self.pool.acquire().await?)
    }

    /// A transaction for writing; dropped without [`WriteTx::commit`] it leaves no trace.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub async fn write(&self) -> Result<WriteTx> {
        match self.dialect {
            Dialect::Sqlite => {
                let turn = Arc::clone(&self.writer).lock_owned().await;
                // IMMEDIATE takes the write lock now; a later upgrade could fail half-way.
                let tx = self.pool.begin_with("BEGIN IMMEDIATE").await?;
                Ok(WriteTx {
                    tx,
                    _turn: Some(turn),
                })
            }
            Dialect::Postgres => Ok(WriteTx {
                tx: self.pool.begin().await?,
                _turn: None,
            }),
        }
    }

    /// Asks the database for a sign of life, for `/readyz`.
    ///
    /// # Errors
    /// When it does not answer.
    pub async fn ping(&self) -> Result<()> {
        let mut conn = self.read().await?;
        sqlx::query("SELECT 1").execute(&mut *conn).await?;
        Ok(())
    }

    /// Closes every connection; a SQLite file is then complete by itself.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    async fn migrate(&self) -> Result<()> {
        match self.dialect {
            Dialect::Sqlite => {
                // SQLite has no lock for migrations of its own: the write lock serves.
                let mut tx = self.write().await?;
                MIGRATIONS.run_direct(None, &mut *tx, false).await?;
                append_only::protect_ledger(&mut tx, self.dialect).await?;
                tx.commit().await
            }
            Dialect::Postgres => {
                let mut conn = self.read().await?;
                MIGRATIONS.run_direct(None, &mut *conn, false).await?;
                drop(conn);
                let mut tx = self.write().await?;
                append_only::protect_ledger(&mut tx, self.dialect).await?;
                tx.commit().await
            }
        }
    }
}

/// A writing transaction; use it as a connection, then [`commit`](WriteTx::commit).
#[derive(Debug)]
#[must_use = "a transaction that is not committed is rolled back"]
pub struct WriteTx {
    // Declared before the turn, so that it is rolled back before the next writer starts.
    tx: Transaction<'static, Any>,
    _turn: Option<OwnedMutexGuard<()>>,
}

impl WriteTx {
    /// Makes the changes durable.
    ///
    /// # Errors
    /// When the database refuses; then nothing of the transaction remains.
    pub async fn commit(self) -> Result<()> {
        Ok(self.tx.commit().await?)
    }
}

impl Deref for WriteTx {
    type Target = Conn;

    fn deref(&self) -> &Conn {
        &self.tx
    }
}

impl DerefMut for WriteTx {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.tx
    }
}

async fn tune_sqlite(conn: &mut AnyConnection) -> std::result::Result<(), sqlx::Error> {
    // The timeout first: switching to WAL needs the lock that another server may hold.
    for pragma in [
        "PRAGMA busy_timeout = 15000",
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = NORMAL",
        "PRAGMA foreign_keys = ON",
    ] {
        conn.execute(pragma).await?;
    }
    Ok(())
}

/// SQLite makes the file only when asked; the address usually does not say.
fn create_if_missing(url: &str) -> String {
    if url.contains("mode=") || url.contains(":memory:") {
        return url.to_owned();
    }
    let separator = if url.contains('?') { '&' } else { '?' };
    format!("{url}{separator}mode=rwc")
}
