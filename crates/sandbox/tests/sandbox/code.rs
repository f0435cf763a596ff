use reqwest::{Method, StatusCode};
use serde_json::json;
use talent_sandbox::TENANT;

use crate::stand::{SPA, Stand, VERIFIER, assert_refused, claims, header};

#[tokio::test]
async fn a_code_gives_tokens_of_version_2_for_our_api() {
    let stand = Stand::adventure_works().await;
    let code = stand.code("000001", &[]).await;
    let (status, body) = stand.redeem_code(&code, &[]).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    assert_eq!(
        (&body["token_type"], &body["scope"]),
        (&json!("Bearer"), &json!("api://eloops/access_as_user"))
    );
    for member in ["refresh_token", "client_info", "id_token"] {
        assert!(body[member].is_string(), "{member} in {body}");
    }
    let origin = stand.running.url();
    let access = claims(body["access_token"].as_str().unwrap());
    for (claim, expected) in [
        ("iss", json!(format!("{origin}/{TENANT}/v2.0"))),
        ("aud", json!("api://eloops")),
        ("azp", json!("eloops-server")),
        ("tid", json!(TENANT)),
        ("scp", json!("access_as_user")),
        ("ver", json!("2.0")),
        ("name", json!("Guy Gilbert")),
        ("preferred_username", json!("guy1@adventure-works.com")),
    ] {
        assert_eq!(access[claim], expected, "{claim}");
    }
    assert!(access.get("roles").is_none(), "{access}");
    let id = claims(body["id_token"].as_str().unwrap());
    assert_eq!(
        (&id["aud"], &id["nonce"]),
        (&json!("eloops-server"), &json!("a nonce"))
    );
    assert_eq!(id["oid"], access["oid"]);
    assert_ne!(id["sub"], access["sub"], "sub is pairwise");
}

#[tokio::test]
async fn tokens_for_talent_have_the_v1_shape() {
    let stand = Stand::new().await;
    let origin = stand.running.url();
    let scope = format!("openid {origin}/.default");
    let code = stand.code("000001", &[("scope", &scope)]).await;
    let (_, body) = stand.redeem_code(&code, &[]).await;
    let token = body["access_token"].as_str().unwrap();
    let access = claims(token);
    assert_eq!(access["iss"], format!("{origin}/{TENANT}/"));
    assert_eq!(
        (&access["aud"], &access["ver"]),
        (&json!(origin), &json!("1.0"))
    );
    assert_eq!(access["appid"], "eloops-server");
    assert!(
        access["upn"].is_string() && access.get("azp").is_none(),
        "{access}"
    );
    assert_eq!(header(token)["x5t"], header(token)["kid"]);
}

#[tokio::test]
async fn one_code_of_a_request_for_two_apis_serves_one_at_a_time() {
    let stand = Stand::new().await;
    let talent = format!("{}/.default", stand.running.url());
    let both = format!("openid offline_access api://eloops/access_as_user {talent}");
    let code = stand.code("000001", &[("scope", &both)]).await;
    assert_refused(
        stand.redeem_code(&code, &[("scope", &both)]).await,
        "invalid_scope",
        70_011,
    );
    let code = stand.code("000001", &[("scope", &both)]).await;
    let (_, body) = stand.redeem_code(&code, &[("scope", &talent)]).await;
    assert_eq!(
        claims(body["access_token"].as_str().unwrap())["aud"],
        stand.running.url()
    );
}

#[tokio::test]
async fn of_eight_at_once_one_redeems_the_code() {
    let stand = Stand::new().await;
    let code = stand.code("000001", &[]).await;
    let attempts = (0..8).map(|_| stand.redeem_code(&code, &[]));
    let answers = futures_util::future::join_all(attempts).await;
    let won = answers
        .iter()
        .filter(|(status, _)| status.is_success())
        .count();
    assert_eq!(won, 1, "{answers:?}");
    for refused in answers
        .into_iter()
        .filter(|(status, _)| !status.is_success())
    {
        assert_refused(refused, "invalid_grant", 54_005);
    }
}

#[tokio::test]
async fn a_code_wants_its_verifier_its_address_and_its_app() {
    let stand = Stand::new().await;
    for (change, error, number) in [
        (
            (
                "code_verifier",
                "another verifier of a proper length, forty-three+",
            ),
            "invalid_grant",
            501_481,
        ),
        (("code_verifier", ""), "invalid_grant", 501_481),
        (
            ("redirect_uri", "http://localhost:7400/auth/callback/"),
            "invalid_grant",
            50_011,
        ),
        (("redirect_uri", ""), "invalid_request", 900_144),
        (("client_secret", "wrong"), "invalid_client", 7_000_215),
        (("client_secret", ""), "invalid_client", 7_000_218),
        (("client_id", "unknown"), "unauthorized_client", 700_016),
        (("client_id", ""), "invalid_request", 900_144),
        (("grant_type", ""), "invalid_request", 900_144),
        (("grant_type", "password"), "unsupported_grant_type", 70_003),
        (("code", "1.unknown"), "invalid_grant", 9_002_313),
        (
            ("scope", "api://unknown/.default"),
            "invalid_resource",
            500_011,
        ),
    ] {
        let code = stand.code("000001", &[]).await;
        assert_refused(stand.redeem_code(&code, &[change]).await, error, number);
    }
    let code = stand.code("000001", &[]).await;
    let other = [
        ("client_id", "other-app"),
        ("client_secret", "other-secret"),
    ];
    assert_refused(
        stand.redeem_code(&code, &other).await,
        "invalid_grant",
        70_000,
    );
}

#[tokio::test]
async fn a_code_of_a_request_without_challenge_takes_no_verifier() {
    let stand = Stand::new().await;
    let code = stand
        .code(
            "000001",
            &[("code_challenge", ""), ("code_challenge_method", "")],
        )
        .await;
    assert_refused(
        stand.redeem_code(&code, &[]).await,
        "invalid_grant",
        501_481,
    );
    let code = stand
        .code(
            "000001",
            &[("code_challenge", ""), ("code_challenge_method", "")],
        )
        .await;
    let (status, body) = stand.redeem_code(&code, &[("code_verifier", "")]).await;
    assert_eq!(status, StatusCode::OK, "{body}");
}

#[tokio::test]
async fn a_code_ends_after_ten_minutes() {
    let stand = Stand::new().await;
    let code = stand.code("000001", &[]).await;
    stand
        .turn(Method::PUT, "clock", json!({ "advance_s": 601 }))
        .await;
    assert_refused(stand.redeem_code(&code, &[]).await, "invalid_grant", 70_008);
}

#[tokio::test]
async fn a_page_of_another_origin_redeems_only_for_a_single_page_application() {
    let stand = Stand::new().await;
    let code = stand.code("000001", &[]).await;
    let form = [
        ("grant_type", "authorization_code"),
        ("client_id", "eloops-server"),
        ("client_secret", "sandbox-secret"),
        ("code", code.as_str()),
    ];
    let refused = stand
        .redeem_from(&form, Some("http://localhost:7400"))
        .await;
    assert_refused(refused, "invalid_request", 9_002_326);

    let code = stand
        .code(
            "000001",
            &[("client_id", "eloops-spa"), ("redirect_uri", SPA)],
        )
        .await;
    let mut form = vec![
        ("grant_type", "authorization_code"),
        ("client_id", "eloops-spa"),
        ("redirect_uri", SPA),
        ("code_verifier", VERIFIER),
        ("code", code.as_str()),
    ];
    assert_refused(stand.redeem(&form).await, "invalid_request", 9_002_327);
    let (status, body) = stand
        .redeem_from(&form, Some("http://localhost:7400"))
        .await;
    assert_eq!(status, StatusCode::OK, "{body}");
    form.push(("client_secret", "sandbox-secret"));
    let refused = stand
        .redeem_from(&form, Some("http://localhost:7400"))
        .await;
    assert_refused(refused, "invalid_client", 700_025);
}

#[tokio::test]
async fn only_the_applications_own_pages_may_read_the_answer() {
    let stand = Stand::new().await;
    let own = "http://localhost:7400";
    let answer = async |app: &str, origin: &str| {
        let form = [
            ("grant_type", "refresh_token"),
            ("client_id", app),
            ("refresh_token", "2.unknown"),
        ];
        let request = stand.client.post(stand.tenant("/oauth2/v2.0/token"));
        let request = request.form(&form).header("origin", origin);
        let response = request.send().await.unwrap();
        let allowed = response.headers().get("access-control-allow-origin");
        let allowed = allowed.map(|value| value.to_str().unwrap().to_owned());
        let body: serde_json::Value = response.json().await.unwrap();
        (allowed, body["error_codes"][0].as_u64().unwrap())
    };
    let read = Some(own.to_owned());
    assert_eq!(answer("eloops-spa", own).await, (read, 9_002_313));
    for (app, origin) in [
        ("eloops-spa", "https://evil.example"),
        ("eloops-spa", "http://localhost:7401"),
        ("eloops-spa", "null"),
        ("eloops-server", own),
    ] {
        let found = answer(app, origin).await;
        assert_eq!(found, (None, 9_002_326), "{app} from {origin}");
    }
    for (origin, expected) in [(own, Some(own)), ("https://evil.example", None)] {
        let url = stand.tenant("/oauth2/v2.0/token");
        let request = stand.client.request(Method::OPTIONS, url);
        let response = request.header("origin", origin).send().await.unwrap();
        let allowed = response.headers().get("access-control-allow-origin");
        let allowed = allowed.map(|value| value.to_str().unwrap());
        assert_eq!(allowed, expected, "the preflight from {origin}");
    }
}

#[tokio::test]
async fn the_secret_may_come_by_basic_authentication() {
    let stand = Stand::new().await;
    let request = stand.client.post(stand.tenant("/oauth2/v2.0/token"));
    let form = [
        ("grant_type", "client_credentials"),
        ("scope", "api://eloops/.default"),
    ];
    let request = request
        .basic_auth("eloops-server", Some("sandbox%2Dsecret"))
        .form(&form);
    let response = request.send().await.unwrap();
    assert_eq!(
        response.status(),
        StatusCode::OK,
        "{}",
        response.text().await.unwrap()
    );
}

#[tokio::test]
async fn administrators_hold_the_role() {
    let stand = Stand::new().await;
    let token = stand
        .token(json!({ "worker": "admin@fabrikam.example" }))
        .await;
    assert_eq!(claims(&token)["roles"], json!(["Eloops.Admin"]));
}
