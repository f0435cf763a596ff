//! `$batch`.

use std::sync::Arc;

use http::{Method, StatusCode};
use talent_sandbox::odata::{Gate, Refusal};

use crate::support::{Answer, Talent};

/// A change set with an operation per worker number and body.
fn change_set(name: &str, operations: &[(&str, &str)]) -> String {
    let mut text = format!("--b\r\nContent-Type: multipart/mixed; boundary={name}\r\n\r\n");
    for (at, (number, body)) in operations.iter().enumerate() {
        text.push_str(&format!(
            "--{name}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\nContent-ID: {}\r\n\r\n\
             PATCH http://talent.example:7410/data/Workers(PersonnelNumber='{number}') HTTP/1.1\r\n\
             Content-Type: application/json; type=entry\r\nAccept: application/json\r\n\r\n{body}\r\n",
            at + 1
        ));
    }
    text + &format!("--{name}--\r\n")
}

async fn post(talent: &Talent, body: &str, prefer: Option<&str>) -> Answer {
    let mut headers = vec![("content-type", "multipart/mixed; boundary=\"b\"")];
    headers.extend(prefer.map(|prefer| ("prefer", prefer)));
    talent
        .send(
            Method::POST,
            "/data/$batch",
            &headers,
            &format!("{body}--b--\r\n"),
        )
        .await
}

async fn known_as(talent: &Talent) -> Vec<String> {
    talent.get("/data/Workers?$top=3").await.column("KnownAs")
}

#[tokio::test]
async fn a_change_set_writes_all_and_echoes_the_ids() {
    let talent = Talent::new();
    let body = change_set(
        "c",
        &[
            ("000001", r#"{"KnownAs":"A"}"#),
            ("000006", r#"{"KnownAs":"B"}"#),
        ],
    );
    let answer = post(&talent, &body, None).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let content_type = answer.headers["content-type"].to_str().expect("text");
    assert!(
        content_type.starts_with("multipart/mixed; boundary=batchresponse_"),
        "{content_type}"
    );
    assert_eq!(
        answer.body.matches("HTTP/1.1 204 No Content\r\n").count(),
        2,
        "{}",
        answer.body
    );
    for id in ["Content-ID: 1\r\n", "Content-ID: 2\r\n"] {
        assert!(answer.body.contains(id), "{id} is not in {}", answer.body);
    }
    assert_eq!(known_as(&talent).await, ["A", "B", ""]);
    let patched = |number| {
        (
            format!("PATCH /data/Workers(PersonnelNumber='{number}')"),
            204,
        )
    };
    assert_eq!(answer.performed, [patched("000001"), patched("000006")]);
}

#[tokio::test]
async fn a_failed_change_set_writes_nothing_and_stops_the_batch() {
    let talent = Talent::new();
    let body = change_set(
        "c",
        &[
            ("000001", r#"{"KnownAs":"A"}"#),
            ("000006", r#"{"LastName":""}"#),
        ],
    ) + &change_set("d", &[("000018", r#"{"KnownAs":"C"}"#)]);
    let before = talent.get("/data/Workers('000001')").await.headers["etag"].clone();
    let answer = post(&talent, &body, None).await;
    assert_eq!(
        answer.body.matches("HTTP/1.1 ").count(),
        1,
        "{}",
        answer.body
    );
    assert!(
        answer.body.contains("HTTP/1.1 400 Bad Request\r\n"),
        "{}",
        answer.body
    );
    assert!(answer.body.contains("Content-ID: 2\r\n"), "{}", answer.body);
    assert!(
        answer.body.contains("Field 'LastName' must be filled in."),
        "{}",
        answer.body
    );
    assert_eq!(known_as(&talent).await, ["", "", ""]);
    let after = talent.get("/data/Workers('000001')").await.headers["etag"].clone();
    assert_eq!(after, before, "the rollback brings the old version back");

    let answer = post(&talent, &body, Some("odata.continue-on-error")).await;
    assert_eq!(
        answer.body.matches("HTTP/1.1 400").count(),
        1,
        "{}",
        answer.body
    );
    assert_eq!(
        answer.body.matches("HTTP/1.1 204").count(),
        1,
        "{}",
        answer.body
    );
    assert_eq!(known_as(&talent).await, ["", "", "C"]);
}

#[tokio::test]
async fn independent_operations_read_and_write() {
    let talent = Talent::new();
    let part = |request: &str| {
        format!("--b\nContent-Type: application/http\nContent-ID: x\n\n{request}\n\n")
    };
    let body = part(
        "PATCH Workers('000001') HTTP/1.1\nContent-Type: application/json\n\n{\"KnownAs\":\"A\"}",
    ) + &part("GET /data/Workers('000001')?$select=KnownAs HTTP/1.1\n")
        + &part("GET /data/Workers('4711') HTTP/1.1\n")
        + &part("GET /data/Titles/$count HTTP/1.1\n");
    let answer = post(&talent, &body, Some("odata.continue-on-error=true")).await;
    let statuses: Vec<u16> = answer.performed.iter().map(|(_, status)| *status).collect();
    assert_eq!(statuses, [204, 200, 404, 200], "{}", answer.body);
    assert!(answer.body.contains("\"KnownAs\":\"A\""), "{}", answer.body);
    assert!(answer.body.contains("innererror"), "{}", answer.body);
}

#[tokio::test]
async fn broken_and_oversized_batches_are_refused() {
    let talent = Talent::new();
    let full = change_set("c", &vec![("000001", "{}"); 5_000]);
    assert_eq!(post(&talent, &full, None).await.performed.len(), 5_000);
    let over = full + &change_set("d", &[("000001", r#"{"KnownAs":"A"}"#)]);
    let message = post(&talent, &over, None).await.error(400);
    assert!(message.contains("5001 operations"), "{message}");
    assert_eq!(known_as(&talent).await, ["", "", ""]);

    let headers = [("content-type", "application/json")];
    talent
        .send(Method::POST, "/data/$batch", &headers, "{}")
        .await
        .error(400);
    let headers = [("content-type", "multipart/mixed; boundary=b")];
    let cut = change_set("c", &[("000001", r#"{"KnownAs":"A"}"#)]);
    let message = talent
        .send(Method::POST, "/data/$batch", &headers, &cut)
        .await
        .error(400);
    assert!(message.contains("cut short"), "{message}");
    let get = "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\nContent-Type: application/http\r\n\r\nGET /data/Workers HTTP/1.1\r\n\r\n\r\n--c--\r\n";
    assert!(
        post(&talent, get, None)
            .await
            .body
            .contains("cannot have a GET")
    );
}

/// Refuses one worker.
struct NotGuy;

impl Gate for NotGuy {
    fn operation(&self, method: &Method, path: &str) -> Option<Refusal> {
        (method == Method::PATCH && path.contains("000001")).then(|| Refusal {
            status: StatusCode::TOO_MANY_REQUESTS,
            retry_after: Some(7),
            message: "high resource utilization".into(),
        })
    }
}

#[tokio::test]
async fn the_gate_is_asked_before_each_operation() {
    let talent = Talent {
        gate: Arc::new(NotGuy),
        ..Talent::new()
    };
    let body = change_set(
        "c",
        &[
            ("000006", r#"{"KnownAs":"B"}"#),
            ("000001", r#"{"KnownAs":"A"}"#),
        ],
    );
    let answer = post(&talent, &body, None).await;
    assert!(
        answer.body.contains("HTTP/1.1 429 Too Many Requests"),
        "{}",
        answer.body
    );
    assert!(answer.body.contains("retry-after: 7"), "{}", answer.body);
    assert_eq!(known_as(&talent).await, ["", "", ""]);
}
