use eloops_api::{Directions, MemberStatus, RunState};
use serde_json::json;

use crate::support::{
    member,
    world::{World, short},
};

on_both! {
    /// One unreadable row stops nobody else, and says which it is without saying what it holds.
    async fn an_unreadable_worker_is_skipped(db) {
        let world = World::new(db).await;
        world.sync_in().await;
        let before = world.db.number("SELECT COUNT(*) FROM members WHERE status = 'active'").await;
        world.meddler.edit_rows("Workers", |rows| {
            rows[0]["PrimaryContactEmail"] = json!({ "secret": 1 });
            rows[1] = json!({ "Name": "without a number" });
        });
        let run = world.run(Directions::In).await;
        assert_eq!(run.state, RunState::Done);
        let changes = short(&world.changes(&run).await);
        let unreadable: Vec<_> = changes.iter().filter(|line| line.contains("cannot be read")).collect();
        assert_eq!(unreadable.len(), 2, "{changes:?}");
        assert!(unreadable[0].contains("PrimaryContactEmail"), "{changes:?}");
        assert!(!changes.concat().contains("secret"), "{changes:?}");
        let after = world.db.number("SELECT COUNT(*) FROM members WHERE status = 'active'").await;
        assert_eq!(after, before, "nobody lost their membership by it");
    }

    /// Without its employment nobody can tell whether a worker has left; better to wait.
    async fn an_unreadable_employment_leaves_the_worker_alone(db) {
        let world = World::new(db).await;
        world.sync_in().await;
        world.meddler.edit_rows("EmploymentsV2", |rows| {
            for row in rows {
                row["EmploymentEndDate"] = json!(17);
            }
        });
        let changes = short(&world.sync_in().await);
        assert!(changes.iter().all(|line| line.starts_with("skip")), "{changes:?}");
    }

    /// An empty feed is a mistake somewhere, not a company that everybody has left.
    async fn an_empty_feed_changes_nobody(db) {
        let world = World::new(db).await;
        world.sync_in().await;
        let before = world.db.number("SELECT COUNT(*) FROM members WHERE status <> 'inactive'").await;
        world.meddler.edit_rows("Workers", Vec::clear);
        let run = world.run(Directions::In).await;
        assert_eq!(run.state, RunState::Failed);
        let error = run.error.unwrap();
        assert!(error.contains("came back empty; nothing was changed"), "{error}");
        let after = world.db.number("SELECT COUNT(*) FROM members WHERE status <> 'inactive'").await;
        assert_eq!(after, before);
    }

    /// Who vanishes from the feed is noted; grace comes before any deactivation.
    async fn a_worker_missing_from_the_feed_is_noted(db) {
        let world = World::new(db).await;
        world.sync_in().await;
        let active = "SELECT COUNT(*) FROM members WHERE status = 'active'";
        let before = world.db.number(active).await;
        world.meddler.edit_rows("Workers", |rows| {
            rows.retain(|row| row["PersonnelNumber"] != json!("000003"));
        });
        let changes = short(&world.sync_in().await);
        let expected = "skip 000003: missing from the feed; within the grace period of 3 days nothing is changed";
        assert!(changes.iter().any(|line| line == expected), "{changes:?}");
        assert_eq!(world.db.number(active).await, before);
    }

    /// A word that this version does not know is no reason to end anybody's access.
    async fn an_unknown_status_leaves_the_member_as_they_are(db) {
        let world = World::new(db).await;
        world.sync_in().await;
        let mut conn = world.db.store.read().await.unwrap();
        let (number,): (String,) =
            sqlx::query_as("SELECT MIN(worker_number) FROM members WHERE status = 'active'")
                .fetch_one(&mut *conn).await.unwrap();
        let on_leave = number.clone();
        world.meddler.edit_rows("Workers", move |rows| {
            for row in rows.iter_mut().filter(|row| row["PersonnelNumber"] == json!(on_leave)) {
                row["WorkerStatus"] = json!("OnLeave");
            }
        });
        let changes = short(&world.sync_in().await);
        assert!(changes.iter().any(|line| line.contains("WorkerStatus is \"OnLeave\"")), "{changes:?}");
        assert_eq!(member::find(&world.db, &number).await.status, MemberStatus::Active);
    }
}
