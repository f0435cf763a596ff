use eloops_api::{Directions, MemberStatus};
use eloops_server::store::ledger;
use serde_json::json;
use talent_sandbox::Options;

use crate::support::{
    member,
    world::{World, ada, nobody, short},
};

async fn empty(db: crate::support::db::Db) -> World {
    World::with(
        db,
        Options {
            company: nobody(),
            ..Options::default()
        },
    )
    .await
}

on_both! {
    /// Hired, changed, terminated, hired again: one member all along, with the coins kept.
    async fn a_member_goes_and_comes_back(db) {
        let world = empty(db).await;
        let number = world.hire(ada()).await;
        assert_eq!(short(&world.sync_in().await), [format!("create {number}")]);
        let hired = member::find(&world.db, &number).await;
        world.award(&number, 40).await;

        world.change(&number, json!({ "TitleId": "Chief Designer" })).await;
        let changes = short(&world.sync_in().await);
        assert_eq!(changes, [format!("update {number} title Designer>Chief Designer")]);

        session(&world, &hired.id).await;
        world.change(&number, json!({ "WorkerStatus": "Terminated" })).await;
        let changes = short(&world.sync_in().await);
        assert_eq!(changes.len(), 1, "{changes:?}");
        assert!(changes[0].starts_with(&format!("deactivate {number} status active>inactive")), "{changes:?}");
        assert!(changes[0].ends_with(": terminated in Talent"), "{changes:?}");
        assert_eq!(world.db.number("SELECT COUNT(*) FROM sessions").await, 0, "access has ended");
        let left = member::find(&world.db, &number).await;
        assert_eq!(left.status, MemberStatus::Inactive);
        assert_eq!(left.deactivated_at, Some(world.db.now()));
        assert_eq!(world.sync_in().await, []);

        // What slipped in while the leave was written does not outlive the return.
        session(&world, &hired.id).await;
        world.change(&number, json!({ "WorkerStatus": "Employed", "EmploymentEndDate": null })).await;
        let changes = short(&world.sync_in().await);
        assert!(changes[0].starts_with(&format!("reactivate {number} status inactive>active")), "{changes:?}");
        assert_eq!(world.db.number("SELECT COUNT(*) FROM sessions").await, 0, "signs in anew");
        let back = member::find(&world.db, &number).await;
        assert_eq!((back.id.as_str(), back.deactivated_at), (hired.id.as_str(), None));
        let mut conn = world.db.store.read().await.unwrap();
        assert_eq!(ledger::totals(&mut conn, &back.id).await.unwrap().balance, 40);
    }

    /// The calendar alone makes a pending member active, and ends the membership after the last day.
    async fn dates_take_effect_on_their_day(db) {
        let world = empty(db).await;
        let mut worker = ada();
        worker["WorkerStatus"] = json!("Pending");
        worker["EmploymentStartDate"] = json!("2026-11-24");
        worker["EmploymentEndDate"] = json!("2026-11-25");
        let number = world.hire(worker).await;
        let status = async || {
            world.sync_in().await;
            member::find(&world.db, &number).await.status
        };
        assert_eq!(status().await, MemberStatus::Pending, "on the 22nd");
        world.advance_days(1).await;
        assert_eq!(status().await, MemberStatus::Pending, "on the 23rd");
        world.advance_days(1).await;
        assert_eq!(status().await, MemberStatus::Active, "on the first day");
        world.advance_days(1).await;
        assert_eq!(status().await, MemberStatus::Active, "on the last day");
        world.advance_days(1).await;
        assert_eq!(status().await, MemberStatus::Inactive, "on the day after");
    }

    /// What is blank in Talent is no order to delete.
    async fn a_blank_deletes_nothing(db) {
        let world = empty(db).await;
        let number = world.hire(ada()).await;
        world.sync_in().await;
        world.change(&number, json!({ "PrimaryContactEmail": "" })).await;
        assert_eq!(world.sync_in().await, [], "nothing visible has changed");
        let member = member::find(&world.db, &number).await;
        assert_eq!(member.email.as_deref(), Some("ada@contoso.com"));
        world.change(&number, json!({ "PrimaryContactEmail": "ada@fabrikam.com" })).await;
        let changes = short(&world.sync_in().await);
        assert_eq!(changes, [format!("update {number} email ada@contoso.com>ada@fabrikam.com")]);
    }

    /// Managers who report to each other stay members; their line is broken, and says so.
    async fn a_loop_breaks_nobodys_record(db) {
        let world = empty(db).await;
        let one = world.hire(ada()).await;
        let mut worker = ada();
        worker["ReportsTo"] = json!(one);
        let two = world.hire(worker.clone()).await;
        worker["ReportsTo"] = json!(two);
        let three = world.hire(worker).await;
        world.sync_in().await;
        assert_eq!(member::find(&world.db, &two).await.manager_id, Some(member::find(&world.db, &one).await.id));
        world.change(&one, json!({ "ReportsTo": two })).await;
        world.sync_in().await;
        for number in [&one, &two] {
            let member = member::find(&world.db, number).await;
            assert_eq!(member.line_problem.as_deref(), Some("loop"), "{number}");
            assert_eq!((member.manager_id, member.status), (None, MemberStatus::Active));
        }
        let below = member::find(&world.db, &three).await;
        assert_eq!(below.line_problem, None, "who stands below a loop is not part of it");
        world.change(&one, json!({ "ReportsTo": null })).await;
        world.sync_in().await;
        assert_eq!(member::find(&world.db, &one).await.line_problem, None, "mended");
    }

    /// Nobody becomes a member who is not one yet and has left already, cannot be named, or cannot be reached.
    async fn whoever_cannot_be_a_member_is_skipped_with_a_reason(db) {
        let world = empty(db).await;
        for change in [
            json!({ "WorkerStatus": "Terminated", "EmploymentEndDate": "2020-12-31" }),
            json!({ "FirstName": "" }),
            json!({ "LastName": "" }),
            json!({ "PrimaryContactEmail": "" }),
        ] {
            let number = world.hire(ada()).await;
            world.change(&number, change).await;
        }
        let mut reasons: Vec<_> =
            world.sync_in().await.into_iter().map(|change| change.reason.unwrap()).collect();
        reasons.sort();
        assert_eq!(reasons, [
            "has left, and was not a member before",
            "neither an e-mail nor a phone number in Talent; add one to the worker",
            "no first name in Talent; add it to the worker",
            "no last name in Talent; add it to the worker",
        ]);
        let run = world.run(Directions::In).await;
        assert_eq!(run.counts.skip, 4);
        assert_eq!(world.db.number("SELECT COUNT(*) FROM members").await, 0);
    }

    /// One Microsoft account belongs to one person, or nobody could tell who signs in.
    async fn a_shared_account_makes_no_member(db) {
        let world = empty(db).await;
        let account = json!({ "ObjectId": "4545ac9b-a78d-4721-b626-f0f700517eab" });
        let one = world.hire(ada()).await;
        let two = world.hire(ada()).await;
        for number in [&one, &two] {
            world.change(number, account.clone()).await;
        }
        let changes = short(&world.sync_in().await);
        assert_eq!(changes.len(), 2, "{changes:?}");
        assert!(changes[0].starts_with(&format!("skip {one}: the same Microsoft account (object id) as at worker {two}")), "{changes:?}");
        // Someone who left and came back under another number shares the account with nobody.
        world.change(&one, json!({ "WorkerStatus": "Terminated" })).await;
        let changes = short(&world.sync_in().await);
        assert!(changes.contains(&format!("create {two}")), "{changes:?}");
    }
}

async fn session(world: &World, member_id: &str) {
    let mut tx = world.db.store.write().await.unwrap();
    sqlx::query(
        "INSERT INTO sessions (id, network_id, member_id, object_id, roles, created_at, expires_at)
         VALUES ('id', $1, $2, 'oid', '[]', 0, 1)",
    )
    .bind(&world.db.network_id)
    .bind(member_id)
    .execute(&mut *tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
}
