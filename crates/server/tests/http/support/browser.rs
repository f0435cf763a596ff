//! A popup and a panel, as far as sign-in needs them: cookies, redirects, a form.

use eloops_server::auth::pairing::Challenge;
use eloops_server::auth::random;
use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use reqwest::{Method, Response};
use serde_json::{Value, json};
use url::Url;

use super::world::World;

/// The panel's half of a pairing.
pub(crate) struct Panel {
    pub(crate) secret: String,
    pub(crate) challenge: Challenge,
}

impl Panel {
    pub(crate) fn new() -> Self {
        let secret = random::token().unwrap();
        let challenge = Challenge::of_secret(&secret).unwrap();
        Self { secret, challenge }
    }

    /// How the pairing stands for the panel: `pending`, `ready`, or a problem's code.
    pub(crate) async fn state(&self, world: &World) -> String {
        let answer: Value = self.claim(world).await.json().await.unwrap();
        let word = answer["state"].as_str().or(answer["code"].as_str());
        word.unwrap_or_else(|| panic!("neither a state nor a problem: {answer}"))
            .to_owned()
    }

    /// Asks for the session.
    pub(crate) async fn claim(&self, world: &World) -> Response {
        world
            .ask(Method::POST, "/auth/claim", "")
            .header("x-eloops-request", "1")
            .json(&json!({"secret": self.secret}))
            .send()
            .await
            .unwrap()
    }
}

/// The popup, between two pages.
pub(crate) struct Popup {
    /// The cookie of our server, `name=value`.
    pub(crate) cookie: String,
    /// Microsoft's page to which we were sent.
    pub(crate) authorize: Url,
}

impl Popup {
    /// Opens the sign-in.
    pub(crate) async fn open(world: &World, panel: &Panel) -> Self {
        Self::open_with(world, panel, "").await
    }

    /// Opens it with more in the address, such as `&locale=he`.
    pub(crate) async fn open_with(world: &World, panel: &Panel, more: &str) -> Self {
        let path = format!("/auth/start?challenge={}{more}", panel.challenge.as_str());
        let answer = world.ask(Method::GET, &path, "").send().await.unwrap();
        assert_eq!(answer.status(), 303, "{}", answer.text().await.unwrap());
        let set = answer.headers()[SET_COOKIE].to_str().unwrap().to_owned();
        for part in ["__Host-", "Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(set.contains(part), "{part} in {set}");
        }
        Self {
            cookie: set.split(';').next().unwrap().to_owned(),
            authorize: answer.headers()[LOCATION]
                .to_str()
                .unwrap()
                .parse()
                .unwrap(),
        }
    }

    /// Chooses a person at Microsoft; gives the address of our callback.
    pub(crate) async fn choose(&self, world: &World, object_id: &str) -> String {
        let page = world.http.get(self.authorize.clone()).send().await.unwrap();
        assert_eq!(
            page.status(),
            200,
            "Microsoft's page: {}",
            page.text().await.unwrap()
        );
        let mut form: Vec<(String, String)> = self.authorize.query_pairs().into_owned().collect();
        form.push(("oid".to_owned(), object_id.to_owned()));
        let login = format!(
            "{}/11111111-1111-1111-1111-111111111111/login",
            world.sandbox.url()
        );
        let answer = world.http.post(login).form(&form).send().await.unwrap();
        assert_eq!(answer.status(), 303);
        let address = answer.headers()[LOCATION].to_str().unwrap().to_owned();
        let own = address.strip_prefix(&world.url);
        own.unwrap_or_else(|| panic!("sent to {address}, not to us"))
            .to_owned()
    }

    /// Visits one of our pages with the cookie.
    pub(crate) async fn visit(&self, world: &World, path: &str) -> Response {
        world
            .ask(Method::GET, path, "")
            .header(COOKIE, &self.cookie)
            .send()
            .await
            .unwrap()
    }

    /// From Microsoft's answer to our confirmation page; gives the page.
    pub(crate) async fn come_back(&self, world: &World, callback: &str) -> String {
        let answer = self.visit(world, callback).await;
        assert_eq!(answer.status(), 303, "{}", answer.text().await.unwrap());
        assert_eq!(answer.headers()[LOCATION], "/auth/confirm");
        let page = self.visit(world, "/auth/confirm").await;
        assert_eq!(page.status(), 200);
        assert_eq!(page.headers()["cross-origin-opener-policy"], "same-origin");
        let policy = page.headers()["content-security-policy"]
            .to_str()
            .unwrap()
            .to_owned();
        assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
        page.text().await.unwrap()
    }

    /// Presses a button of the confirmation page.
    pub(crate) async fn press(&self, world: &World, page: &str, action: &str) -> Response {
        let csrf = csrf(page);
        world
            .ask(Method::POST, "/auth/confirm", "")
            .header(COOKIE, &self.cookie)
            .header("origin", &world.url)
            .form(&[("csrf", csrf.as_str()), ("action", action)])
            .send()
            .await
            .unwrap()
    }
}

/// Up to the confirmation page: panel, popup and page.
pub(crate) async fn to_confirmation(world: &World, object_id: &str) -> (Panel, Popup, String) {
    let panel = Panel::new();
    let popup = Popup::open(world, &panel).await;
    let callback = popup.choose(world, object_id).await;
    let page = popup.come_back(world, &callback).await;
    (panel, popup, page)
}

/// The form token in a confirmation page.
pub(crate) fn csrf(page: &str) -> String {
    let after = page.split("name=\"csrf\" value=\"").nth(1);
    let token = after.and_then(|rest| rest.split('"').next());
    token
        .unwrap_or_else(|| panic!("no form token in {page}"))
        .to_owned()
}

/// The whole way, for tests that are about something else.
pub(crate) async fn sign_in(world: &World, object_id: &str) -> String {
    let (panel, popup, page) = to_confirmation(world, object_id).await;
    assert_eq!(popup.press(world, &page, "confirm").await.status(), 200);
    let answer: Value = panel.claim(world).await.json().await.unwrap();
    assert_eq!(answer["state"], "ready", "{answer}");
    answer["session"].as_str().unwrap().to_owned()
}
