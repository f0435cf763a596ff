use eloops_api::{Action, Directions, Outcome, RunState, TalentState};
use eloops_server::talent_client::Failure;
use eloops_talent::Method;
use serde_json::json;
use talent_sandbox::Options;

use crate::support::world::{World, short};

/// Members with coins that Talent does not show yet.
async fn awarded(db: crate::support::db::Db, numbers: &[&str]) -> World {
    let world = World::with_four_members(db, Options::default()).await;
    for number in numbers {
        world.award(number, 10).await;
    }
    world
}

on_both! {
    /// Throttled, refused for a while, answered into the void: the numbers arrive all the same.
    async fn a_troubled_network_only_takes_longer(db) {
        let world = awarded(db, &["000001", "000002", "000003", "000004"]).await;
        world.control("PUT", "faults", json!([
            { "match": "PATCH /data/Workers(PersonnelNumber='000001')", "status": 429, "retry_after": 3, "times": 2 },
            { "match": "PATCH /data/Workers(PersonnelNumber='000002')", "drop_response": true, "times": 1 },
            { "match": "PATCH /data/Workers(PersonnelNumber='000003')", "status": 503, "times": 2 },
        ])).await;
        assert_eq!(world.sync_out().await.len(), 4);
        for number in ["000001", "000002", "000003", "000004"] {
            assert_eq!(world.shown(number), (10, 0), "{number}");
        }
    }

    /// One refusal stops no other; it is told in Talent's words and tried again by the next run.
    async fn a_refused_write_is_told_and_tried_again(db) {
        let world = awarded(db, &["000001", "000002"]).await;
        let infolog = "Write failed for table row of type 'HcmWorkerEntity'. Infolog: Warning: The seniority date is missing.";
        world.control("PUT", "faults", json!([
            { "match": "PATCH /data/Workers(PersonnelNumber='000001')", "status": 400,
              "body": { "error": { "code": "", "message": "An error has occurred.",
                "innererror": { "message": infolog, "type": "", "stacktrace": "" } } } },
        ])).await;
        let run = world.run(Directions::Out).await;
        assert_eq!((run.state, run.counts.write), (RunState::Partial, 2));
        assert!(run.error.as_deref().unwrap().starts_with("1 of the changes failed"));
        let changes = world.changes(&run).await;
        let failed: Vec<_> = changes.iter().filter(|change| change.outcome == Outcome::Failed).collect();
        assert_eq!(failed.len(), 1, "{changes:?}");
        assert_eq!(failed[0].worker_number, "000001");
        assert!(failed[0].reason.as_deref().unwrap().contains(infolog), "{failed:?}");
        assert_eq!((world.shown("000001"), world.shown("000002")), ((0, 0), (10, 0)));
        assert_eq!(world.talent_fields("000001").await.state, TalentState::Pending);

        world.control("PUT", "faults", json!([])).await;
        assert_eq!(short(&world.sync_out().await), ["write 000001 EloopsCoins_Custom 0>10"]);
        assert_eq!(world.shown("000001"), (10, 0));
    }

    /// The answer to a write never came, and then the balance went on: the value in Talent is known as ours.
    async fn a_lost_answer_is_no_drift(db) {
        let world = awarded(db, &["000001"]).await;
        world.meddler.set(|request, response| {
            if request.method == Method::Patch {
                return Err(Failure::Timeout { host: "talent".to_owned() });
            }
            Ok(response)
        });
        let run = world.run(Directions::Out).await;
        assert_eq!(run.state, RunState::Partial);
        let changes = world.changes(&run).await;
        assert_eq!(changes[0].reason.as_deref(), Some("talent did not answer in time"));
        assert_eq!(world.shown("000001"), (10, 0), "Talent has done the work");

        world.meddler.stop();
        world.award("000001", 5).await;
        let changes = short(&world.sync_out().await);
        assert_eq!(changes, ["write 000001 EloopsCoins_Custom 10>15"], "not called drift");
        assert_eq!(world.shown("000001"), (15, 0));
    }

    /// Somebody typed text of their own; it is replaced, and called drift.
    async fn an_odd_value_is_replaced(db) {
        let world = awarded(db, &["000001"]).await;
        world.meddler.edit_rows("Workers", |rows| {
            for row in rows {
                if row["PersonnelNumber"] == json!("000001") {
                    row["EloopsCoins_Custom"] = json!(3.5);
                }
            }
        });
        let changes = short(&world.sync_out().await);
        assert_eq!(changes, ["write 000001 EloopsCoins_Custom 3.5>10: drift"]);
    }

    /// Rows that Talent does not have, or garbles, are left out with a reason.
    async fn a_worker_missing_in_talent_is_skipped(db) {
        let world = awarded(db, &["000001", "000002", "000003"]).await;
        world.meddler.edit_rows("Workers", |rows| {
            rows.retain(|row| row["PersonnelNumber"] != json!("000001"));
            for row in rows {
                if row["PersonnelNumber"] == json!("000002") {
                    row["EloopsCoins_Custom"] = json!({});
                }
            }
        });
        let changes = world.sync_out().await;
        let skips: Vec<_> =
            changes.iter().filter(|change| change.action == Action::Skip).cloned().collect();
        let skips = short(&skips);
        assert_eq!(skips.len(), 2, "{skips:?}");
        assert_eq!(skips[0], "skip 000001: Talent has no worker with this number");
        assert!(skips[1].starts_with("skip 000002: a row of Workers cannot be read"), "{skips:?}");
        assert_eq!(world.shown("000003"), (10, 0));
    }
}
