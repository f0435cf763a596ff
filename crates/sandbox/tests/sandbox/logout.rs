use reqwest::{RequestBuilder, Response, StatusCode};
use talent_sandbox::TENANT;
use url::Url;

use crate::stand::{SPA, Stand, claims, location};

const SIGNED_OUT: &str = "http://localhost:7400/auth/signed-out";

/// Signs in; gives the browser's cookie and the `sid` of the id_token.
async fn sign_in(stand: &Stand, cookie: Option<&str>) -> (String, String) {
    let mut form: Vec<(String, String)> = stand.authorize(&[]).query_pairs().into_owned().collect();
    let token = stand.talent_token(Some("000001")).await;
    let oid = claims(&token)["oid"].as_str().unwrap().to_owned();
    form.push(("oid".into(), oid));
    let request = stand.client.post(stand.tenant("/login")).form(&form);
    let response = with(request, cookie).send().await.unwrap();
    let set = response.headers()["set-cookie"].to_str().unwrap();
    let cookie = set.split(';').next().unwrap().to_owned();
    let url = location(&response);
    let code = url
        .query_pairs()
        .find(|(name, _)| name == "code")
        .unwrap()
        .1;
    let (_, body) = stand.redeem_code(&code, &[]).await;
    let sid = claims(body["id_token"].as_str().unwrap())["sid"].clone();
    (cookie, sid.as_str().unwrap().to_owned())
}

fn with(request: RequestBuilder, cookie: Option<&str>) -> RequestBuilder {
    match cookie {
        Some(cookie) => request.header("cookie", cookie),
        None => request,
    }
}

async fn sign_out(stand: &Stand, cookie: Option<&str>, back: &str) -> Response {
    let out = stand.tenant("/oauth2/v2.0/logout");
    let out = Url::parse_with_params(&out, [("post_logout_redirect_uri", back)]).unwrap();
    with(stand.client.get(out), cookie).send().await.unwrap()
}

#[tokio::test]
async fn signing_out_leads_back_to_a_registered_address_only() {
    let stand = Stand::new().await;
    for (back, follows) in [
        (SIGNED_OUT, true),
        (SPA, true),
        ("http://localhost:7400/", false),
        ("http://localhost:7400/auth/signed-out/", false),
        ("http://localhost:7400/auth/signed-out?x=1", false),
        ("http://localhost:7400.evil.example/", false),
        ("https://evil.example/", false),
    ] {
        let response = sign_out(&stand, None, back).await;
        let location = response.headers().get("location");
        assert_eq!(location.is_some_and(|to| to == back), follows, "{back}");
        assert_eq!(location.is_some(), follows, "{back}");
        let page = response.text().await.unwrap();
        assert!(!page.contains(back), "{back} on the page: {page}");
    }
    let request = stand.client.post(stand.tenant("/oauth2/v2.0/logout"));
    let form = [("post_logout_redirect_uri", SIGNED_OUT)];
    let response = request.form(&form).send().await.unwrap();
    assert_eq!(location(&response).as_str(), SIGNED_OUT, "by POST");
}

#[tokio::test]
async fn the_apps_of_the_session_are_told_of_its_end() {
    let stand = Stand::new().await;
    let (cookie, sid) = sign_in(&stand, None).await;
    let (same, again) = sign_in(&stand, Some(&cookie)).await;
    assert_eq!((&same, &again), (&cookie, &sid), "the same person goes on");
    let (other, another) = sign_in(&stand, None).await;
    assert_ne!(sid, another, "another browser is another session");

    let response = sign_out(&stand, Some(&cookie), SIGNED_OUT).await;
    assert_eq!(response.status(), StatusCode::OK, "a page tells them first");
    let policy = response.headers()["content-security-policy"].clone();
    let policy = policy.to_str().unwrap();
    assert!(
        policy.contains("frame-src http://localhost:7400;"),
        "{policy}"
    );
    assert!(policy.contains("script-src 'sha256-"), "{policy}");
    let page = response.text().await.unwrap();
    let issuer = format!("{}/{TENANT}/v2.0", stand.running.url());
    let told = Url::parse_with_params(
        "http://localhost:7400/auth/front-channel-logout",
        [("iss", issuer.as_str()), ("sid", &sid)],
    )
    .unwrap();
    let frame = format!("src=\"{}\"", told.as_str().replace('&', "&amp;"));
    assert!(page.contains(&frame), "expected {frame} in {page}");
    let next = format!("href=\"{SIGNED_OUT}\"");
    assert!(page.contains(&next), "expected {next} in {page}");
    assert!(!page.contains(&another), "the other session goes on");

    let twice = sign_out(&stand, Some(&cookie), SIGNED_OUT).await;
    assert_eq!(
        location(&twice).as_str(),
        SIGNED_OUT,
        "nobody is left to tell"
    );
    let page = sign_out(&stand, Some(&other), SIGNED_OUT)
        .await
        .text()
        .await;
    assert!(page.unwrap().contains(&another), "it ends on its own");
}
