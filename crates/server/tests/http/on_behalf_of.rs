//! People's tokens for Talent: one for many requests, never the application's own.

use std::time::Duration;

use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::browser;
use crate::support::db::Db;
use crate::support::people::People;
use crate::support::world::{World, refusal};

/// Token requests that the sandbox has counted.
async fn token_requests(world: &World) -> i64 {
    let requests = world.control(Method::GET, "/requests", &json!(null)).await;
    let all = requests.as_array().unwrap().iter();
    all.filter(|one| one["path"].as_str().unwrap().ends_with("/token"))
        .map(|one| one["count"].as_i64().unwrap())
        .sum()
}

async fn clear(world: &World) {
    world
        .control(Method::DELETE, "/requests", &json!(null))
        .await;
    world.recorder.take();
}

/// Talent answers every read of workers with this status.
async fn talent_answers(world: &World, status: u16) {
    let faults = json!([{"match": "GET /data/Workers", "status": status, "times": 100_000}]);
    world.control(Method::PUT, "/faults", &faults).await;
}

/// A condition of Entra's for tokens for Talent.
async fn demand(world: &World) -> Value {
    let claims = json!({"access_token": {"acrs": {"essential": true, "value": "c1"}}});
    let policies = json!({"claims_challenge": {"audience": world.sandbox.url(), "claims": claims}});
    world.control(Method::PUT, "/policies", &policies).await;
    claims
}

#[tokio::test]
async fn a_thousand_requests_of_one_person_make_one_token_request() {
    let world = World::with(Db::sqlite().await, &[("ELOOPS_RATE_LIMIT", "off")]).await;
    world.sync(eloops_api::Directions::In).await;
    let people = People::of(&world).await;
    let token = world.token(&people.worker.worker_number).await;
    // So that each request costs one read; the record of the last sync answers.
    talent_answers(&world, 503).await;
    clear(&world).await;
    let path = format!("/talent/workers/{}", people.worker.worker_number);
    let answers = join_all((0..1000).map(|_| world.get(&path, &token))).await;
    assert!(answers.iter().all(|record| record["source"] == "synced"));
    assert_eq!(token_requests(&world).await, 1);
    assert_eq!(world.recorder.take().to_talent.len(), 1000);
}

#[tokio::test]
async fn a_refused_person_does_not_make_us_hammer_microsoft() {
    let world = World::synced(Db::sqlite().await).await;
    let people = People::of(&world).await;
    let token = world.token(&people.worker.worker_number).await;
    demand(&world).await;
    clear(&world).await;
    let path = format!("/talent/workers/{}", people.worker.worker_number);
    for answer in join_all((0..100).map(|_| world.refusal(&path, &token))).await {
        assert_eq!(answer, (401, "insufficient_claims".to_owned()));
    }
    assert_eq!(token_requests(&world).await, 1);
    world.db.clock.advance(Duration::from_secs(5));
    world.refusal(&path, &token).await;
    assert_eq!(token_requests(&world).await, 2, "after a pause");
}

#[tokio::test]
async fn a_claims_challenge_is_relayed_in_the_header_and_in_the_problem() {
    let world = World::synced(Db::sqlite().await).await;
    let people = People::of(&world).await;
    let number = &people.worker.worker_number;
    let claims = demand(&world).await;
    let bearer = world.token(number).await;
    for path in ["", "/photo"] {
        let path = format!("/api/v1/talent/workers/{number}{path}");
        let answer = world.ask(Method::GET, &path, &bearer).send().await.unwrap();
        assert_eq!(answer.status(), 401);
        let header = answer.headers()["www-authenticate"].to_str().unwrap();
        let (before, given) = header.split_once(" claims=\"").unwrap();
        let authorize = format!(
            "{}/11111111-1111-1111-1111-111111111111/oauth2/v2.0/authorize",
            world.sandbox.url()
        );
        assert_eq!(
            before,
            format!(
                "Bearer realm=\"\", authorization_uri=\"{authorize}\", error=\"insufficient_claims\","
            )
        );
        let given = base64::Engine::decode(
            &base64::engine::general_purpose::STANDARD,
            given.trim_end_matches('"'),
        );
        let problem: Value = answer.json().await.unwrap();
        assert_eq!(problem["code"], "insufficient_claims");
        let text = problem["claims"].as_str().unwrap();
        assert_eq!(given.unwrap(), text.as_bytes(), "the same in both places");
        assert_eq!(serde_json::from_str::<Value>(text).unwrap(), claims);
    }
}

#[tokio::test]
async fn a_challenge_drops_the_token_that_was_cached() {
    let world = World::synced(Db::sqlite().await).await;
    let people = People::of(&world).await;
    let object_id = people.worker.object_id.as_deref().unwrap();
    let session = browser::sign_in(&world, object_id).await;
    let path = format!("/talent/workers/{}", people.worker.worker_number);
    assert_eq!(world.get(&path, &session).await["source"], "talent");
    demand(&world).await;
    assert_eq!(
        world.get(&path, &session).await["source"],
        "talent",
        "what is cached goes on while nobody objects to it"
    );
    // Talent no longer accepts it, as after a revocation.
    talent_answers(&world, 401).await;
    world.get(&path, &session).await;
    world.control(Method::PUT, "/faults", &json!([])).await;
    assert_eq!(
        world.refusal(&path, &session).await,
        (401, "insufficient_claims".to_owned()),
        "the next request asks anew instead of trying the old token"
    );
}

#[tokio::test]
async fn missing_consent_is_said_in_one_sentence_with_the_way_out() {
    let world = World::synced(Db::sqlite().await).await;
    let people = People::of(&world).await;
    let policies = json!({"consent_missing": true});
    world.control(Method::PUT, "/policies", &policies).await;
    let path = format!("/talent/workers/{}", people.worker.worker_number);
    for who in [&people.worker, &people.manager, &people.above] {
        let record = world
            .get(&path, &world.token(&who.worker_number).await)
            .await;
        assert_eq!(record["source"], "synced");
        assert_eq!(record["notice"]["code"], "consent_missing");
        let link = record["notice"]["link"].as_str().unwrap();
        let consented = format!("{}/auth/consented", world.url);
        let expected = reqwest::Url::parse_with_params(
            &format!(
                "{}/11111111-1111-1111-1111-111111111111/adminconsent",
                world.sandbox.url()
            ),
            [("client_id", "eloops-server"), ("redirect_uri", &consented)],
        );
        assert_eq!(link, expected.unwrap().as_str());
    }
    let stranger = world.token(&people.stranger.worker_number).await;
    for path in [&path, "/talent/workers/nobody"] {
        let refusal = world.refusal(path, &stranger).await;
        assert_eq!(refusal, (403, "consent_missing".to_owned()), "{path}");
    }
    let photo = format!("{path}/photo");
    assert_eq!(
        world.refusal(&photo, &stranger).await,
        (404, "not_found".to_owned())
    );
}

/// Whatever becomes of the user's rights, only the user's tokens go to Talent, and no grant but the user's is asked for.
#[tokio::test]
async fn user_routes_never_fall_back_to_the_applications_rights() {
    let world = World::synced(Db::sqlite().await).await;
    let people = People::of(&world).await;
    let worker = &people.worker;
    let record = format!("/api/v1/talent/workers/{}", worker.worker_number);
    let photo = format!("{record}/photo");
    for rights in [
        "all",
        "none in Talent",
        "no account in Talent",
        "no consent",
        "one more step",
        "Microsoft down",
    ] {
        match rights {
            "none in Talent" => talent_answers(&world, 403).await,
            "no account in Talent" => talent_answers(&world, 401).await,
            "no consent" => drop(
                world
                    .control(Method::PUT, "/policies", &json!({"consent_missing": true}))
                    .await,
            ),
            "one more step" => drop(demand(&world).await),
            "Microsoft down" => {
                world.control(Method::PUT, "/policies", &json!({})).await;
                let faults = json!([{"match": "POST /", "status": 503, "times": 1000}]);
                world.control(Method::PUT, "/faults", &faults).await;
            }
            _ => {}
        }
        for who in [worker, &people.manager, &people.stranger] {
            // A new token each time, so that nothing of the round before is cached.
            let bearer = world.token(&who.worker_number).await;
            world.recorder.take();
            for path in [&record, &photo] {
                let answer = world.ask(Method::GET, path, &bearer).send().await.unwrap();
                assert_ne!(answer.status(), 500, "{rights}: {path}");
            }
            let sent = world.recorder.take();
            for claims in &sent.to_talent {
                assert_eq!(
                    claims["oid"],
                    who.object_id.as_deref().unwrap(),
                    "{rights}: {claims}"
                );
                assert!(
                    claims["scp"].is_string(),
                    "{rights}: not delegated: {claims}"
                );
                assert_ne!(claims["idtyp"], "app", "{rights}: {claims}");
            }
            for grant in sent.parameter("grant_type") {
                assert_eq!(
                    grant, "urn:ietf:params:oauth:grant-type:jwt-bearer",
                    "{rights}"
                );
            }
            if rights == "all" {
                assert!(!sent.to_talent.is_empty(), "Talent was asked as the user");
            }
            assert!(!sent.forms.is_empty(), "{rights}: somebody was asked");
        }
    }
    // The application itself has no way in here either.
    let app = world
        .forge(json!({"worker": null, "roles": ["Eloops.Admin"]}))
        .await;
    world.recorder.take();
    world.control(Method::PUT, "/faults", &json!([])).await;
    let answer = world.ask(Method::GET, &photo, &app).send().await.unwrap();
    assert_eq!(refusal(answer).await, (404, "not_found".to_owned()));
    let sent = world.recorder.take();
    assert!(
        sent.to_talent.is_empty() && sent.forms.is_empty(),
        "{sent:?}"
    );
}
