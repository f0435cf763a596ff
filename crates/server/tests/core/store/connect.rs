use eloops_server::store::{Dialect, Store};

use crate::support::member;

on_both! {
    /// Servers may start at the same time on an empty database.
    async fn many_may_migrate_at_once(db) {
        let fresh = match db.store.dialect() {
            Dialect::Sqlite => db.url.replace("eloops.db", "fresh.db"),
            // The network's rows are gone with the tables; the migrations begin anew.
            Dialect::Postgres => {
                db.execute("DROP SCHEMA public CASCADE").await.unwrap();
                db.execute("CREATE SCHEMA public").await.unwrap();
                db.url.clone()
            }
        };
        let opened = tokio::join!(
            Store::connect(&fresh), Store::connect(&fresh), Store::connect(&fresh), Store::connect(&fresh)
        );
        for store in [opened.0, opened.1, opened.2, opened.3] {
            store.expect("every server starts").ping().await.unwrap();
        }
    }

    /// What is not committed never happened.
    async fn a_dropped_transaction_leaves_nothing(db) {
        let row = member::row(&db, "1");
        let mut tx = db.store.write().await.unwrap();
        let state = eloops_server::store::member_sync::NewState { row, hash: 1 };
        eloops_server::store::member_sync::upsert(&mut tx, &[state], 1).await.unwrap();
        drop(tx);
        assert_eq!(db.number("SELECT COUNT(*) FROM members").await, 0);
    }

    /// Many writers wait for each other instead of failing.
    async fn writers_wait_for_each_other(db) {
        let member = member::saved(&db, "1").await;
        let writers = (0..20).map(|at| {
            let (store, id, clock) = (db.store.clone(), member.id.clone(), at);
            tokio::spawn(async move {
                let mut tx = store.write().await?;
                eloops_server::store::members::mark_joined(&mut tx, &id, clock).await?;
                tx.commit().await
            })
        });
        for writer in writers.collect::<Vec<_>>() {
            writer.await.unwrap().unwrap();
        }
        assert!(member::find(&db, "1").await.joined_at.is_some());
    }
}

#[tokio::test]
async fn another_database_is_refused_in_words() {
    let error = Store::connect("mysql://localhost/x")
        .await
        .unwrap_err()
        .to_string();
    assert!(error.contains("sqlite:// or postgres://"), "{error}");
    let error = Store::connect("sqlite:///nowhere/at/all.db")
        .await
        .unwrap_err()
        .to_string();
    assert!(error.contains("ELOOPS_DATABASE_URL"), "{error}");
}
