//! Writing the answer to a batch.

use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use http::header::CONTENT_LENGTH;

use super::{ItemAnswer, PartAnswer};

/// Makes boundaries differ within a process; they need not be random.
static NEXT: AtomicU64 = AtomicU64::new(1);

fn boundary(kind: &str) -> String {
    let number = u128::from(NEXT.fetch_add(1, Ordering::Relaxed));
    format!("{kind}_{}", uuid::Uuid::from_u128(number))
}

/// Content type and body of the answer.
pub(super) fn items(answers: &[ItemAnswer]) -> (String, Bytes) {
    let outer = boundary("batchresponse");
    let mut out = Vec::new();
    for item in answers {
        push(&mut out, &format!("--{outer}\r\n"));
        match item {
            ItemAnswer::Single(answer) => part(&mut out, answer),
            ItemAnswer::ChangeSet(answers) => {
                let inner = boundary("changesetresponse");
                push(
                    &mut out,
                    &format!("Content-Type: multipart/mixed; boundary={inner}\r\n\r\n"),
                );
                for answer in answers {
                    push(&mut out, &format!("--{inner}\r\n"));
                    part(&mut out, answer);
                }
                push(&mut out, &format!("--{inner}--\r\n"));
            }
        }
    }
    push(&mut out, &format!("--{outer}--\r\n"));
    (format!("multipart/mixed; boundary={outer}"), out.into())
}

fn part(out: &mut Vec<u8>, part: &PartAnswer) {
    push(
        out,
        "Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n",
    );
    if let Some(id) = &part.content_id {
        push(out, &format!("Content-ID: {id}\r\n"));
    }
    push(out, "\r\n");
    let answer = &part.answer;
    push(out, &format!("HTTP/1.1 {}\r\n", answer.status));
    for (name, value) in &answer.headers {
        push(out, &format!("{name}: {value}\r\n"));
    }
    if !answer.body.is_empty() {
        push(out, &format!("{CONTENT_LENGTH}: {}\r\n", answer.body.len()));
    }
    push(out, "\r\n");
    out.extend_from_slice(&answer.body);
    push(out, "\r\n");
}

fn push(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(text.as_bytes());
}
