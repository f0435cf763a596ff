use reqwest::StatusCode;

use crate::stand::{CALLBACK, SPA, Stand, location, parameter};

#[tokio::test]
async fn the_page_lists_people_and_cannot_be_framed() {
    let stand = Stand::adventure_works().await;
    let response = stand.client.get(stand.authorize(&[])).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    let header = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header("x-frame-options"), "DENY");
    assert_eq!(header("cross-origin-opener-policy"), "same-origin");
    let policy = header("content-security-policy");
    assert!(
        policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"),
        "{policy}"
    );
    assert!(
        policy.contains("form-action 'self' http://localhost:7400"),
        "{policy}"
    );
    let page = response.text().await.unwrap();
    for text in [
        "Guy Gilbert",
        "Ken Sánchez",
        "D'Hers",
        "admin@adventure-works.com",
    ] {
        assert!(page.contains(text), "expected {text} on the page");
    }
    assert_eq!(
        page.matches("name=\"oid\"").count(),
        291,
        "everybody and the administrator"
    );
}

#[tokio::test]
async fn the_search_keeps_the_request() {
    let stand = Stand::adventure_works().await;
    let url = stand.authorize(&[("search", "gilbert")]);
    let page = stand
        .client
        .get(url)
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert_eq!(page.matches("name=\"oid\"").count(), 1);
    assert!(page.contains("name=\"state\" value=\"a state\""), "{page}");
}

#[tokio::test]
async fn nobody_is_sent_to_an_address_that_is_not_registered() {
    let stand = Stand::new().await;
    for uri in [
        "http://localhost:7400/auth/callback/",
        "http://localhost:7400/auth/callback?x=1",
        "http://localhost:7400/auth/Callback",
        "http://localhost:7400",
        "http://127.0.0.1:7400/auth/callback",
        "http://localhost:7400@evil.example/auth/callback",
        "https://evil.example/",
        "javascript:alert(1)",
        SPA,
    ] {
        let url = stand.authorize(&[("redirect_uri", uri)]);
        let response = stand.client.get(url).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{uri}");
        assert!(
            response.text().await.unwrap().contains("AADSTS50011"),
            "{uri}"
        );
    }
    let url = stand.authorize(&[("client_id", "unknown")]);
    let response = stand.client.get(url).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    assert!(response.text().await.unwrap().contains("AADSTS700016"));
}

#[tokio::test]
async fn what_else_is_wrong_is_told_to_the_app() {
    let stand = Stand::new().await;
    for (change, error) in [
        (("response_type", "token"), "unsupported_response_type"),
        (("scope", ""), "invalid_request"),
        (("scope", "api://unknown/.default"), "invalid_resource"),
        (("scope", "api://eloops/everything"), "invalid_scope"),
        (("code_challenge_method", "S512"), "invalid_request"),
        (("prompt", "maybe"), "invalid_request"),
        (("prompt", "none"), "login_required"),
    ] {
        let response = stand
            .client
            .get(stand.authorize(&[change]))
            .send()
            .await
            .unwrap();
        let location = location(&response);
        assert!(location.as_str().starts_with(CALLBACK), "{location}");
        assert_eq!(
            parameter(&location, "error").as_deref(),
            Some(error),
            "{change:?}"
        );
        assert_eq!(parameter(&location, "state").as_deref(), Some("a state"));
    }
}

#[tokio::test]
async fn a_single_page_application_must_send_a_challenge() {
    let stand = Stand::new().await;
    let url = stand.authorize(&[
        ("client_id", "eloops-spa"),
        ("redirect_uri", SPA),
        ("code_challenge", ""),
    ]);
    let location = location(&stand.client.get(url).send().await.unwrap());
    let description = parameter(&location, "error_description").unwrap();
    assert!(description.starts_with("AADSTS9002325"), "{description}");
}

#[tokio::test]
async fn who_is_signed_in_is_not_asked_again_until_signing_out() {
    let stand = Stand::new().await;
    let chosen = stand.choose("000001", &[]).await;
    assert_eq!(chosen.status(), StatusCode::SEE_OTHER);
    let cookie = chosen.headers()["set-cookie"].to_str().unwrap();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let ask = |changes: &[(&str, &str)]| {
        stand
            .client
            .get(stand.authorize(changes))
            .header("cookie", &cookie)
            .send()
    };
    for silent in [vec![], vec![("prompt", "none")]] {
        let location = location(&ask(&silent).await.unwrap());
        assert!(
            parameter(&location, "code").is_some(),
            "{silent:?}: {location}"
        );
    }
    let page = ask(&[("prompt", "select_account")]).await.unwrap();
    assert_eq!(page.status(), StatusCode::OK, "select_account asks again");

    let admin = ask(&[("prompt", "none"), ("login_hint", "admin@fabrikam.example")])
        .await
        .unwrap();
    let error = parameter(&location(&admin), "error");
    assert_eq!(
        error.as_deref(),
        Some("login_required"),
        "another person's session does not count"
    );

    let out = stand.tenant("/oauth2/v2.0/logout");
    let out = stand
        .client
        .get(out)
        .header("cookie", &cookie)
        .send()
        .await
        .unwrap();
    assert_eq!(out.status(), StatusCode::OK);
    let location = location(&ask(&[("prompt", "none")]).await.unwrap());
    assert_eq!(
        parameter(&location, "error").as_deref(),
        Some("login_required")
    );
}

#[tokio::test]
async fn the_answer_travels_as_it_was_asked() {
    let stand = Stand::new().await;
    let fragment = location(
        &stand
            .choose("000001", &[("response_mode", "fragment")])
            .await,
    );
    assert!(fragment.query().is_none() && fragment.fragment().unwrap().contains("code="));
    let form = stand
        .choose("000001", &[("response_mode", "form_post")])
        .await;
    let policy = form.headers()["content-security-policy"]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(policy.contains("script-src 'sha256-"), "{policy}");
    let page = form.text().await.unwrap();
    assert!(
        page.contains("name=\"code\"") && page.contains(CALLBACK),
        "{page}"
    );
}

#[tokio::test]
async fn without_consent_there_is_no_code() {
    let stand = Stand::new().await;
    let changes = [
        ("client_id", "other-app"),
        ("redirect_uri", "http://localhost:7400/other/callback"),
    ];
    let location = location(&stand.choose("000001", &changes).await);
    assert_eq!(
        parameter(&location, "error").as_deref(),
        Some("consent_required")
    );
    assert_eq!(parameter(&location, "code"), None);
}
