//! Members of the made-up company by how they stand to each other.

use eloops_api::MemberStatus;
use eloops_server::store::members::{self, MemberFilter, MemberRow};
use eloops_server::store::page::PageRequest;

use super::world::World;

/// A worker, the manager, the manager's manager, a colleague, and somebody elsewhere.
pub(crate) struct People {
    pub(crate) worker: MemberRow,
    pub(crate) manager: MemberRow,
    pub(crate) above: MemberRow,
    pub(crate) peer: MemberRow,
    pub(crate) stranger: MemberRow,
}

impl People {
    pub(crate) async fn of(world: &World) -> Self {
        Self::in_network(world, &world.db.network_id).await
    }

    pub(crate) async fn in_network(world: &World, network_id: &str) -> Self {
        let all = everybody_in(world, network_id).await;
        let by_id =
            |id: &Option<String>| all.iter().find(|one| Some(&one.id) == id.as_ref()).cloned();
        for worker in &all {
            let Some(manager) = by_id(&worker.manager_id) else {
                continue;
            };
            let Some(above) = by_id(&manager.manager_id) else {
                continue;
            };
            let peer = all
                .iter()
                .find(|one| one.manager_id == worker.manager_id && one.id != worker.id);
            let Some(peer) = peer.cloned() else { continue };
            let line = line_of(&all, worker);
            let stranger = all.iter().find(|one| {
                !line.contains(&one.id)
                    && one.id != worker.id
                    && one.id != peer.id
                    && one.manager_id != worker.manager_id
                    && one.manager_id.as_ref() != Some(&worker.id)
            });
            if let Some(stranger) = stranger.cloned() {
                return Self {
                    worker: worker.clone(),
                    manager,
                    above,
                    peer,
                    stranger,
                };
            }
        }
        panic!("the made-up company has no line of three with a peer and a stranger");
    }
}

fn line_of(all: &[MemberRow], worker: &MemberRow) -> Vec<String> {
    let mut line = Vec::new();
    let mut next = worker.manager_id.clone();
    while let Some(id) = next.take().filter(|id| !line.contains(id)) {
        next = all
            .iter()
            .find(|one| one.id == id)
            .and_then(|one| one.manager_id.clone());
        line.push(id);
    }
    line
}

/// Every active member with an account.
pub(crate) async fn everybody(world: &World) -> Vec<MemberRow> {
    everybody_in(world, &world.db.network_id).await
}

async fn everybody_in(world: &World, network_id: &str) -> Vec<MemberRow> {
    let mut conn = world.db.store.read().await.unwrap();
    let filter = MemberFilter {
        search: None,
        status: Some(MemberStatus::Active),
    };
    let page = PageRequest {
        limit: Some(200),
        cursor: None,
    };
    let found = members::list(&mut conn, network_id, &filter, &page)
        .await
        .unwrap();
    let mut all: Vec<_> = found.items;
    all.retain(|one| one.object_id.is_some() && one.email.is_some());
    assert!(all.len() > 10, "a company worth testing: {}", all.len());
    all
}
