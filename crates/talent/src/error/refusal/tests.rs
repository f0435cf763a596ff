use proptest::prelude::*;

use super::*;

fn refusal(status: u16, body: &str) -> Refusal {
    Refusal::read(&Response::new(status, body))
}

#[test]
fn the_infolog_is_what_counts() {
    let body = r#"{"error":{"code":"","message":"An error has occurred.","innererror":{"message":
        "Write failed for table row of type 'HcmWorkerEntity'. Infolog: Warning: Blocked.","type":"","stacktrace":""}}}"#;
    let refusal = refusal(400, body);
    assert_eq!(refusal.kind, RefusalKind::Invalid);
    assert_eq!(
        refusal.to_string(),
        "Talent answered 400: Write failed for table row of type 'HcmWorkerEntity'. Infolog: Warning: \
         Blocked."
    );
    assert!(!refusal.is_retryable());
}

#[test]
fn other_bodies() {
    assert_eq!(
        refusal(500, r#"{"Message":"Busy."}"#).message.as_deref(),
        Some("Busy.")
    );
    let outer = refusal(
        400,
        r#"{"error":{"code":"0x8","message":"Outer.","innererror":{"message":""}}}"#,
    );
    assert_eq!(
        (outer.message.as_deref(), outer.code.as_deref()),
        (Some("Outer."), Some("0x8"))
    );
    for body in [
        "",
        "<html>",
        "[]",
        "null",
        r#"{"error":5}"#,
        r#"{"error":{"message":{"value":"x"}}}"#,
    ] {
        assert_eq!(refusal(404, body).message, None, "{body}");
    }
    let long = format!(r#"{{"Message":"{}"}}"#, "é".repeat(5_000));
    assert_eq!(refusal(400, &long).message.unwrap().chars().count(), 2_000);
}

#[test]
fn kinds_and_whether_to_come_again() {
    let cases = [
        (401, RefusalKind::Unauthorized, false),
        (403, RefusalKind::Forbidden, false),
        (404, RefusalKind::NotFound, false),
        (412, RefusalKind::Conflict, false),
        (429, RefusalKind::Throttled, true),
        (408, RefusalKind::Unavailable, true),
        (501, RefusalKind::Unavailable, false),
        (503, RefusalKind::Unavailable, true),
        (302, RefusalKind::Invalid, false),
    ];
    for (status, kind, again) in cases {
        let refusal = refusal(status, "");
        assert_eq!(
            (refusal.kind, refusal.is_retryable()),
            (kind, again),
            "{status}"
        );
        assert!(
            refusal.to_string().len() > 25,
            "{refusal} should say what to do"
        );
    }
    let conflict = refusal(
        400,
        r#"{"error":{"innererror":{"message":"An update conflict occurred due to another user process."}}}"#,
    );
    assert_eq!(
        (conflict.kind, conflict.is_retryable()),
        (RefusalKind::Conflict, true)
    );
}

#[test]
fn headers_are_kept() {
    let headers = [
        ("retry-after", "2"),
        ("ms-dyn-aid", "abc"),
        ("server-timing", "dtTotal;dur=9"),
    ];
    let response = Response::with_headers(429, "", |name| {
        headers
            .iter()
            .find(|(have, _)| *have == name)
            .map(|(_, value)| (*value).to_owned())
    });
    let refusal = Refusal::read(&response);
    assert_eq!(refusal.retry_after, Some(RetryAfter::Seconds(2)));
    assert_eq!(
        refusal.trace.to_string(),
        "ms-dyn-aid abc, server-timing dtTotal;dur=9"
    );
}

proptest! {
    #[test]
    fn any_answer_is_read(status: u16, body: Vec<u8>) {
        let _ = Refusal::read(&Response::new(status, body)).to_string();
    }

    #[test]
    fn any_json_is_read(status: u16, text in r#"(\{"error":|\{"Message":|\[|"|[0-9]|\}|,|null|"innererror":\{){0,12}"#) {
        let _ = Refusal::read(&Response::new(status, text));
    }
}
