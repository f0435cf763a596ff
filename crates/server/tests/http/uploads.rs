//! Photos and videos over HTTP.

use image::ImageFormat;
use reqwest::multipart::Form;
use reqwest::{Method, Response};
use serde_json::{Value, json};

use crate::support::people::People;
use crate::support::pictures::{film, form, picture};
use crate::support::world::{World, refusal};

async fn post(world: &World, bearer: &str, form: Form, key: Option<&str>) -> Response {
    let mut request = world
        .ask(Method::POST, "/api/v1/me/uploads", bearer)
        .multipart(form);
    if let Some(key) = key {
        request = request.header("idempotency-key", key);
    }
    request.send().await.unwrap()
}

async fn posted(world: &World, bearer: &str, form: Form) -> Value {
    let answer = post(world, bearer, form, None).await;
    let status = answer.status();
    let body = answer.text().await.unwrap();
    assert_eq!(status, 201, "{body}");
    serde_json::from_str(&body).unwrap()
}

on_both! {
    async fn a_photo_earns_coins_and_its_removal_takes_them_back(db) {
        let world = World::synced(db).await;
        let people = People::of(&world).await;
        let number = &people.worker.worker_number;
        let own = world.token(number).await;
        let activity = format!("/workers/{number}/activity");

        let caption = "Türme & Kräne <b>";
        let upload = posted(&world, &own, form(picture(ImageFormat::Png)).text("caption", caption)).await;
        assert_eq!(upload["kind"], "photo");
        assert_eq!(upload["caption"], caption);
        assert_eq!((&upload["width"], &upload["height"]), (&json!(400), &json!(300)));
        assert_eq!(upload["coins"], 10);
        let id = upload["id"].as_str().unwrap();

        let manager = world.token(&people.manager.worker_number).await;
        let seen = world.get(&activity, &manager).await;
        assert_eq!(seen["coins"]["balance"], 10);
        assert_eq!(seen["uploads"]["total"], 1);
        assert_eq!(seen["uploads"]["recent"][0]["id"], id);
        let thumbnail = world.ask(Method::GET, &format!("/api/v1/uploads/{id}/thumbnail"), &manager);
        let thumbnail = thumbnail.send().await.unwrap();
        assert_eq!(thumbnail.headers()["content-type"], "image/jpeg");
        let small = image::load_from_memory(&thumbnail.bytes().await.unwrap()).unwrap();
        assert_eq!((small.width(), small.height()), (320, 240));
        let peer = world.token(&people.peer.worker_number).await;
        for part in ["thumbnail", "content"] {
            let path = format!("/uploads/{id}/{part}");
            assert_eq!(world.refusal(&path, &peer).await.0, 404, "a peer's {part}");
        }

        let remove = |bearer: String| {
            let request = world.ask(Method::DELETE, &format!("/api/v1/uploads/{id}"), &bearer);
            async { request.send().await.unwrap() }
        };
        assert_eq!(refusal(remove(manager.clone()).await).await, (403, "forbidden".to_owned()));
        assert_eq!(refusal(remove(peer).await).await, (404, "not_found".to_owned()));
        assert_eq!(remove(own.clone()).await.status(), 204);
        assert_eq!(refusal(remove(own.clone()).await).await, (404, "not_found".to_owned()));
        let after = world.get(&activity, &own).await;
        assert_eq!(after["coins"], json!({"balance": 0, "earned_total": 0}));
        assert_eq!(after["uploads"]["total"], 0);
        assert_eq!(world.refusal(&format!("/uploads/{id}/content"), &own).await.0, 404);
    }

    async fn the_same_key_uploads_once(db) {
        let world = World::synced(db).await;
        let people = People::of(&world).await;
        let own = world.token(&people.worker.worker_number).await;
        let mut ids = Vec::new();
        for _ in 0..2 {
            let answer = post(&world, &own, form(film(2000)), Some("one")).await;
            assert_eq!(answer.status(), 201);
            ids.push(answer.json::<Value>().await.unwrap()["id"].clone());
        }
        assert_eq!(ids[0], ids[1]);
        let other = post(&world, &own, form(film(2001)), Some("one")).await;
        assert_eq!(refusal(other).await, (409, "idempotency_conflict".to_owned()));
        let path = format!("/workers/{}/activity", people.worker.worker_number);
        assert_eq!(world.get(&path, &own).await["uploads"]["total"], 1);
    }
}

#[tokio::test]
async fn a_video_comes_back_whole_and_in_parts() {
    let world = World::synced(crate::support::db::Db::sqlite().await).await;
    let people = People::of(&world).await;
    let own = world.token(&people.worker.worker_number).await;
    let bytes = film(300_000);
    let upload = posted(&world, &own, form(bytes.clone())).await;
    assert_eq!(
        (&upload["kind"], &upload["coins"]),
        (&json!("video"), &json!(25))
    );
    assert_eq!(upload["bytes"], bytes.len());
    let path = format!("/api/v1/uploads/{}/content", upload["id"].as_str().unwrap());
    let get = |range: &'static str| {
        let request = world.ask(Method::GET, &path, &own).header("range", range);
        async { request.send().await.unwrap() }
    };
    let whole = world.ask(Method::GET, &path, &own).send().await.unwrap();
    assert_eq!(whole.headers()["content-type"], "video/mp4");
    assert_eq!(whole.headers()["x-content-type-options"], "nosniff");
    assert_eq!(whole.bytes().await.unwrap(), bytes);
    let part = get("bytes=4-7").await;
    assert_eq!(part.status(), 206);
    assert_eq!(part.headers()["content-range"], "bytes 4-7/300000");
    assert_eq!(part.bytes().await.unwrap(), "ftyp");
    assert_eq!(
        refusal(get("bytes=300000-").await).await,
        (416, "range_not_satisfiable".to_owned())
    );
    let still = world.ask(Method::GET, &path.replace("content", "thumbnail"), &own);
    let still = still.send().await.unwrap().bytes().await.unwrap();
    assert_eq!(image::guess_format(&still).unwrap(), ImageFormat::Jpeg);
}

#[tokio::test]
async fn what_is_no_photo_or_video_is_refused_with_its_code() {
    let world = World::synced(crate::support::db::Db::sqlite().await).await;
    let people = People::of(&world).await;
    let own = world.token(&people.worker.worker_number).await;
    let damaged = picture(ImageFormat::Png)[..100].to_vec();
    let mut large = b"\xFF\xD8\xFF\xE0".to_vec();
    large.resize(25 * 1024 * 1024 + 1, 0);
    for (what, form, expected) in [
        (
            "a page",
            form(b"<html><script>alert(1)</script>".to_vec()),
            (415, "unsupported_type"),
        ),
        (
            "SVG",
            form(b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec()),
            (415, "unsupported_type"),
        ),
        ("nothing", form(Vec::new()), (422, "file_missing")),
        (
            "no file",
            Form::new().text("caption", "x"),
            (422, "file_missing"),
        ),
        ("a torso", form(damaged), (422, "unreadable_picture")),
        ("25 MB and a byte", form(large), (413, "too_large")),
        (
            "a long caption",
            form(film(200)).text("caption", "x".repeat(501)),
            (422, "invalid_request"),
        ),
    ] {
        let (status, code) = refusal(post(&world, &own, form, None).await).await;
        assert_eq!((status, code.as_str()), expected, "{what}");
    }
    let bare = world
        .ask(Method::POST, "/api/v1/me/uploads", &own)
        .body("x")
        .send()
        .await
        .unwrap();
    assert_eq!(
        refusal(bare).await,
        (415, "unsupported_media_type".to_owned())
    );
    let path = format!("/members/{}/uploads", people.worker.id);
    assert_eq!(
        world.get(&path, &own).await["items"],
        json!([]),
        "none of them was kept"
    );
}
