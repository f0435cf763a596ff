//! A member with coins, uploads and every relation around them.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use eloops_api::{Directions, UploadKind};
use eloops_server::clock::Clock;
use eloops_server::ids::new_id;
use eloops_server::store::members::MemberRow;
use eloops_server::store::sessions::{self, SessionRow};
use eloops_server::store::uploads::{self, NewUpload};
use image::ImageFormat;
use reqwest::{Method, Response};
use serde_json::{Value, json};

use super::expected::{RELATIONS, Route};
use crate::support::people::{People, everybody};
use crate::support::pictures::{form, picture};
use crate::support::world::World;

/// The balance begins with this many; nothing else of the scene is near.
pub(crate) const BALANCE: i64 = 987_000;

pub(crate) struct Scene {
    pub(crate) world: World,
    pub(crate) target: MemberRow,
    /// A bearer for each of [`RELATIONS`].
    pub(crate) bearers: Vec<String>,
    pub(crate) people: People,
    photo: String,
    run: String,
}

impl Scene {
    /// Whoever stands in these relations to the target; the former manager was one by a sync and is none by a later one.
    pub(crate) async fn new(world: World) -> Self {
        let people = People::of(&world).await;
        let target = people.worker.clone();
        let near = [
            &people.worker,
            &people.manager,
            &people.above,
            &people.peer,
            &people.stranger,
        ];
        let former = everybody(&world).await.into_iter().find(|one| {
            let apart =
                one.manager_id != target.manager_id && one.manager_id.as_ref() != Some(&target.id);
            apart
                && near.iter().all(|other| other.id != one.id)
                && Some(&one.id) != people.above.manager_id.as_ref()
        });
        let former = former.expect("somebody else to have been the manager");
        move_below(&world, &target, &former).await;
        let bearer = world.token(&former.worker_number).await;
        world
            .get(
                &format!("/workers/{}/activity", target.worker_number),
                &bearer,
            )
            .await;
        move_below(&world, &target, &people.manager).await;

        let app = world
            .forge(json!({"worker": null, "roles": ["Eloops.Admin"]}))
            .await;
        let award = json!({"amount": BALANCE, "reason": "To be recognised"});
        let path = format!("/api/v1/members/{}/coin-transactions", target.id);
        let answer = world
            .ask(Method::POST, &path, &app)
            .json(&award)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 201);
        let own = world.token(&target.worker_number).await;
        let photo: Value = upload(&world, &own).await.json().await.unwrap();
        world.sync(Directions::Out).await;
        let runs = world.get("/talent/sync-runs?limit=1", &app).await;

        let mut bearers = Vec::new();
        for who in [
            &people.stranger,
            &target,
            &people.manager,
            &people.above,
            &people.peer,
            &former,
        ] {
            bearers.push(world.token(&who.worker_number).await);
        }
        bearers.push(world.admin_token(&people.stranger.worker_number).await);
        bearers.push(app);
        assert_eq!(bearers.len(), RELATIONS.len());
        Self {
            target,
            bearers,
            people,
            photo: photo["id"].as_str().unwrap().to_owned(),
            run: runs["items"][0]["id"].as_str().unwrap().to_owned(),
            world,
        }
    }

    /// The member's own choice.
    pub(crate) async fn choose(&self, balance_to_line: bool) {
        let chosen = json!({ "balance_to_line": balance_to_line });
        let own = &self.bearers[1];
        let answer = self
            .world
            .ask(Method::PUT, "/api/v1/me/visibility", own)
            .json(&chosen);
        let answer: Value = answer.send().await.unwrap().json().await.unwrap();
        assert_eq!(answer, chosen);
    }

    /// The request of a route about the member, sent.
    pub(crate) async fn send(&self, route: &Route, bearer: &str, own_choice: bool) -> Response {
        let id = match (route.method, route.path) {
            (_, path) if path.starts_with("/members") => self.target.id.clone(),
            (_, path) if path.starts_with("/talent/sync-runs") => self.run.clone(),
            ("DELETE", "/me/sessions/{id}") => {
                quiet_session(&self.world, &self.world.db.network_id, &object_id(bearer)).await
            }
            ("DELETE", _) => quiet_upload(&self.world, &self.target).await,
            _ => self.photo.clone(),
        };
        let path = route
            .path
            .replace("{number}", &self.target.worker_number)
            .replace("{id}", &id);
        send(&self.world, route, &path, bearer, own_choice).await
    }
}

/// A request of a route with its parameters filled in.
pub(crate) async fn send(
    world: &World,
    route: &Route,
    path: &str,
    bearer: &str,
    own_choice: bool,
) -> Response {
    if (route.method, route.path) == ("POST", "/me/uploads") {
        return upload(world, bearer).await;
    }
    let method: Method = route.method.parse().unwrap();
    let path = match route.path {
        "/members" | "/talent/sync-runs" if method == Method::GET => format!("{path}?limit=200"),
        _ => path.to_owned(),
    };
    let request = world.ask(method, &format!("/api/v1{path}"), bearer);
    let request = match (route.method, route.path) {
        ("PUT", _) => request.json(&json!({ "balance_to_line": own_choice })),
        ("POST", "/talent/sync-runs") => {
            request.json(&json!({"direction": "in", "dry_run": true, "worker": "000001"}))
        }
        ("POST", _) => request.json(&json!({"amount": 1, "reason": "One more"})),
        _ => request,
    };
    request.send().await.unwrap()
}

async fn upload(world: &World, bearer: &str) -> Response {
    world
        .ask(Method::POST, "/api/v1/me/uploads", bearer)
        .multipart(form(picture(ImageFormat::Png)))
        .send()
        .await
        .unwrap()
}

/// An upload that earns nothing, so that its removal changes no balance; gives the id.
pub(crate) async fn quiet_upload(world: &World, member: &MemberRow) -> String {
    let now = world.db.clock.now();
    let id = new_id(now);
    let new = NewUpload {
        id: &id,
        kind: UploadKind::Video,
        caption: "",
        content_type: "video/mp4",
        bytes: 1,
        size: None,
        content_key: &format!("{id}/content"),
        thumbnail_key: None,
        coins: 0,
    };
    let mut tx = world.db.store.write().await.unwrap();
    uploads::insert(&mut tx, member, &new, now)
        .await
        .unwrap()
        .unwrap();
    tx.commit().await.unwrap();
    id
}

/// A session of an account whose bearer nobody has; gives the id.
pub(crate) async fn quiet_session(world: &World, network_id: &str, object_id: &str) -> String {
    let (now, hour) = (world.db.now(), 3_600_000_000);
    let session = SessionRow {
        id: new_id(world.db.clock.now()),
        network_id: network_id.to_owned(),
        member_id: None,
        object_id: object_id.to_owned(),
        roles: "[]".to_owned(),
        tokens: None,
        sid_hash: None,
        created_at: now,
        expires_at: now + 8 * hour,
    };
    let mut tx = world.db.store.write().await.unwrap();
    sessions::begin(&mut tx, &session, &session.id, now + hour)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    session.id
}

/// The account in an access token.
pub(crate) fn object_id(token: &str) -> String {
    let claims = token.split('.').nth(1).unwrap();
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap();
    claims["oid"].as_str().unwrap().to_owned()
}

/// Moves a worker in Talent, and lets a sync learn of it.
pub(crate) async fn move_below(world: &World, worker: &MemberRow, manager: &MemberRow) {
    let path = format!("/workers/{}", worker.worker_number);
    world
        .control(
            Method::PATCH,
            &path,
            &json!({"ReportsTo": manager.worker_number}),
        )
        .await;
    world.sync(Directions::In).await;
}

/// Everything in an answer, with the way to it: `/items/0/coins`.
pub(crate) fn leaves(value: &Value) -> Vec<(String, Value)> {
    fn walk(at: &str, value: &Value, found: &mut Vec<(String, Value)>) {
        match value {
            Value::Object(members) => {
                members
                    .iter()
                    .for_each(|(name, value)| walk(&format!("{at}/{name}"), value, found));
            }
            Value::Array(items) => {
                items
                    .iter()
                    .enumerate()
                    .for_each(|(i, value)| walk(&format!("{at}/{i}"), value, found));
            }
            other => found.push((at.to_owned(), other.clone())),
        }
    }
    let mut found = Vec::new();
    walk("", value, &mut found);
    found
}

/// Whether an answer tells of the target's coins: by a member of that name, or by the number anywhere.
pub(crate) fn tells_of_coins(value: &Value) -> Option<String> {
    let named = ["coins", "balance", "earned_total", "amount"];
    leaves(value).into_iter().find_map(|(at, value)| {
        let by_name = at.split('/').any(|name| named.contains(&name));
        let by_number = value
            .as_i64()
            .is_some_and(|number| (BALANCE..BALANCE + 1000).contains(&number));
        (by_name || by_number).then(|| format!("{at} = {value}"))
    })
}
