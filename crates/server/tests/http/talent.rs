//! The worker record: as the user, or from the last sync.

use reqwest::Method;
use serde_json::json;

use crate::support::db::Db;
use crate::support::people::People;
use crate::support::world::World;

#[tokio::test]
async fn a_manager_reads_the_worker_with_their_own_rights() {
    let world = World::synced(Db::sqlite().await).await;
    let people = People::of(&world).await;
    let manager = world.token(&people.manager.worker_number).await;
    let path = format!("/talent/workers/{}", people.worker.worker_number);
    let record = world.get(&path, &manager).await;
    assert_eq!(record["source"], "talent", "{record}");
    assert_eq!(record["name"], people.worker.name.as_str());
    assert_eq!(record["worker_status"], "Employed");
    assert_eq!(
        record["department"].as_str(),
        people.worker.department.as_deref()
    );
    assert_eq!(record["title"].as_str(), people.worker.title.as_deref());
    assert_eq!(
        record["manager_number"],
        people.manager.worker_number.as_str()
    );
    assert_eq!(record["manager_name"], people.manager.name.as_str());
    assert_eq!(
        record["employment_start"].as_str(),
        people.worker.employment_start.as_deref()
    );
    for private in ["birth", "gender", "marital", "address"] {
        assert!(
            !record.to_string().to_lowercase().contains(private),
            "{private} in {record}"
        );
    }
}

#[tokio::test]
async fn what_was_synced_serves_the_line_when_talent_does_not_answer() {
    let world = World::synced(Db::sqlite().await).await;
    let people = People::of(&world).await;
    let manager = world.token(&people.manager.worker_number).await;
    let stranger = world.token(&people.stranger.worker_number).await;
    world
        .control(
            Method::PUT,
            "/faults",
            &json!([{"match": "GET /data/Workers", "status": 503, "times": 100}]),
        )
        .await;
    let path = format!("/talent/workers/{}", people.worker.worker_number);
    let record = world.get(&path, &manager).await;
    assert_eq!(record["source"], "synced");
    assert_eq!(record["name"], people.worker.name.as_str());
    assert_eq!(record["manager_name"], people.manager.name.as_str());
    assert_eq!(
        world.refusal(&path, &stranger).await,
        (404, "not_found".to_owned())
    );
}

#[tokio::test]
async fn a_portrait_is_a_small_jpeg_or_nothing() {
    let world = World::synced(Db::sqlite().await).await;
    let mut seen = 0;
    for person in crate::support::people::everybody(&world)
        .await
        .iter()
        .take(12)
    {
        let token = world.token(&person.worker_number).await;
        let path = format!("/api/v1/talent/workers/{}/photo", person.worker_number);
        let answer = world.ask(Method::GET, &path, &token).send().await.unwrap();
        match answer.status().as_u16() {
            200 => {
                assert_eq!(answer.headers()["content-type"], "image/jpeg");
                assert_eq!(answer.headers()["cache-control"], "private, max-age=300");
                let picture = image::load_from_memory(&answer.bytes().await.unwrap()).unwrap();
                assert!(picture.width().max(picture.height()) <= 512);
                seen += 1;
                break;
            }
            404 => {}
            other => panic!("{path}: {other}"),
        }
    }
    assert!(seen > 0, "some of the made-up people have a portrait");
}
