//! How a sign-in begins: where from, with what, and where to.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::header::LOCATION;
use reqwest::{Method, Response};
use serde_json::json;
use url::Url;

use crate::support::browser::{Panel, Popup};
use crate::support::db::Db;
use crate::support::people::People;
use crate::support::world::World;

async fn start(world: &World, headers: &[(&'static str, &str)]) -> Response {
    let path = format!("/auth/start?challenge={}", Panel::new().challenge.as_str());
    let mut request = world.ask(Method::GET, &path, "");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.send().await.unwrap()
}

fn parameter(address: &Url, name: &str) -> Option<String> {
    let mut found = address.query_pairs().filter(|(key, _)| key == name);
    let value = found.next().map(|(_, value)| value.into_owned());
    assert!(found.next().is_none(), "{name} stands once in {address}");
    value
}

/// What Chromium 156 was seen to send: the panel's own window and link `same-origin` also inside another site's page,
/// the address bar `none`.
#[tokio::test]
async fn only_the_panel_and_the_address_bar_can_open_it() {
    let world = World::synced(Db::sqlite().await).await;
    let window = [
        ("sec-fetch-mode", "navigate"),
        ("sec-fetch-dest", "document"),
    ];
    let from = |site: &'static str| [window[0], window[1], ("sec-fetch-site", site)];
    for site in ["same-origin", "none"] {
        assert_eq!(start(&world, &from(site)).await.status(), 303, "{site}");
    }
    assert_eq!(
        start(&world, &[]).await.status(),
        303,
        "a browser that does not say"
    );
    for site in ["cross-site", "same-site", "something-new"] {
        let refused = start(&world, &from(site)).await;
        assert_eq!(refused.status(), 403, "{site}");
        assert!(!refused.headers().contains_key("set-cookie"), "{site}");
        let page = refused.text().await.unwrap();
        assert!(page.contains("Please start in the panel"), "{page}");
    }
    assert_eq!(world.db.number("SELECT COUNT(*) FROM pairings").await, 3);
}

/// A page of `ELOOPS_API_ORIGINS` runs the panel without a frame, so that its window comes from that origin.
#[tokio::test]
async fn a_host_that_may_call_the_api_can_open_it_too() {
    let world = World::synced(Db::sqlite().await).await;
    let from = |referrer: &'static str| {
        [
            ("sec-fetch-mode", "navigate"),
            ("sec-fetch-dest", "document"),
            ("sec-fetch-site", "cross-site"),
            ("referer", referrer),
        ]
    };
    let known = from("https://contoso.crm.dynamics.com/");
    assert_eq!(start(&world, &known).await.status(), 303);
    for other in [
        "https://evil.example/",
        "https://contoso.crm.dynamics.com.evil.example/",
        "https://evil.example/https://contoso.crm.dynamics.com/",
        "http://contoso.crm.dynamics.com/",
        "https://contoso.crm.dynamics.com:8443/",
        "https://contoso.crm.dynamics.com@evil.example/",
        "about:blank",
        "",
    ] {
        assert_eq!(start(&world, &from(other)).await.status(), 403, "{other}");
    }
}

#[tokio::test]
async fn it_does_not_work_inside_another_page() {
    let world = World::synced(Db::sqlite().await).await;
    for (mode, dest) in [
        ("navigate", "iframe"),
        ("navigate", "frame"),
        ("navigate", "embed"),
        ("navigate", "object"),
        ("no-cors", "image"),
        ("no-cors", "script"),
        ("cors", "empty"),
        ("websocket", "websocket"),
    ] {
        for site in ["same-origin", "cross-site"] {
            let headers = [
                ("sec-fetch-mode", mode),
                ("sec-fetch-dest", dest),
                ("sec-fetch-site", site),
            ];
            assert_eq!(start(&world, &headers).await.status(), 403, "{headers:?}");
        }
    }
    assert_eq!(world.db.number("SELECT COUNT(*) FROM pairings").await, 0);
}

/// Whatever a page of the sign-in answers, no other page may frame it, run in it, or hold on to its window.
#[tokio::test]
async fn no_page_can_be_framed_or_held() {
    let world = World::synced(Db::sqlite().await).await;
    let people = People::of(&world).await;
    let popup = Popup::open(&world, &Panel::new()).await;
    let callback = popup
        .choose(&world, people.worker.object_id.as_deref().unwrap())
        .await;
    let fresh = format!("/auth/start?challenge={}", Panel::new().challenge.as_str());
    for path in [
        &*fresh,
        "/auth/start",
        &*callback,
        "/auth/callback",
        "/auth/confirm",
        "/auth/signed-out",
        "/auth/consented",
        "/auth/microsoft-sign-out",
        "/auth/front-channel-logout",
    ] {
        let answer = popup.visit(&world, path).await;
        let header = |name: &str| {
            let value = answer
                .headers()
                .get(name)
                .map(|value| value.to_str().unwrap());
            value.unwrap_or_default().to_owned()
        };
        let policy = header("content-security-policy");
        assert!(policy.contains("default-src 'none'"), "{path}: {policy}");
        assert!(
            policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
        assert!(!policy.contains("script-src"), "{path}: {policy}");
        assert_eq!(header("x-frame-options"), "DENY", "{path}");
        assert_eq!(header("cache-control"), "no-store", "{path}");
        if !path.starts_with("/auth/callback") {
            assert_eq!(
                header("cross-origin-opener-policy"),
                "same-origin",
                "{path}"
            );
        }
    }
}

#[tokio::test]
async fn a_challenge_has_one_form() {
    let world = World::synced(Db::sqlite().await).await;
    let good = Panel::new().challenge.as_str().to_owned();
    for bad in [
        String::new(),
        "?challenge=".to_owned(),
        "?challenge=abc".to_owned(),
        format!("?challenge={good}%3D"),
        format!("?challenge={good}%00"),
        format!("?challenge={}", &good[1..]),
        format!("?challenge={good}&challenge={good}"),
        "?challenge=%FF".to_owned(),
    ] {
        let answer = world.ask(Method::GET, &format!("/auth/start{bad}"), "");
        let answer = answer.send().await.unwrap();
        assert_eq!(answer.status(), 400, "{bad}");
        assert!(
            answer
                .text()
                .await
                .unwrap()
                .contains("This link is not complete"),
            "{bad}"
        );
    }
}

#[tokio::test]
async fn microsoft_is_asked_with_pkce_state_and_nonce() {
    let world = World::synced(Db::sqlite().await).await;
    let first = Popup::open(&world, &Panel::new()).await.authorize;
    let second = Popup::open(&world, &Panel::new()).await.authorize;
    for (name, value) in [
        ("response_type", "code"),
        ("response_mode", "query"),
        ("code_challenge_method", "S256"),
        ("client_id", "eloops-server"),
        ("redirect_uri", &format!("{}/auth/callback", world.url)),
    ] {
        assert_eq!(parameter(&first, name).as_deref(), Some(value));
    }
    for name in ["state", "nonce", "code_challenge"] {
        let (one, other) = (parameter(&first, name), parameter(&second, name));
        assert_eq!(one.as_ref().map(String::len), Some(43), "{name}");
        assert_ne!(one, other, "{name} is new each time");
    }
    assert_eq!(parameter(&first, "claims"), None);
}

#[tokio::test]
async fn a_claims_challenge_goes_on_to_microsoft() {
    let world = World::synced(Db::sqlite().await).await;
    let claims = json!({"access_token": {"acrs": {"essential": true, "value": "c1&x=y"}}});
    let encoded = URL_SAFE_NO_PAD.encode(claims.to_string());
    let popup = Popup::open_with(&world, &Panel::new(), &format!("&claims={encoded}")).await;
    let sent = parameter(&popup.authorize, "claims").unwrap();
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&sent).unwrap(),
        claims
    );

    for bad in ["", "e30", "W10", "!!", "eyJh", &"e".repeat(2049)] {
        let path = format!(
            "/auth/start?challenge={}&claims={bad}",
            Panel::new().challenge.as_str()
        );
        let answer = world.ask(Method::GET, &path, "").send().await.unwrap();
        assert_eq!(answer.status(), 400, "{bad:.20}");
    }
}

/// The secret stays between panel and claim: no address on the way holds it, and the claim takes it from its body only.
#[tokio::test]
async fn no_address_ever_holds_the_secret() {
    let world = World::synced(Db::sqlite().await).await;
    let people = People::of(&world).await;
    let panel = Panel::new();
    let popup = Popup::open(&world, &panel).await;
    let callback = popup
        .choose(&world, people.worker.object_id.as_deref().unwrap())
        .await;
    let page = popup.come_back(&world, &callback).await;
    for seen in [popup.authorize.as_str(), &callback, &popup.cookie, &page] {
        assert!(!seen.contains(&panel.secret), "{seen}");
    }
    popup.press(&world, &page, "confirm").await;
    let in_address = format!("/auth/claim?secret={}", panel.secret);
    let get = world
        .ask(Method::GET, &in_address, "")
        .send()
        .await
        .unwrap();
    assert_eq!(get.status(), 405);
    let post = world
        .ask(Method::POST, &in_address, "")
        .header("x-eloops-request", "1")
        .json(&json!({}));
    assert_eq!(post.send().await.unwrap().status(), 422);
    assert_eq!(panel.state(&world).await, "ready");
}

/// No parameter leads anywhere: each redirect goes to Microsoft's own address or to our next page.
#[tokio::test]
async fn nothing_redirects_elsewhere() {
    let world = World::synced(Db::sqlite().await).await;
    let evil = "https%3A%2F%2Fevil.example%2F";
    let more: String = [
        "redirect_uri",
        "return_to",
        "next",
        "url",
        "continue",
        "post_logout_redirect_uri",
        "tenant_url",
        "iss",
        "client_id",
        "authority",
        "scope",
        "state",
    ]
    .map(|name| format!("&{name}={evil}"))
    .concat();
    let popup = Popup::open_with(&world, &Panel::new(), &more).await;
    let expected = Popup::open(&world, &Panel::new()).await.authorize;
    assert_eq!(popup.authorize.origin(), expected.origin());
    assert_eq!(popup.authorize.path(), expected.path());
    let names = |url: &Url| {
        url.query_pairs()
            .filter(|(name, _)| !["state", "nonce", "code_challenge"].contains(&&**name))
            .map(|(name, value)| format!("{name}={value}"))
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&popup.authorize), names(&expected));

    let out = format!("/auth/microsoft-sign-out?x=1{more}");
    let out = world.ask(Method::GET, &out, "").send().await.unwrap();
    let to = out.headers()[LOCATION].to_str().unwrap();
    assert!(to.starts_with(world.sandbox.url()), "{to}");
    assert!(!to.contains("evil"), "{to}");
    for path in [
        "/auth/callback",
        "/auth/confirm",
        "/auth/signed-out",
        "/auth/consented",
    ] {
        let answer = popup.visit(&world, &format!("{path}?code=x{more}")).await;
        assert!(!answer.headers().contains_key(LOCATION), "{path}");
        assert!(
            !answer.text().await.unwrap().contains("evil.example"),
            "{path}"
        );
    }
    let stranger = format!(
        "/auth/start?challenge={}&tenant=22222222-2222-2222-2222-222222222222",
        Panel::new().challenge.as_str()
    );
    let stranger = world.ask(Method::GET, &stranger, "").send().await.unwrap();
    assert_eq!(stranger.status(), 400, "a tenant that is not configured");
}
