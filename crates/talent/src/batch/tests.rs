use proptest::prelude::*;

use super::*;
use crate::{CustomField, Edm, Kind, RefusalKind, Response, Root, TalentError};

fn root() -> Root {
    Root::new(
        Kind::FinanceOperations,
        "https://contoso.operations.dynamics.com",
    )
    .unwrap()
}

fn coins(value: i64) -> Changes {
    let field = CustomField {
        name: "EloopsCoins_Custom".into(),
        edm: Edm::Int64,
    };
    Changes::new().set(&field, value).unwrap()
}

/// Three change sets: one operation, two, one.
fn batch() -> Batch {
    let mut batch = Batch::new();
    batch.worker("000001", coins(1));
    batch.change_set([("000002", coins(2)), ("000003", coins(3))]);
    batch.change_set([]);
    batch.worker("D'Hers", coins(4));
    batch
}

const DONE: &str = "HTTP/1.1 204 No Content\r\nOData-Version: 4.0\r\n\r\n";
const NO: &str = "HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\n\r\n\
    {\"error\":{\"message\":\"An error has occurred.\",\"innererror\":{\"message\":\"Infolog: No.\"}}}\r\n";

fn http(id: Option<usize>, answer: &str) -> String {
    let id = id
        .map(|id| format!("Content-ID: {id}\r\n"))
        .unwrap_or_default();
    format!(
        "Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n{id}\r\n{answer}"
    )
}

fn set(answers: &[String]) -> String {
    format!(
        "Content-Type: multipart/mixed; boundary=\"inner\"\r\n\r\n{}",
        multipart("inner", answers)
    )
}

fn multipart(boundary: &str, parts: &[String]) -> String {
    let parts: String = parts
        .iter()
        .map(|part| format!("--{boundary}\r\n{part}\r\n"))
        .collect();
    format!("{parts}--{boundary}--\r\n")
}

fn answer(parts: &[String]) -> Response {
    Response::with_headers(200, multipart("batchresponse_1", parts), |name| {
        (name == "content-type").then(|| "multipart/mixed; boundary=batchresponse_1".to_owned())
    })
}

fn read(parts: &[String]) -> Vec<&'static str> {
    words(batch().read(&answer(parts)).unwrap())
}

fn words(outcomes: Vec<Outcome>) -> Vec<&'static str> {
    let word = |outcome| match outcome {
        Outcome::Done => "done",
        Outcome::Refused(refusal) => {
            assert_eq!(refusal.message.as_deref(), Some("Infolog: No."));
            "refused"
        }
        Outcome::RolledBack => "rolled back",
        Outcome::Unanswered => "unanswered",
    };
    outcomes.into_iter().map(word).collect()
}

#[test]
fn the_wire_form() {
    let mut batch = Batch::new();
    batch.worker("D'Hers", coins(120));
    let request = batch.request(&root(), "a-1");
    assert_eq!(
        request.header("content-type"),
        Some("multipart/mixed; boundary=batch_a1")
    );
    assert_eq!(request.header("accept"), Some("multipart/mixed"));
    assert_eq!(request.header("prefer"), Some("odata.continue-on-error"));
    let want = "--batch_a1\r\n\
        Content-Type: multipart/mixed; boundary=changeset_a1_0\r\n\
        \r\n\
        --changeset_a1_0\r\n\
        Content-Type: application/http\r\n\
        Content-Transfer-Encoding: binary\r\n\
        Content-ID: 1\r\n\
        \r\n\
        PATCH https://contoso.operations.dynamics.com/data/Workers(PersonnelNumber='D''Hers') HTTP/1.1\r\n\
        Content-Type: application/json; type=entry\r\n\
        Accept: application/json\r\n\
        \r\n\
        {\"EloopsCoins_Custom\":120}\r\n\
        --changeset_a1_0--\r\n\
        --batch_a1--\r\n";
    assert_eq!(String::from_utf8(request.body).unwrap(), want);
}

#[test]
fn answers_with_content_ids_in_any_order() {
    let parts = [
        set(&[http(Some(4), DONE)]),
        set(&[http(Some(3), DONE), http(Some(2), DONE)]),
        http(Some(1), NO),
    ];
    assert_eq!(read(&parts), ["refused", "done", "done", "done"]);
}

#[test]
fn answers_without_content_ids_belong_to_the_set_in_their_place() {
    let parts = [
        set(&[http(None, DONE)]),
        http(None, NO),
        set(&[http(None, DONE)]),
    ];
    assert_eq!(read(&parts), ["done", "refused", "refused", "done"]);
    let parts = [http(None, DONE), set(&[http(None, DONE), http(None, DONE)])];
    assert_eq!(read(&parts), ["done", "done", "done", "unanswered"]);
}

#[test]
fn a_refusal_rolls_its_set_back() {
    let parts = [http(None, DONE), http(Some(3), NO)];
    assert_eq!(
        read(&parts),
        ["done", "rolled back", "refused", "unanswered"]
    );
    let parts = [
        http(None, DONE),
        set(&[http(Some(2), DONE), http(Some(3), NO)]),
    ];
    assert_eq!(
        read(&parts),
        ["done", "rolled back", "refused", "unanswered"]
    );
}

#[test]
fn a_success_cannot_speak_for_several_and_strangers_count_for_nothing() {
    let parts = [
        http(Some(99), NO),
        http(None, DONE),
        "Content-Type: text/plain\r\n\r\nhello".into(),
    ];
    assert_eq!(read(&parts), ["unanswered"; 4]);
}

#[test]
fn an_answer_cut_short_leaves_the_rest_unanswered() {
    let parts = [
        set(&[http(Some(1), DONE)]),
        http(Some(2), NO),
        set(&[http(Some(4), DONE)]),
    ];
    let whole = answer(&parts);
    let text = String::from_utf8(whole.body.clone()).unwrap();
    let cut = text.find("Infolog").unwrap();
    let outcomes = batch()
        .read(&Response {
            body: text.as_bytes()[..cut].into(),
            ..whole
        })
        .unwrap();
    assert_eq!(
        words(outcomes),
        ["done", "unanswered", "unanswered", "unanswered"]
    );
}

#[test]
fn line_feeds_alone_and_a_lost_content_type() {
    let body =
        multipart("x", &[set(&[http(Some(1), DONE)]), http(Some(4), NO)]).replace("\r\n", "\n");
    let outcomes = batch().read(&Response::new(200, body)).unwrap();
    assert_eq!(
        words(outcomes),
        ["done", "unanswered", "unanswered", "refused"]
    );
}

#[test]
fn a_batch_refused_as_a_whole() {
    let error = batch().read(&Response::new(503, "")).unwrap_err();
    assert_eq!(error.refusal().unwrap().kind, RefusalKind::Unavailable);
    let error = batch().read(&Response::new(200, "<html>")).unwrap_err();
    assert!(matches!(error, TalentError::Unreadable { .. }), "{error}");
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(status in 190u16..310, body: Vec<u8>, content_type: Option<String>) {
        let response = Response::with_headers(status, body, |name| {
            content_type.clone().filter(|_| name == "content-type")
        });
        let _ = batch().read(&response);
    }

    #[test]
    fn any_likely_body_is_read(
        text in "(--x|--x--|\r\n|\n|Content-ID: [0-9]{1,20}|Content-Type: multipart/mixed; boundary=x|HTTP/1.1 [0-9]{1,5}|é|\\{\\}){0,30}",
    ) {
        prop_assume!(!text.trim().is_empty());
        if let Ok(outcomes) = batch().read(&Response::new(200, format!("--x\r\n{text}"))) {
            prop_assert_eq!(outcomes.len(), 4);
        }
    }

    #[test]
    fn what_is_sent_can_be_split_again(sizes in proptest::collection::vec(1usize..4, 1..6), number: String) {
        let mut batch = Batch::new();
        for size in &sizes {
            batch.change_set(vec![(number.as_str(), coins(-5)); *size]);
        }
        let request = batch.request(&root(), "0192");
        let outer = multipart::boundary(request.header("content-type").unwrap()).unwrap();
        let parts = multipart::parts(&request.body, outer);
        prop_assert_eq!(parts.len(), sizes.len());
        let mut next = 1;
        for (part, size) in parts.into_iter().zip(sizes) {
            let (headers, body) = multipart::headers(part);
            let inner = multipart::boundary(&headers[0].1).unwrap();
            let operations = multipart::parts(body, inner);
            prop_assert_eq!(operations.len(), size);
            for operation in operations {
                let (headers, message) = multipart::headers(operation);
                prop_assert_eq!(&headers[2], &("content-id".to_owned(), next.to_string()));
                prop_assert!(message.starts_with(b"PATCH https://contoso.operations.dynamics.com/data/Workers("));
                let body = coins(-5).json();
                prop_assert!(message.ends_with(body.as_bytes()));
                next += 1;
            }
        }
    }

    #[test]
    fn every_operation_gets_its_own_answer(refused: Vec<bool>) {
        let mut batch = Batch::new();
        for at in 0..refused.len() {
            batch.worker(&at.to_string(), coins(1));
        }
        let parts: Vec<_> = refused
            .iter()
            .enumerate()
            .map(|(at, no)| if *no { http(Some(at + 1), NO) } else { set(&[http(Some(at + 1), DONE)]) })
            .collect();
        let want: Vec<_> = refused.iter().map(|no| if *no { "refused" } else { "done" }).collect();
        prop_assert_eq!(words(batch.read(&answer(&parts)).unwrap()), want);
    }
}
