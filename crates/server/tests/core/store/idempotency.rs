use eloops_server::store::idempotency::{self, Claim};

on_both! {
    async fn the_same_request_gives_the_first_result(db) {
        let claim = async |fingerprint, resource, now| {
            let mut tx = db.store.write().await.unwrap();
            let claim =
                idempotency::claim(&mut tx, &db.network_id, "key", fingerprint, resource, now)
                    .await
                    .unwrap();
            tx.commit().await.unwrap();
            claim
        };
        assert_eq!(claim("award 5", "one", 0).await, Claim::New);
        let replay = Claim::Replay { resource_id: "one".to_owned() };
        assert_eq!(claim("award 5", "two", 1).await, replay);
        assert_eq!(claim("award 6", "three", 1).await, Claim::Conflict);
        let mut tx = db.store.write().await.unwrap();
        idempotency::prune(&mut tx, &db.network_id, 1).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(claim("award 6", "three", 2).await, Claim::New);
    }
}
