//! No route but the two pages of the sign-in takes notice of a cookie.

use reqwest::header::{COOKIE, SET_COOKIE};
use reqwest::{Method, Response};

use super::{routes, world};
use crate::support::browser::{Panel, Popup};
use crate::support::people::People;

/// Where Microsoft sends the browser back to, and the page that asks.
const WITH_COOKIE: [&str; 2] = ["/auth/callback", "/auth/confirm"];

/// Status and body, without what differs from request to request.
async fn essence(answer: Response) -> (u16, String) {
    let status = answer.status().as_u16();
    let id = answer.headers()["x-request-id"]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(!answer.headers().contains_key(SET_COOKIE) || status == 303);
    (status, answer.text().await.unwrap().replace(&id, "(id)"))
}

#[tokio::test]
async fn no_other_route_takes_notice_of_a_cookie() {
    let (world, _folder) = world(&[]).await;
    let people = People::of(&world).await;
    // A sign-in that waits for its confirmation: the cookie is worth something.
    let panel = Panel::new();
    let popup = Popup::open(&world, &panel).await;
    let callback = popup
        .choose(&world, people.worker.object_id.as_deref().unwrap())
        .await;
    let page = popup.come_back(&world, &callback).await;
    let ids = routes::Ids {
        member: people.worker.id.clone(),
        number: people.worker.worker_number.clone(),
        upload: "none".to_owned(),
        run: "none".to_owned(),
    };
    let mut all = routes::described(&world, &ids).await;
    for (path, _) in routes::beside() {
        for method in [Method::GET, Method::POST, Method::PUT, Method::DELETE] {
            all.push((method, path.clone()));
        }
    }
    let mut compared = 0;
    for (method, path) in all {
        if WITH_COOKIE.contains(&path.as_str()) || path == "/metrics" {
            continue;
        }
        let ask = || {
            world
                .ask(method.clone(), &path, "")
                .header("origin", &world.url)
        };
        let without = essence(ask().send().await.unwrap()).await;
        let with = ask().header(COOKIE, &popup.cookie);
        let with = essence(with.send().await.unwrap()).await;
        assert_eq!(with, without, "{method} {path} with and without the cookie");
        compared += 1;
    }
    assert!(compared > 60, "only {compared}");
    assert_eq!(
        popup.press(&world, &page, "confirm").await.status(),
        200,
        "the cookie was good all the time"
    );
}
