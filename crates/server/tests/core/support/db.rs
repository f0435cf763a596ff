//! A database of its own for each test.

use std::sync::Arc;

use eloops_server::{
    clock::{Clock, TestClock},
    store::{Store, networks},
};
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor};

/// Declares tests that run on SQLite and on PostgreSQL.
macro_rules! on_both {
    ($($(#[$about:meta])* async fn $name:ident($db:ident) $body:block)+) => {$(
        $(#[$about])*
        mod $name {
            #[allow(unused_imports, reason = "a body need not use everything of its module")]
            use super::*;

            async fn body($db: crate::support::db::Db) $body

            #[tokio::test]
            async fn sqlite() {
                body(crate::support::db::Db::sqlite().await).await;
            }

            #[tokio::test]
            async fn postgres() {
                body(crate::support::db::Db::postgres().await).await;
            }
        }
    )+};
}

/// An empty database with one network, and a clock that stands still.
pub(crate) struct Db {
    pub(crate) store: Store,
    pub(crate) network_id: String,
    pub(crate) clock: Arc<TestClock>,
    pub(crate) url: String,
    _keep: Keep,
}

enum Keep {
    Folder { _folder: tempfile::TempDir },
    Database { server: String, name: String },
}

impl Db {
    pub(crate) async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("eloops.db").display());
        Self::open(url, Keep::Folder { _folder: folder }).await
    }

    pub(crate) async fn postgres() -> Self {
        let server = std::env::var("ELOOPS_TEST_POSTGRES_URL").expect(
            "ELOOPS_TEST_POSTGRES_URL is not set; run the tests by \
             node scripts/with-postgres.mjs cargo nextest run -p eloops-server",
        );
        let name = format!("t{}", uuid::Uuid::new_v4().simple());
        on_server(&server, format!("CREATE DATABASE {name}")).await;
        let (base, _) = server
            .rsplit_once('/')
            .expect("the address ends in a database's name");
        let url = format!("{base}/{name}");
        Self::open(url, Keep::Database { server, name }).await
    }

    async fn open(url: String, keep: Keep) -> Self {
        let clock = TestClock::at("2026-11-22T08:00:00Z".parse().unwrap());
        let store = Store::connect(&url).await.unwrap();
        let mut tx = store.write().await.unwrap();
        let tenant = "11111111-1111-1111-1111-111111111111";
        let network_id = networks::ensure(&mut tx, tenant, "Test", clock.now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        Self {
            store,
            network_id,
            clock,
            url,
            _keep: keep,
        }
    }

    /// Microseconds on the test's clock.
    pub(crate) fn now(&self) -> i64 {
        self.clock.micros()
    }

    /// Runs statements as they are, outside of the repositories.
    pub(crate) async fn execute(&self, sql: &'static str) -> Result<(), sqlx::Error> {
        let mut tx = self.store.write().await.unwrap();
        (*tx).execute(sql).await?;
        tx.commit().await.unwrap();
        Ok(())
    }

    /// One number from the database.
    pub(crate) async fn number(&self, sql: &'static str) -> i64 {
        let mut conn = self.store.read().await.unwrap();
        let (number,): (i64,) = sqlx::query_as(sql).fetch_one(&mut *conn).await.unwrap();
        number
    }
}

async fn on_server(url: &str, sql: String) {
    sqlx::any::install_default_drivers();
    let mut conn = AnyConnection::connect(url)
        .await
        .unwrap_or_else(|error| panic!("ELOOPS_TEST_POSTGRES_URL cannot be reached: {error}"));
    conn.execute(AssertSqlSafe(sql)).await.unwrap();
}

impl Drop for Keep {
    fn drop(&mut self) {
        let Self::Database { server, name } = self else {
            return;
        };
        let (server, sql) = (server.clone(), format!("DROP DATABASE {name} WITH (FORCE)"));
        // The test's own runtime is ending; a cluster that is gone already needs no tidying.
        let _ = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?;
            runtime.block_on(on_server(&server, sql));
            std::io::Result::Ok(())
        })
        .join();
    }
}
