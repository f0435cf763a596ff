use std::borrow::Cow;
use std::fmt::Write;

use super::Batch;
use crate::{Method, Request, Root, write};

impl Batch {
    /// The request. `id` tells this batch from others and separates its parts; letters and digits
    /// count, e.g. of a UUID. A service that meets a refusal is asked to go on with the next change set.
    pub fn request(&self, root: &Root, id: &str) -> Request {
        let id: String = id
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .take(40)
            .collect();
        let mut body = String::new();
        for (set, operations) in self.sets().enumerate() {
            line(&mut body, format_args!("--batch_{id}"));
            line(
                &mut body,
                format_args!("Content-Type: multipart/mixed; boundary=changeset_{id}_{set}"),
            );
            line(&mut body, format_args!(""));
            for at in operations {
                let operation = &self.operations[at];
                line(&mut body, format_args!("--changeset_{id}_{set}"));
                line(&mut body, format_args!("Content-Type: application/http"));
                line(&mut body, format_args!("Content-Transfer-Encoding: binary"));
                line(&mut body, format_args!("Content-ID: {}", at + 1));
                line(&mut body, format_args!(""));
                let address = write::address(root, &operation.number);
                line(&mut body, format_args!("PATCH {address} HTTP/1.1"));
                line(
                    &mut body,
                    format_args!("Content-Type: application/json; type=entry"),
                );
                line(&mut body, format_args!("Accept: application/json"));
                line(&mut body, format_args!(""));
                line(&mut body, format_args!("{}", operation.changes.json()));
            }
            line(&mut body, format_args!("--changeset_{id}_{set}--"));
        }
        line(&mut body, format_args!("--batch_{id}--"));

        let mut request = Request::get(format!("{}/$batch", root.data()));
        request.method = Method::Post;
        request.headers.retain(|(name, _)| *name != "accept");
        request.headers.extend([
            ("accept", Cow::Borrowed("multipart/mixed")),
            (
                "content-type",
                Cow::Owned(format!("multipart/mixed; boundary=batch_{id}")),
            ),
            ("prefer", Cow::Borrowed("odata.continue-on-error")),
        ]);
        request.body = body.into_bytes();
        request
    }
}

fn line(body: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a String does not fail.
    let _ = body.write_fmt(text);
    body.push_str("\r\n");
}
