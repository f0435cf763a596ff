//! Two customers on one server: nothing of the one is there for the other.

use std::collections::HashSet;

use eloops_server::store::members::{self, MemberFilter};
use eloops_server::store::page::PageRequest;
use eloops_server::store::{ledger, uploads, visibility};
use futures_util::{StreamExt, stream};
use reqwest::Method;
use serde_json::{Value, json};

use super::expected::{RELATIONS, Route, routes};
use super::scene::{Scene, leaves, object_id, quiet_session, quiet_upload, send};
use crate::support::browser::sign_in;
use crate::support::people::People;
use crate::support::world::World;

/// Requests under way at once.
const AT_ONCE: usize = 12;

/// The other customer's things.
struct Theirs {
    people: People,
    admin: String,
    own: String,
    upload: String,
    run: String,
    session: String,
    /// Every id, and every number that the first customer has not.
    names: HashSet<String>,
}

impl Theirs {
    async fn of(world: &World) -> Self {
        let network = &world.other().network_id;
        let mut people = People::in_network(world, network).await;
        let theirs = members_of(world, network).await;
        // Some sixty work at the first customer's, so these numbers are nobody's there.
        let unheard_of = |number: &str| number > "000065";
        let target = theirs.iter().find(|one| {
            unheard_of(&one.worker_number)
                && one.object_id.is_some()
                && one.manager_id.is_some()
                && one.status == eloops_api::MemberStatus::Active
        });
        people.worker = target.expect("the other company is larger").clone();
        let own = world
            .forge_other(json!({"worker": people.worker.worker_number}))
            .await;
        let admin = world
            .forge_other(json!({"worker": null, "roles": ["Eloops.Admin"]}))
            .await;
        let runs = world.get("/talent/sync-runs", &admin).await;
        let run = runs["items"][0]["id"].as_str().unwrap().to_owned();
        let upload = quiet_upload(world, &people.worker).await;
        let session = quiet_session(world, network, &object_id(&own)).await;
        let mut names: HashSet<String> = theirs.iter().map(|one| one.id.clone()).collect();
        let numbers = theirs.iter().map(|one| one.worker_number.clone());
        names.extend(numbers.filter(|number| unheard_of(number)));
        names.extend([run.clone(), upload.clone(), session.clone()]);
        Self {
            people,
            admin,
            own,
            upload,
            run,
            session,
            names,
        }
    }

    fn path(&self, route: &Route) -> String {
        let id = match route.path {
            path if path.starts_with("/members") => &self.people.worker.id,
            path if path.starts_with("/talent/sync-runs") => &self.run,
            path if path.starts_with("/me/sessions") => &self.session,
            _ => &self.upload,
        };
        route
            .path
            .replace("{number}", &self.people.worker.worker_number)
            .replace("{id}", id)
    }
}

async fn members_of(world: &World, network_id: &str) -> Vec<members::MemberRow> {
    let mut conn = world.db.store.read().await.unwrap();
    let page = PageRequest {
        limit: Some(200),
        cursor: None,
    };
    members::list(&mut conn, network_id, &MemberFilter::default(), &page)
        .await
        .unwrap()
        .items
}

on_both! {
    /// Tokens in every relation and role of the first network, and sessions of all its people, ask for the second's
    /// things, whatever its member has chosen.
    async fn nothing_of_another_network_is_there(db) {
        let scene = Scene::new(World::with_another_network(db).await).await;
        let world = &scene.world;
        let theirs = Theirs::of(world).await;
        let routes = routes();
        let mut cells = 0;
        for balance_to_line in [true, false] {
            let chosen = json!({ "balance_to_line": balance_to_line });
            let answer = world.ask(Method::PUT, "/api/v1/me/visibility", &theirs.own).json(&chosen);
            assert_eq!(answer.send().await.unwrap().status(), 200);
            let sessions = sessions(&scene).await;
            let names = RELATIONS[..7].iter().chain(&RELATIONS);
            let callers: Vec<_> = sessions.iter().chain(&scene.bearers).zip(names).collect();
            // It ends the sessions that ask for the rest, so it comes last, and for each session before its owner's token.
            let (last, others): (Vec<_>, Vec<_>) = routes.iter().partition(|route| route.name() == "DELETE /me/sessions");
            let mut wrong = Vec::new();
            for (routes, at_once) in [(others, AT_ONCE), (last, 1)] {
                let round = routes.into_iter().flat_map(|route| callers.iter().map(move |caller| (route, *caller)));
                let found: Vec<Option<String>> = stream::iter(round)
                    .map(|(route, (bearer, who))| check(world, &theirs, route, bearer, who))
                    .buffered(at_once)
                    .collect()
                    .await;
                wrong.extend(found);
            }
            cells += wrong.len();
            let wrong: Vec<_> = wrong.into_iter().flatten().collect();
            assert!(wrong.is_empty(), "balance_to_line {balance_to_line}:\n{}", wrong.join("\n"));
        }
        println!("authorization cells across networks checked: {cells}");
        // Eight relations by token; an application has no session.
        assert_eq!(cells, routes.len() * (8 + 7) * 2, "no cell is left out");
        untouched(world, &theirs).await;
    }
}

/// Sessions of the same people as the scene's tokens; the administrator's is of one who is no member.
async fn sessions(scene: &Scene) -> Vec<String> {
    let admin = scene.world.forge(json!({"worker": "admin"})).await;
    let mut sessions = Vec::new();
    for bearer in scene.bearers[..6].iter().chain([&admin]) {
        sessions.push(sign_in(&scene.world, &object_id(bearer)).await);
    }
    sessions
}

async fn check(
    world: &World,
    theirs: &Theirs,
    route: &Route,
    bearer: &str,
    who: &str,
) -> Option<String> {
    let answer = send(world, route, &theirs.path(route), bearer, true).await;
    let status = answer.status().as_u16();
    let body = answer.bytes().await.unwrap();
    let body: Value = serde_json::from_slice(&body).unwrap_or(Value::Null);
    let refused = |status, code| (status, Some(code));
    let found = (status, body["code"].as_str());
    // Administrators' routes refuse all others before anybody is looked up.
    let early = route.cell(0, true) == "forbidden" && !["admin", "app"].contains(&who);
    let right = if early {
        found == refused(403, "forbidden")
    } else if who == "app" && route.cell(7, true) == "no_member" {
        found == refused(403, "no_member")
    } else if route.path.contains('{') {
        found == refused(404, "not_found")
    } else {
        // One's own, with nothing of theirs in it; who is no member has nothing.
        let theirs = |value: &Value| {
            value
                .as_str()
                .is_some_and(|text| theirs.names.contains(text))
        };
        (status < 300 || found == refused(403, "no_member"))
            && !leaves(&body).iter().any(|(_, value)| theirs(value))
    };
    (!right).then(|| {
        let (name, body) = (route.name(), body.to_string());
        format!("{name} as {who} of another network: {status} {body:.300}")
    })
}

/// All the requests have changed nothing there.
async fn untouched(world: &World, theirs: &Theirs) {
    let member = &theirs.people.worker.id;
    let mut conn = world.db.store.read().await.unwrap();
    assert!(
        !visibility::of(&mut conn, member)
            .await
            .unwrap()
            .balance_to_line,
        "their own choice"
    );
    assert_eq!(ledger::totals(&mut conn, member).await.unwrap().balance, 0);
    assert_eq!(uploads::count(&mut conn, member).await.unwrap(), 1);
    drop(conn);
    assert_eq!(
        world.get("/me/sessions", &theirs.own).await["items"][0]["id"],
        theirs.session.as_str(),
        "their session runs on"
    );
    assert_eq!(
        world.get("/me/views", &theirs.own).await["items"],
        json!([]),
        "and nobody has looked"
    );
    let runs = world
        .get("/talent/sync-runs?limit=200", &theirs.admin)
        .await;
    assert_eq!(
        runs["items"].as_array().unwrap().len(),
        1,
        "nor started a run"
    );
}

on_both! {
    /// The same number, and the same account, in two networks are two people.
    async fn what_looks_alike_is_told_apart(db) {
        let world = World::with_another_network(db).await;
        let ours = People::of(&world).await.worker;
        let number = &ours.worker_number;
        let path = format!("/workers/{number}/activity");
        let here = world.token(number).await;
        let there = world.forge_other(json!({"worker": number})).await;
        let seen = world.get(&path, &here).await;
        assert_eq!(seen["member_id"], ours.id.as_str());
        let me = world.get("/me", &there).await;
        assert_ne!(me["member"]["id"], ours.id.as_str(), "another person with the number {number}");

        // An account of theirs in a token of ours belongs to nobody.
        let oid = json!({"oid": ours.object_id});
        let stolen = world.forge_other(json!({"worker": number, "claims": oid})).await;
        let me = world.get("/me", &stolen).await;
        assert_eq!(me.get("member"), None, "{me}");
        assert_eq!(world.refusal(&path, &stolen).await, (404, "not_found".to_owned()));
        // A tenant's name alone opens nothing: the signature is another's.
        let tenant = json!({"tid": "11111111-1111-1111-1111-111111111111"});
        let posing = world.forge_other(json!({"worker": number, "claims": tenant})).await;
        assert_eq!(world.refusal("/me", &posing).await, (401, "invalid_token".to_owned()));
    }
}
