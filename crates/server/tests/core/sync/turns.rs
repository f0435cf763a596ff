use std::{sync::Arc, time::Duration};

use eloops_api::{Action, Direction, Directions, Outcome, RunState, SyncChange, SyncRun, Trigger};
use eloops_server::{
    clock::{Clock, SystemClock},
    store::{leases, page::PageRequest, sync_changes, sync_runs},
    sync::{Engine, Request},
};
use serde_json::json;

use crate::support::world::World;

fn request(directions: Directions) -> Request {
    Request {
        directions,
        dry_run: false,
        worker: None,
        trigger: Trigger::Api,
    }
}

async fn runs(world: &World) -> Vec<SyncRun> {
    let mut conn = world.db.store.read().await.unwrap();
    let request = PageRequest {
        limit: Some(200),
        cursor: None,
    };
    sync_runs::list(&mut conn, &world.db.network_id, &request)
        .await
        .unwrap()
        .items
}

/// Waits until `condition` holds for the runs; the test's own time limit ends a wait in vain.
async fn until(world: &World, what: &str, condition: impl Fn(&[SyncRun]) -> bool) -> Vec<SyncRun> {
    let looking = async {
        loop {
            let runs = runs(world).await;
            if condition(&runs) {
                return runs;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    match tokio::time::timeout(Duration::from_secs(60), looking).await {
        Ok(runs) => runs,
        Err(_) => panic!("waited for {what}; the runs are {:#?}", runs(world).await),
    }
}

fn engines(world: &World) -> [Engine; 2] {
    [(); 2].map(|()| world.another_engine(Arc::new(SystemClock)))
}

on_both! {
    /// A started run can be followed to its end.
    async fn a_run_is_recorded_before_it_begins(db) {
        let world = World::new(db).await;
        let started = world.engine.start(request(Directions::Both)).await.unwrap();
        let states: Vec<_> = started.iter().map(|run| (run.direction, run.state)).collect();
        assert_eq!(states, [(Direction::In, RunState::Planning), (Direction::Out, RunState::Planning)]);
        let ended = until(&world, "both runs to end", |runs| {
            runs.iter().all(|run| run.state == RunState::Done)
        })
        .await;
        assert_eq!(ended.len(), 2);
        assert_eq!(ended[1].id, started[0].id, "the newest comes first");
    }

    /// Servers on one database take turns.
    async fn runs_of_several_servers_do_not_overlap(db) {
        let world = World::new(db).await;
        let engines = engines(&world);
        let (one, two) = tokio::join!(
            engines[0].run(request(Directions::Both), &()), engines[1].run(request(Directions::Both), &())
        );
        let all = [one.unwrap(), two.unwrap()].concat();
        for run in &all {
            assert_eq!((run.state, run.error.as_deref()), (RunState::Done, None));
        }
        let creating = all.iter().filter(|run| run.counts.create > 0).count();
        assert_eq!(creating, 1, "the second run found the members of the first");
    }

    /// A server that went away in the middle of a run does not stop the next one, which notes the end of the first.
    async fn a_run_left_behind_is_closed(db) {
        let world = World::new(db).await;
        let now = world.db.now();
        let mut left = world.run(Directions::In).await;
        left.id = "left behind".to_owned();
        left.state = RunState::Applying;
        let mut tx = world.db.store.write().await.unwrap();
        let network = &world.db.network_id;
        sync_runs::insert(&mut tx, network, &left, now).await.unwrap();
        let lease = leases::acquire(&mut tx, network, "sync", &left.id, now, now + 60_000_000).await.unwrap();
        let fencing = lease.expect("the lease is free").fencing;
        sync_runs::begin(&mut tx, network, &left.id, fencing, now, 0).await.unwrap();
        tx.commit().await.unwrap();

        assert_eq!(world.run(Directions::In).await.state, RunState::Done, "it waits for the lease to run out");
        let runs = runs(&world).await;
        let left = runs.iter().find(|run| run.id == "left behind").unwrap();
        assert_eq!(left.state, RunState::Failed);
        assert!(left.error.as_deref().unwrap().starts_with("The server stopped during this run"), "{left:?}");
        assert!(world.db.clock.micros() >= now + 60_000_000);
    }

    /// What was applied before the server went away is not called a failure of the whole.
    async fn a_run_left_behind_with_applied_changes_is_partial(db) {
        let world = World::new(db).await;
        let now = world.db.now();
        let mut left = world.run(Directions::In).await;
        left.id = "left behind".to_owned();
        left.state = RunState::Applying;
        let applied = SyncChange {
            worker_number: "000001".to_owned(),
            action: Action::Create,
            fields: Vec::new(),
            reason: None,
            outcome: Outcome::Applied,
        };
        let mut tx = world.db.store.write().await.unwrap();
        let network = &world.db.network_id;
        sync_runs::insert(&mut tx, network, &left, now).await.unwrap();
        sync_runs::begin(&mut tx, network, &left.id, 0, now, 0).await.unwrap();
        sync_changes::insert(&mut tx, network, &left.id, 0, &[applied]).await.unwrap();
        tx.commit().await.unwrap();

        assert_eq!(world.run(Directions::In).await.state, RunState::Done);
        let runs = runs(&world).await;
        let left = runs.iter().find(|run| run.id == "left behind").unwrap();
        assert_eq!(left.state, RunState::Partial, "{left:?}");
    }

    /// Each due time of the schedule fires at one server.
    async fn a_schedule_fires_once_for_all_servers(db) {
        let mut world = World::new(db).await;
        world.network.sync_every = Some(Duration::from_millis(300));
        let engines = engines(&world);
        let kept = engines.each_ref().map(|engine| {
            let engine = engine.clone();
            tokio::spawn(async move { engine.keep_schedule().await })
        });
        until(&world, "three scheduled rounds", |runs| {
            runs.iter().filter(|run| run.state == RunState::Done).count() >= 6
        })
        .await;
        for engine in &engines {
            engine.stop().await;
        }
        for keeper in kept {
            keeper.await.unwrap();
        }
        let rounds = runs(&world).await.iter().filter(|run| run.direction == Direction::In).count();
        let fired = world.db.number("SELECT fencing FROM leases WHERE name = 'schedule'").await;
        assert_eq!(i64::try_from(rounds).unwrap(), fired, "one round for each due time");
        assert!(runs(&world).await.iter().all(|run| run.trigger == Trigger::Schedule));
    }

    /// A stopping server ends its run at the next chunk, and says so.
    async fn a_stopped_run_says_so(db) {
        let world = World::new(db).await;
        world.control("PUT", "faults", json!([{ "match": "GET /data/Workers", "delay_ms": 200 }])).await;
        let engine = world.another_engine(Arc::new(SystemClock));
        engine.start(request(Directions::In)).await.unwrap();
        engine.stop().await;
        let runs = runs(&world).await;
        assert_eq!(runs[0].state, RunState::Failed);
        assert!(runs[0].error.as_deref().unwrap().starts_with("the server was stopped"), "{runs:?}");
    }
}
