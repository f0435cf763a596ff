use eloops_api::{Directions, RunState};
use serde_json::json;

use crate::support::world::World;

on_both! {
    /// Throttled, cut off, unanswered: the run waits and comes through.
    async fn a_troubled_network_only_takes_longer(db) {
        let world = World::new(db).await;
        world.control("PUT", "faults", json!([
            { "match": "GET /data/Workers", "status": 429, "retry_after": 2, "times": 2 },
            { "match": "GET /data/Positions", "truncate": true, "times": 1 },
            { "match": "GET /data/EmploymentsV2", "drop_response": true, "times": 1 },
            { "match": "GET /data/DepartmentsV2", "status": 503, "times": 2 },
        ])).await;
        world.sync_in().await;
        assert!(world.db.number("SELECT COUNT(*) FROM members").await > 0);
    }

    /// When Talent stays away the run fails in Talent's words, and members stay as they are.
    async fn a_run_without_talent_fails_and_changes_nobody(db) {
        let world = World::new(db).await;
        world.sync_in().await;
        let active = "SELECT COUNT(*) FROM members WHERE status = 'active'";
        let before = world.db.number(active).await;
        world.control("PUT", "faults", json!([
            { "match": "GET /data/Workers", "status": 403 },
        ])).await;
        let run = world.run(Directions::In).await;
        assert_eq!(run.state, RunState::Failed);
        let error = run.error.unwrap();
        assert!(error.starts_with("reading Workers from Talent: Talent answered 403"), "{error}");
        assert!(run.finished_at.is_some());
        assert_eq!(world.db.number(active).await, before);
        world.control("PUT", "faults", json!([])).await;
        world.sync_in().await;
    }

    /// A wrong secret is told with Microsoft's own code.
    async fn a_refused_sign_in_is_told(db) {
        let world = World::new(db).await;
        world.control("PUT", "faults", json!([
            { "match": "POST /11111111-1111-1111-1111-111111111111/oauth2/v2.0/token", "status": 401,
              "body": { "error": "invalid_client",
                "error_description": "AADSTS7000215: Invalid client secret provided.\r\nTrace ID: 1" } },
        ])).await;
        let run = world.run(Directions::In).await;
        assert_eq!(run.state, RunState::Failed);
        let error = run.error.unwrap();
        assert!(error.contains("AADSTS7000215: Invalid client secret provided."), "{error}");
        assert!(!error.contains("Trace ID"), "{error}");
    }
}
