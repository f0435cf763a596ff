use eloops_server::store::{StoreError, leases, leases::Lease};

use crate::support::db::Db;

async fn acquire(db: &Db, holder: &str, now: i64) -> Option<Lease> {
    let mut tx = db.store.write().await.unwrap();
    let network = &db.network_id;
    let lease = leases::acquire(&mut tx, network, "sync", holder, now, now + 60)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    lease
}

async fn hold(db: &Db, lease: &Lease, until: i64) -> Result<(), StoreError> {
    let mut tx = db.store.write().await.unwrap();
    leases::hold(&mut tx, lease, until).await?;
    tx.commit().await
}

on_both! {
    async fn one_holds_it_until_it_runs_out(db) {
        let first = acquire(&db, "a", 0).await.expect("it is free");
        assert_eq!(acquire(&db, "b", 59).await, None);
        hold(&db, &first, 100).await.unwrap();
        assert_eq!(acquire(&db, "b", 60).await, None, "it was extended");
        let second = acquire(&db, "b", 100).await.expect("it has run out");
        assert!(second.fencing > first.fencing);
        let late = hold(&db, &first, 200).await;
        assert!(matches!(late, Err(StoreError::LeaseLost)), "{late:?}");
        hold(&db, &second, 200).await.unwrap();
    }

    async fn giving_back_lets_the_next_one_in(db) {
        let first = acquire(&db, "a", 0).await.unwrap();
        let mut tx = db.store.write().await.unwrap();
        leases::release(&mut tx, &first).await.unwrap();
        tx.commit().await.unwrap();
        let second = acquire(&db, "b", 1).await.expect("it was given back");
        let mut tx = db.store.write().await.unwrap();
        leases::release(&mut tx, &first).await.expect("giving back late is no fault");
        tx.commit().await.unwrap();
        hold(&db, &second, 100).await.expect("and takes nothing from the new holder");
    }

    async fn of_many_at_once_one_gets_it(db) {
        let got = tokio::join!(
            acquire(&db, "a", 0), acquire(&db, "b", 0), acquire(&db, "c", 0), acquire(&db, "d", 0)
        );
        let holders = [got.0, got.1, got.2, got.3].into_iter().flatten().count();
        assert_eq!(holders, 1);
    }
}
