use eloops_api::{Coins, UploadKind};
use eloops_server::{
    clock::Clock,
    ids::new_id,
    ledger::LedgerError,
    store::{
        activity, ledger,
        members::MemberRow,
        page::PageRequest,
        team,
        uploads::{self, NewUpload, UploadRow},
    },
};
use std::time::Duration;

use crate::support::{db::Db, member};

const DAY: Duration = Duration::from_secs(24 * 3600);

async fn upload(db: &Db, member: &MemberRow, coins: i64) -> UploadRow {
    let id = new_id(db.clock.now());
    let new = NewUpload {
        id: &id,
        kind: UploadKind::Photo,
        caption: "Grüße 🎉",
        content_type: "image/jpeg",
        bytes: 1234,
        size: Some((640, 480)),
        content_key: &format!("{id}/content"),
        thumbnail_key: Some(&format!("{id}/thumbnail")),
        coins,
    };
    let mut tx = db.store.write().await.unwrap();
    let row = uploads::insert(&mut tx, member, &new, db.clock.now())
        .await
        .unwrap()
        .unwrap();
    tx.commit().await.unwrap();
    row
}

async fn remove(db: &Db, row: &UploadRow) -> Result<(), LedgerError> {
    let mut tx = db.store.write().await.unwrap();
    let removed = uploads::remove(&mut tx, &db.network_id, row, "admin", db.clock.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    removed
}

async fn totals(db: &Db, member: &MemberRow) -> (Coins, i64) {
    let mut conn = db.store.read().await.unwrap();
    let coins = ledger::totals(&mut conn, &member.id).await.unwrap();
    (coins, uploads::count(&mut conn, &member.id).await.unwrap())
}

on_both! {
    async fn an_upload_earns_and_its_removal_takes_back_once(db) {
        let member = member::saved(&db, "1").await;
        let first = upload(&db, &member, 10).await;
        upload(&db, &member, 10).await;
        assert_eq!(totals(&db, &member).await, (Coins { balance: 20, earned_total: 20 }, 2));
        assert_eq!(remove(&db, &first).await, Ok(()));
        assert_eq!(remove(&db, &first).await, Err(LedgerError::AlreadyRemoved));
        assert_eq!(totals(&db, &member).await, (Coins { balance: 10, earned_total: 10 }, 1));
    }

    async fn an_upload_is_read_as_it_was_written(db) {
        let member = member::saved(&db, "1").await;
        let written = upload(&db, &member, 0).await;
        let mut conn = db.store.read().await.unwrap();
        let read = uploads::by_id(&mut conn, &db.network_id, &written.upload.id).await.unwrap();
        assert_eq!(read, Some(written.clone()));
        assert_eq!(db.number("SELECT COUNT(*) FROM coin_transactions").await, 0);
        let list = uploads::list(&mut conn, &member.id, &PageRequest::default()).await.unwrap();
        assert_eq!(list.items, [written]);
        let elsewhere = uploads::by_id(&mut conn, "another network", &list.items[0].upload.id).await;
        assert_eq!(elsewhere.unwrap(), None);
    }

    /// Sunday 22 November 2026 belongs to the week of Monday the 16th.
    async fn the_trend_has_twelve_weeks_and_forgets_what_was_removed(db) {
        let member = member::saved(&db, "1").await;
        let removed = upload(&db, &member, 10).await;
        upload(&db, &member, 10).await;
        db.clock.advance(DAY);
        upload(&db, &member, 25).await;
        remove(&db, &removed).await.unwrap();
        let mut conn = db.store.read().await.unwrap();
        let weeks = activity::trend(&mut conn, &member.id, db.clock.now()).await.unwrap();
        assert_eq!(weeks.len(), 12);
        let last: Vec<_> = weeks[9..]
            .iter()
            .map(|week| (week.week.as_str(), week.coins, week.uploads))
            .collect();
        assert_eq!(last, [
            ("2026-11-09", Some(0), 0),
            ("2026-11-16", Some(10), 1),
            ("2026-11-23", Some(25), 1),
        ]);
        let at = activity::last_activity_at(&mut conn, &member.id).await.unwrap();
        assert_eq!(at.as_deref(), Some("2026-11-23T08:00:00Z"));
    }

    async fn a_team_is_read_with_its_figures(db) {
        let boss = member::saved(&db, "1").await;
        let mut reports = [member::row(&db, "2"), member::row(&db, "3"), member::row(&db, "4")];
        reports[2].status = eloops_api::MemberStatus::Inactive;
        member::save(&db, &reports).await;
        let links: Vec<_> = reports
            .iter()
            .map(|report| eloops_server::store::member_sync::LineLink {
                id: report.id.parse().unwrap(),
                manager_id: Some(boss.id.parse().unwrap()),
                problem: None,
            })
            .collect();
        let mut tx = db.store.write().await.unwrap();
        eloops_server::store::member_sync::link(&mut tx, &links).await.unwrap();
        tx.commit().await.unwrap();
        upload(&db, &reports[0], 10).await;

        let mut conn = db.store.read().await.unwrap();
        let team = team::of(&mut conn, &boss.id).await.unwrap();
        let team: Vec<_> = team.into_iter().map(|report| report.shown).collect();
        let seen: Vec<_> = team
            .iter()
            .map(|report| {
                let coins = report.coins.unwrap();
                (report.member.worker_number.as_str(), coins.balance, report.uploads_total)
            })
            .collect();
        assert_eq!(seen, [("2", 10, 1), ("3", 0, 0)], "the leaver is not listed");
        assert_eq!(team[0].last_activity_at.as_deref(), Some("2026-11-22T08:00:00Z"));
        assert_eq!(team[1].last_activity_at, None);
        assert!(!team[0].line_broken);
    }
}
