use eloops_api::{Directions, RunState};
use serde_json::json;
use talent_sandbox::Options;

use crate::support::{
    member,
    world::{World, adventure_works, short},
};

on_both! {
    /// A run for one person reads that person, finds the same as a full one, and touches nobody else.
    async fn one_worker_is_synced_alone(db) {
        let company = Options { company: adventure_works(), ..Options::default() };
        let world = World::with(db, company).await;
        world.sync_in().await;
        world.forget_requests().await;
        world.change("000001", json!({ "TitleId": "Buyer" })).await;
        world.change("000002", json!({ "TitleId": "Buyer" })).await;

        let run = world.ask(Directions::In, false, Some("000001")).await;
        assert_eq!(run.worker.as_deref(), Some("000001"));
        let changes = short(&world.changes(&run).await);
        assert_eq!(changes, ["update 000001 title Production Technician - WC60>Buyer"]);
        let requests = world.requests().await;
        assert!(!requests.contains_key("GET /data/Workers"), "all workers were read: {requests:?}");

        let changes = short(&world.sync_in().await);
        assert_eq!(changes.len(), 1, "the full run finds nothing left at 000001: {changes:?}");
        assert!(changes[0].starts_with("update 000002"), "{changes:?}");
    }

    /// The first sync of somebody alone links the manager who is there.
    async fn a_new_worker_finds_the_manager(db) {
        let company = Options { company: adventure_works(), ..Options::default() };
        let world = World::with(db, company).await;
        world.ask(Directions::In, false, Some("000018")).await;
        world.ask(Directions::In, false, Some(" 000001 ")).await;
        assert_eq!(world.db.number("SELECT COUNT(*) FROM members").await, 2);
        let manager = member::find(&world.db, "000018").await;
        assert_eq!(member::find(&world.db, "000001").await.manager_id, Some(manager.id));
        assert_eq!(manager.line_problem.as_deref(), Some("orphan"), "whose manager is no member yet");
    }

    async fn a_number_that_nobody_has_is_told(db) {
        let world = World::new(db).await;
        let run = world.ask(Directions::In, false, Some("999999")).await;
        assert_eq!(run.state, RunState::Done);
        let changes = short(&world.changes(&run).await);
        assert_eq!(changes, ["skip 999999: Talent has no worker with this number"]);
        let request = eloops_server::sync::Request {
            directions: Directions::In,
            dry_run: false,
            worker: Some("*".to_owned()),
            trigger: eloops_api::Trigger::Api,
        };
        let error = world.engine.start(request).await.unwrap_err().to_string();
        assert!(error.contains("is no personnel number"), "{error}");
    }
}
