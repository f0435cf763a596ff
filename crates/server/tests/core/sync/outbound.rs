use eloops_api::{Directions, RunState, TalentState};
use serde_json::json;
use talent_sandbox::Options;

use crate::support::world::{World, short};

/// Four members whom Talent shows without coins.
async fn company(db: crate::support::db::Db) -> World {
    World::with_four_members(db, Options::default()).await
}

/// Puts a number into Talent's field, past Eloops.
fn meddle(world: &World, number: &str, coins: i64) {
    world.sandbox.sandbox().store.write(|tables| {
        let key = talent_sandbox::rows::RowKey::of(&[number]);
        let value = talent_sandbox::rows::Value::Int(coins);
        tables
            .update("Workers", &key, &[("EloopsCoins_Custom", value)])
            .unwrap();
    });
}

on_both! {
    /// Only what differs is written, once, and a dry run lists the same.
    async fn talent_shows_what_changed(db) {
        let world = company(db).await;
        assert_eq!(world.sync_out().await, [], "nobody has coins yet");
        assert_eq!(world.talent_fields("000001").await.state, TalentState::InSync);
        world.award("000001", 30).await;
        world.award("000002", 7).await;
        assert_eq!(world.talent_fields("000001").await.state, TalentState::Pending);

        let dry = world.ask(Directions::Out, true, None).await;
        let planned = short(&world.changes(&dry).await);
        assert_eq!(world.shown("000001"), (0, 0), "a dry run writes nothing");

        world.forget_requests().await;
        let run = world.run(Directions::Out).await;
        assert_eq!((run.state, run.counts.write), (RunState::Done, 2));
        let mut changes = short(&world.changes(&run).await);
        assert_eq!(changes, planned);
        changes.sort();
        assert_eq!(changes, ["write 000001 EloopsCoins_Custom 0>30", "write 000002 EloopsCoins_Custom 0>7"]);
        assert_eq!((world.shown("000001"), world.shown("000002")), ((30, 0), (7, 0)));
        let fields = world.talent_fields("000001").await;
        assert_eq!((fields.state, fields.coins), (TalentState::InSync, Some(30)));
        assert_eq!(fields.written_at.as_deref(), Some(run.started_at.as_str()));

        let patches = "PATCH /data/Workers(…)";
        assert_eq!(world.requests().await.get(patches), Some(&2));
        assert_eq!(world.sync_out().await, []);
        assert_eq!(world.requests().await.get(patches), Some(&2), "the second run writes nothing");
    }

    /// Both fields of a worker go in one PATCH, because every write runs Talent's whole validation.
    async fn both_fields_go_in_one_patch(db) {
        let world = company(db).await;
        world.award("000001", 30).await;
        crate::support::member::upload(&world.db, "000001").await;
        world.forget_requests().await;
        let changes = short(&world.sync_out().await);
        let expected = "write 000001 EloopsCoins_Custom 0>30, EloopsUploads_Custom 0>1";
        assert_eq!(changes, [expected]);
        assert_eq!(world.shown("000001"), (30, 1));
        assert_eq!(world.requests().await.get("PATCH /data/Workers(…)"), Some(&1));
    }

    /// A value that somebody else wrote is told as drift, shown as drift, and mended.
    async fn a_foreign_value_is_drift(db) {
        let world = company(db).await;
        world.award("000001", 30).await;
        world.sync_out().await;
        meddle(&world, "000001", 99);
        meddle(&world, "000002", 5);
        let dry = world.ask(Directions::Out, true, None).await;
        let expected = [
            "write 000001 EloopsCoins_Custom 99>30: drift",
            "write 000002 EloopsCoins_Custom 5>0: drift",
        ];
        let mut changes = short(&world.changes(&dry).await);
        changes.sort();
        assert_eq!(changes, expected);
        world.sync_out().await;
        assert_eq!((world.shown("000001"), world.shown("000002")), ((30, 0), (0, 0)));
        world.award("000001", 1).await;
        let changes = short(&world.sync_out().await);
        assert_eq!(changes, ["write 000001 EloopsCoins_Custom 30>31"], "our own value is no drift");
    }

    /// One worker alone.
    async fn one_worker_is_written_alone(db) {
        let world = company(db).await;
        world.award("000001", 30).await;
        world.award("000002", 7).await;
        let run = world.ask(Directions::Out, false, Some("000002")).await;
        let changes = short(&world.changes(&run).await);
        assert_eq!(changes, ["write 000002 EloopsCoins_Custom 0>7"]);
        assert_eq!((world.shown("000001"), world.shown("000002")), ((0, 0), (7, 0)));
    }

    /// Leavers' coins are frozen, in Talent too.
    async fn leavers_are_left_alone(db) {
        let world = company(db).await;
        world.award("000001", 30).await;
        world.change("000001", json!({ "WorkerStatus": "Terminated" })).await;
        world.sync_in().await;
        assert_eq!(world.sync_out().await, []);
        assert_eq!(world.shown("000001"), (0, 0));
    }

    /// Without the custom fields the run says how to make them, everything else lives on, and it goes well once they are
    /// there.
    async fn missing_fields_are_explained(db) {
        let options = Options { without_custom_fields: true, ..Options::default() };
        let world = World::with_four_members(db, options).await;
        world.award("000001", 30).await;
        let run = world.run(Directions::Out).await;
        assert_eq!(run.state, RunState::Failed);
        let error = run.error.unwrap();
        for expected in ["`EloopsCoins`", "`EloopsUploads`", "Number", "Enabled for the Worker entity", "Apply"] {
            assert!(error.contains(expected), "expected {expected:?} in: {error}");
        }
        assert_eq!(world.talent_fields("000001").await.state, TalentState::Unmapped);

        for (name, enabled) in [("EloopsCoins", true), ("EloopsUploads", false)] {
            let field = json!({ "name": name, "type": "Number", "label": name, "enabled": enabled });
            world.control("POST", "custom-fields", field).await;
        }
        let error = world.run(Directions::Out).await.error.unwrap();
        assert!(!error.contains("`EloopsCoins`") && error.contains("`EloopsUploads`"), "{error}");
        world.control("POST", "custom-fields", json!({ "name": "EloopsUploads", "enabled": true })).await;
        world.sync_out().await;
        assert_eq!(world.shown("000001"), (30, 0));
        assert_eq!(world.talent_fields("000001").await.state, TalentState::InSync);

        // Switched off again: the next run notices, although it knows the fields from before.
        world.control("POST", "custom-fields", json!({ "name": "EloopsUploads", "enabled": false })).await;
        assert_eq!(world.run(Directions::Out).await.state, RunState::Failed);
        assert_eq!(world.talent_fields("000001").await.state, TalentState::Unmapped);
    }
}
