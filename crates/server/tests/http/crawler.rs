//! Walks every route, of the OpenAPI document and beside it, with every method, as nobody, as an employee, as an
//! administrator and with a made-up bearer, over http and https; each answer has to carry its headers.

mod cookies;
mod policy;
mod routes;

use image::ImageFormat;
use reqwest::{Method, RequestBuilder};

use crate::support::db::Db;
use crate::support::people::People;
use crate::support::pictures::{form, picture};
use crate::support::world::World;
use policy::{Kind, check};

const ANCESTOR: &str = "https://contoso.operations.dynamics.com";

/// Whom a request is from.
struct Callers([(&'static str, String); 4]);

async fn world(variables: &[(&str, &str)]) -> (World, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("index.html"), "<!doctype html>").unwrap();
    std::fs::write(folder.path().join("card.0123456789ab.js"), "1").unwrap();
    let dir = folder.path().display().to_string();
    let own = [
        ("ELOOPS_FRAME_DIR", dir.as_str()),
        ("ELOOPS_FRAME_ANCESTORS", ANCESTOR),
    ];
    let world = World::with(Db::sqlite().await, &[variables, &own].concat()).await;
    world.sync(eloops_api::Directions::In).await;
    (world, folder)
}

async fn asked(request: RequestBuilder, kind: Kind, https: bool, what: &str) -> u16 {
    let answer = request.send().await.unwrap();
    let status = answer.status().as_u16();
    assert!(status < 500, "{what} answers {status}");
    check(&answer, kind, https, &format!("{what} → {status}"));
    status
}

/// Everything there is; gives the number of answers looked at.
async fn crawl(world: &World, https: bool) -> usize {
    let people = People::of(world).await;
    let number = &people.worker.worker_number;
    let callers = Callers([
        ("nobody", String::new()),
        ("an employee", world.token(number).await),
        ("an administrator", world.admin_token(number).await),
        ("a made-up bearer", "els_made-up".to_owned()),
    ]);
    let (own, admin) = (&callers.0[1].1, &callers.0[2].1);
    let upload: serde_json::Value = world
        .ask(Method::POST, "/api/v1/me/uploads", own)
        .multipart(form(picture(ImageFormat::Jpeg)))
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let runs = world.get("/talent/sync-runs", admin).await;
    let ids = routes::Ids {
        member: people.worker.id.clone(),
        number: number.clone(),
        upload: upload["id"].as_str().unwrap().to_owned(),
        run: runs["items"][0]["id"].as_str().unwrap().to_owned(),
    };
    let mut seen = 0;
    let mut went_well = 0;
    let mut api = routes::described(world, &ids).await;
    // What is deleted cannot be looked at afterwards.
    api.sort_by_key(|(method, _)| *method == Method::DELETE);
    let others = ["OPTIONS", "HEAD", "PATCH"].map(|name| name.parse::<Method>().unwrap());
    for (who, bearer) in &callers.0 {
        for (method, path) in &api {
            if *method == Method::DELETE && *who == "an employee" {
                continue;
            }
            let what = format!("{method} {path} as {who}");
            let request = world.ask(method.clone(), path, bearer);
            let status = asked(request, Kind::Private, https, &what).await;
            went_well += usize::from(status < 300);
            seen += 1;
            for other in &others {
                let what = format!("{other} {path} as {who}");
                let request = world.ask(other.clone(), path, bearer);
                asked(request, Kind::Private, https, &what).await;
                seen += 1;
            }
        }
        for (path, kind) in routes::beside() {
            for method in [Method::GET, Method::POST, Method::PUT]
                .iter()
                .chain(&others)
            {
                let what = format!("{method} {path} as {who}");
                let request = world.ask(method.clone(), &path, bearer);
                asked(request, kind, https, &what).await;
                seen += 1;
            }
        }
    }
    assert!(
        went_well >= 20,
        "too few answers that went well: {went_well}"
    );
    seen
}

#[tokio::test]
async fn every_answer_carries_its_headers_over_http() {
    let (world, _folder) = world(&[]).await;
    let seen = crawl(&world, false).await;
    assert!(seen > 500, "a crawl of {seen} answers");
}

#[tokio::test]
async fn every_answer_carries_its_headers_over_https() {
    let public = [("ELOOPS_PUBLIC_URL", "https://eloops.contoso.com")];
    let (world, _folder) = world(&public).await;
    let seen = crawl(&world, true).await;
    assert!(seen > 500, "a crawl of {seen} answers");
}

#[tokio::test]
async fn so_do_answers_that_no_route_gives() {
    let limit = [("ELOOPS_RATE_LIMIT", "60")];
    let (world, _folder) = world(&limit).await;
    let people = People::of(&world).await;
    let own = world.token(&people.worker.worker_number).await;
    let ask = |method: Method, path: &str| world.ask(method, path, &own);

    let activity = format!("/api/v1/workers/{}/activity", people.worker.worker_number);
    let first = ask(Method::GET, &activity).send().await.unwrap();
    let tag = first.headers()["etag"].clone();
    let again = ask(Method::GET, &activity).header("if-none-match", tag);
    let long = "x".repeat(70_000);
    for (expected, request, kind) in [
        (304, again, Kind::Private),
        (404, ask(Method::GET, "/nothing"), Kind::Plain),
        (404, ask(Method::GET, "/api/v1/nothing"), Kind::Private),
        (404, ask(Method::GET, "/auth/nothing"), Kind::SignIn),
        (404, ask(Method::GET, "/frame/nothing.js"), Kind::Frame),
        (404, ask(Method::GET, "/api/docs/nothing"), Kind::Docs),
        (405, ask(Method::DELETE, "/healthz"), Kind::Plain),
        (
            413,
            ask(Method::POST, "/auth/claim")
                .header("x-eloops-request", "1")
                .header("content-type", "application/json")
                .body(long),
            Kind::SignIn,
        ),
        (308, ask(Method::GET, "/frame"), Kind::Plain),
    ] {
        let status = asked(request, kind, false, &format!("a {expected}")).await;
        assert_eq!(status, expected);
    }
    let mut status = 200;
    for _ in 0..200 {
        status = asked(
            ask(Method::GET, "/api/v1/me"),
            Kind::Private,
            false,
            "too many",
        )
        .await;
        if status == 429 {
            break;
        }
    }
    assert_eq!(status, 429);
    world.db.store.close().await;
    let answer = ask(Method::GET, "/readyz").send().await.unwrap();
    assert_eq!(answer.status(), 503);
    check(&answer, Kind::Plain, false, "a 503");
}
