//! What Microsoft's side may answer, and what is made of it.

use reqwest::{Method, Response};
use serde_json::{Value, json};

use crate::support::browser::{Panel, Popup};
use crate::support::db::Db;
use crate::support::people::People;
use crate::support::world::World;

const TENANT: &str = "11111111-1111-1111-1111-111111111111";

/// What [`id_token_case`] makes of a right token.
type Change = Box<dyn FnOnce(String) -> String>;

/// Comes back to our callback, where the token endpoint gives an id token with these claims changed.
async fn id_token_case(claims: Value, header: Value, change: Change) -> (Response, String) {
    let world = World::synced(Db::sqlite().await).await;
    let people = People::of(&world).await;
    let number = &people.worker.worker_number;
    let panel = Panel::new();
    let popup = Popup::open(&world, &panel).await;
    let callback = popup
        .choose(&world, people.worker.object_id.as_deref().unwrap())
        .await;
    let mut all = json!({"aud": "eloops-server", "scp": null, "azp": null, "nonce": nonce(&popup)});
    all.as_object_mut()
        .unwrap()
        .extend(claims.as_object().unwrap().clone());
    let id_token = world
        .forge(json!({"worker": number, "claims": all, "header": header}))
        .await;
    let body = json!({
        "access_token": world.token(number).await,
        "id_token": change(id_token),
        "refresh_token": "refresh",
        "expires_in": 3600,
    });
    answer_with(&world, 200, &body).await;
    let answer = popup.visit(&world, &callback).await;
    (answer, panel.state(&world).await)
}

fn nonce(popup: &Popup) -> String {
    let mut pairs = popup.authorize.query_pairs();
    pairs
        .find(|(name, _)| name == "nonce")
        .unwrap()
        .1
        .into_owned()
}

async fn answer_with(world: &World, status: u16, body: &Value) {
    let target = format!("POST /{TENANT}/oauth2/v2.0/token");
    let faults = json!([{"match": target, "status": status, "body": body}]);
    world.control(Method::PUT, "/faults", &faults).await;
}

#[tokio::test]
async fn the_right_id_token_passes() {
    let (answer, state) = id_token_case(json!({}), json!({}), Box::new(|token| token)).await;
    assert_eq!(answer.status(), 303, "{}", answer.text().await.unwrap());
    assert_eq!(state, "pending", "to be confirmed");
}

#[tokio::test]
async fn every_wrong_id_token_ends_the_sign_in() {
    let other = "22222222-2222-2222-2222-222222222222";
    let cases: [(&str, Value, Value); 10] = [
        ("another nonce", json!({"nonce": "A".repeat(43)}), json!({})),
        ("no nonce", json!({"nonce": null}), json!({})),
        ("another audience", json!({"aud": "other-app"}), json!({})),
        (
            "the API's audience",
            json!({"aud": "api://eloops"}),
            json!({}),
        ),
        ("another tenant", json!({"tid": other}), json!({})),
        (
            "another issuer",
            json!({"iss": "https://evil.example/v2.0"}),
            json!({}),
        ),
        ("expired", json!({"exp": 1_000_000_000}), json!({})),
        (
            "not yet valid",
            json!({"nbf": 4_000_000_000_u64}),
            json!({}),
        ),
        ("nobody", json!({"oid": null}), json!({})),
        ("no algorithm", json!({}), json!({"alg": "none"})),
    ];
    for (what, claims, header) in cases {
        let (answer, state) = id_token_case(claims, header, Box::new(|token| token)).await;
        assert_eq!(answer.status(), 502, "{what}");
        assert_eq!(state, "pairing_ended", "{what}");
    }
    let changes: [(&str, Change); 3] = [
        (
            "another signature",
            Box::new(|token| {
                let (signed, signature) = token.rsplit_once('.').unwrap();
                let first = if signature.starts_with('A') { "B" } else { "A" };
                format!("{signed}.{first}{}", &signature[1..])
            }),
        ),
        ("cut", Box::new(|token| token[..token.len() / 2].to_owned())),
        ("empty", Box::new(|_| String::new())),
    ];
    for (what, change) in changes {
        let (answer, state) = id_token_case(json!({}), json!({}), change).await;
        assert_eq!(answer.status(), 502, "{what}");
        let page = answer.text().await.unwrap();
        assert!(
            page.contains("Sign-in did not work this time"),
            "{what}: {page}"
        );
        assert_eq!(state, "pairing_ended", "{what}");
    }
}

/// Declined, blocked, or a challenge that cannot be met: a kind page, and the panel hears of it at once.
#[tokio::test]
async fn an_error_of_microsofts_gives_a_kind_page() {
    let world = World::synced(Db::sqlite().await).await;
    for error in [
        "access_denied",
        "interaction_required",
        "invalid_request",
        "<script>alert(1)</script>",
    ] {
        let panel = Panel::new();
        let popup = Popup::open(&world, &panel).await;
        let state = popup
            .authorize
            .query_pairs()
            .find(|(name, _)| name == "state")
            .unwrap()
            .1
            .into_owned();
        let query = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("error", error)
            .append_pair("error_description", "AADSTS50105: <b>not assigned</b>")
            .append_pair("state", &state)
            .finish();
        let answer = popup
            .visit(&world, &format!("/auth/callback?{query}"))
            .await;
        assert_eq!(answer.status(), 200, "{error}");
        let page = answer.text().await.unwrap();
        assert!(page.contains("The sign-in was not finished"), "{page}");
        assert!(
            !page.contains("AADSTS") && !page.contains("alert"),
            "nothing of the address is shown: {page}"
        );
        assert_eq!(panel.state(&world).await, "pairing_ended", "{error}");
    }
}

#[tokio::test]
async fn an_error_needs_its_state_too() {
    let world = World::synced(Db::sqlite().await).await;
    let panel = Panel::new();
    let popup = Popup::open(&world, &panel).await;
    for query in ["error=access_denied", "error=access_denied&state=x"] {
        let answer = popup
            .visit(&world, &format!("/auth/callback?{query}"))
            .await;
        assert_eq!(answer.status(), 400, "{query}");
    }
    assert_eq!(
        panel.state(&world).await,
        "pending",
        "nobody else can end it"
    );
}

#[tokio::test]
async fn a_refused_code_ends_the_sign_in() {
    let world = World::synced(Db::sqlite().await).await;
    let people = People::of(&world).await;
    for (status, body) in [
        (
            400,
            json!({"error": "invalid_grant", "error_codes": [54_005]}),
        ),
        (503, json!({})),
        (200, json!({"access_token": "x", "expires_in": 3600})),
    ] {
        let panel = Panel::new();
        let popup = Popup::open(&world, &panel).await;
        let callback = popup
            .choose(&world, people.worker.object_id.as_deref().unwrap())
            .await;
        answer_with(&world, status, &body).await;
        assert_eq!(popup.visit(&world, &callback).await.status(), 502, "{body}");
        assert_eq!(panel.state(&world).await, "pairing_ended", "{body}");
        world.control(Method::PUT, "/faults", &json!([])).await;
    }
}

/// Mix-up (RFC 9207): an answer that names another authority is not redeemed.
#[tokio::test]
async fn an_answer_names_the_issuer_that_was_asked() {
    let world = World::synced(Db::sqlite().await).await;
    let people = People::of(&world).await;
    let right = format!("{}/{TENANT}/v2.0", world.sandbox.url());
    for (issuer, expected) in [
        (&*right, 303),
        ("https://evil.example/v2.0", 502),
        (&format!("{right}/"), 502),
        ("", 502),
    ] {
        let panel = Panel::new();
        let popup = Popup::open(&world, &panel).await;
        let callback = popup
            .choose(&world, people.worker.object_id.as_deref().unwrap())
            .await;
        world
            .control(Method::DELETE, "/requests", &Value::Null)
            .await;
        let issuer: String = url::form_urlencoded::byte_serialize(issuer.as_bytes()).collect();
        let answer = popup
            .visit(&world, &format!("{callback}&iss={issuer}"))
            .await;
        assert_eq!(answer.status(), expected, "{issuer}");
        let requests = world.control(Method::GET, "/requests", &Value::Null).await;
        let redeemed = requests.to_string().contains("/oauth2/v2.0/token");
        assert_eq!(redeemed, expected == 303, "{issuer}: {requests}");
    }
}

#[tokio::test]
async fn an_authority_that_always_names_itself_has_to() {
    let world = World::synced(Db::sqlite().await).await;
    let people = People::of(&world).await;
    let path = format!("/{TENANT}/v2.0/.well-known/openid-configuration");
    let document = world
        .http
        .get(format!("{}{path}", world.sandbox.url()))
        .send()
        .await
        .unwrap();
    let mut document: Value = document.json().await.unwrap();
    document["authorization_response_iss_parameter_supported"] = json!(true);
    let faults = json!([{"match": format!("GET {path}"), "status": 200, "body": document}]);
    world.control(Method::PUT, "/faults", &faults).await;

    for (more, expected) in [("", 502), ("&iss=", 502)] {
        let popup = Popup::open(&world, &Panel::new()).await;
        let callback = popup
            .choose(&world, people.worker.object_id.as_deref().unwrap())
            .await;
        let answer = popup.visit(&world, &format!("{callback}{more}")).await;
        assert_eq!(answer.status(), expected, "{more}");
    }
    let popup = Popup::open(&world, &Panel::new()).await;
    let callback = popup
        .choose(&world, people.worker.object_id.as_deref().unwrap())
        .await;
    let issuer = document["issuer"].as_str().unwrap();
    popup
        .come_back(&world, &format!("{callback}&iss={issuer}"))
        .await;
}
