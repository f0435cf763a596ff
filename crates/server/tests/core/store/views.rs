//! The trail of looks as several servers write it.

use std::time::Duration;

use eloops_api::{LookedAt, View, ViewerAs};
use eloops_server::{
    auth::visits::{PAUSE, Visits, WRITE_EVERY},
    clock::Clock,
    store::{page::PageRequest, views, views::Viewer},
};
use futures_util::future::join_all;

use crate::support::{db::Db, member};

const MINUTE: Duration = Duration::from_secs(60);

fn viewer<'a>(db: &'a Db, id: &'a str) -> Viewer<'a> {
    Viewer {
        network_id: &db.network_id,
        id,
        viewer_as: ViewerAs::Manager,
        looked_at: LookedAt::Profile,
    }
}

async fn look(visits: &Visits, db: &Db, viewer_id: &str, members: &[&str]) {
    let now = db.clock.now();
    visits
        .look(&db.store, viewer(db, viewer_id), members, now)
        .await
        .unwrap();
}

async fn trail(db: &Db, member_id: &str) -> Vec<View> {
    let mut conn = db.store.read().await.unwrap();
    let all = PageRequest::default();
    let page = views::list(&mut conn, member_id, 0, &all).await.unwrap();
    page.items
}

fn minutes(view: &View) -> i64 {
    let time = |text: &str| text.parse::<jiff::Timestamp>().unwrap();
    time(&view.last_at)
        .duration_since(time(&view.first_at))
        .as_mins()
}

on_both! {
    /// A card asks for a dozen things at once, and the balancer sends each to another server.
    async fn parallel_first_looks_on_two_servers_are_one_visit(db) {
        let boss = member::saved(&db, "1").await;
        let team = [member::saved(&db, "2").await, member::saved(&db, "3").await];
        let ids: Vec<&str> = team.iter().map(|one| &*one.id).collect();
        let servers = [Visits::default(), Visits::default()];
        let looks = (0..24).map(|at| look(&servers[at % 2], &db, &boss.id, &ids));
        join_all(looks).await;
        for id in &ids {
            let trail = trail(&db, id).await;
            assert_eq!(trail.len(), 1, "{trail:?}");
            assert_eq!(trail[0].viewer_number.as_deref(), Some("1"));
        }
    }

    async fn servers_go_on_with_each_others_visits(db) {
        let boss = member::saved(&db, "1").await;
        let one = member::saved(&db, "2").await;
        let (first, second) = (Visits::default(), Visits::default());
        look(&first, &db, &boss.id, &[&one.id]).await;
        db.clock.advance(20 * MINUTE);
        look(&second, &db, &boss.id, &[&one.id]).await;
        db.clock.advance(20 * MINUTE);
        // The first server has not seen a look for forty minutes; the database knows better.
        look(&first, &db, &boss.id, &[&one.id]).await;
        let seen = trail(&db, &one.id).await;
        assert_eq!((seen.len(), minutes(&seen[0])), (1, 40), "{seen:?}");
        // A server that comes late with an old look moves nothing back.
        second.settle(&db.store, db.clock.now(), true).await.unwrap();
        assert_eq!(trail(&db, &one.id).await, seen);
    }

    /// What memory holds is written within five minutes, at the stop, and forgotten once it has ended.
    async fn the_end_of_a_visit_is_written_without_another_look(db) {
        let boss = member::saved(&db, "1").await;
        let one = member::saved(&db, "2").await;
        let visits = Visits::default();
        look(&visits, &db, &boss.id, &[&one.id]).await;
        db.clock.advance(3 * MINUTE);
        look(&visits, &db, &boss.id, &[&one.id]).await;
        let end = async |everything| {
            visits.settle(&db.store, db.clock.now(), everything).await.unwrap();
            minutes(&trail(&db, &one.id).await[0])
        };
        assert_eq!(end(false).await, 0, "not due yet");
        assert_eq!(end(true).await, 3, "the server stops");
        look(&visits, &db, &boss.id, &[&one.id]).await;
        db.clock.advance(Duration::from_micros(WRITE_EVERY.unsigned_abs()));
        look(&visits, &db, &boss.id, &[&one.id]).await;
        assert_eq!(minutes(&trail(&db, &one.id).await[0]), 8, "a later look writes it");
        db.clock.advance(Duration::from_micros(PAUSE.unsigned_abs()));
        look(&visits, &db, &boss.id, &[&one.id]).await;
        assert_eq!(trail(&db, &one.id).await.len(), 2, "after half an hour another visit");
    }

    /// Nothing of a polled card reaches the database: it would be refused.
    async fn looks_in_between_write_nothing(db) {
        let boss = member::saved(&db, "1").await;
        let one = member::saved(&db, "2").await;
        let visits = Visits::default();
        look(&visits, &db, &boss.id, &[&one.id]).await;
        db.execute("ALTER TABLE views RENAME TO gone").await.unwrap();
        for _ in 0..1_000 {
            look(&visits, &db, &boss.id, &[&one.id]).await;
        }
        db.clock.advance(4 * MINUTE);
        look(&visits, &db, &boss.id, &[&one.id]).await;
        let other = member::saved(&db, "3").await;
        let now = db.clock.now();
        let began = visits.look(&db.store, viewer(&db, &boss.id), &[&other.id], now).await;
        assert!(began.is_err(), "a visit that begins is written, or there is no answer");
    }

    async fn old_visits_are_forgotten(db) {
        let boss = member::saved(&db, "1").await;
        let one = member::saved(&db, "2").await;
        look(&Visits::default(), &db, &boss.id, &[&one.id]).await;
        db.clock.advance(Duration::from_micros(views::KEPT.unsigned_abs()));
        look(&Visits::default(), &db, &boss.id, &[&one.id]).await;
        for (late, left) in [(0, 2), (1, 1)] {
            let mut tx = db.store.write().await.unwrap();
            views::prune(&mut tx, db.now() - views::KEPT + late).await.unwrap();
            tx.commit().await.unwrap();
            assert_eq!(db.number("SELECT COUNT(*) FROM views").await, left);
        }
    }
}
