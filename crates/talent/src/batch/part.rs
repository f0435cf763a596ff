use super::multipart;
use crate::Response;

/// One part of a batch's answer.
#[derive(Debug)]
pub(super) enum Part {
    /// The answers of a change set that was carried out.
    Set(Vec<Answer>),
    /// One answer: of an operation on its own, or of a whole change set that was refused.
    One(Answer),
}

/// One operation's answer.
#[derive(Debug)]
pub(super) struct Answer {
    /// `Content-ID`, as we gave it.
    pub(super) id: Option<usize>,
    pub(super) response: Response,
}

/// Reads a part; one that is neither a change set nor HTTP is none.
pub(super) fn read(part: &[u8]) -> Option<Part> {
    let (headers, body) = multipart::headers(part);
    let content_type = value(&headers, "content-type").unwrap_or_default();
    match multipart::boundary(content_type) {
        Some(boundary) => {
            let parts = multipart::parts(body, boundary);
            let answers = parts.into_iter().filter_map(|part| {
                let (headers, body) = multipart::headers(part);
                answer(&headers, body)
            });
            Some(Part::Set(answers.collect()))
        }
        None => answer(&headers, body).map(Part::One),
    }
}

fn answer(outer: &[(String, String)], message: &[u8]) -> Option<Answer> {
    let message = message.trim_ascii_start();
    let end = message
        .iter()
        .position(|byte| *byte == b'\n')
        .map_or(message.len(), |at| at + 1);
    let (line, rest) = message.split_at(end);
    let mut words = std::str::from_utf8(line).ok()?.split_ascii_whitespace();
    if !words.next()?.starts_with("HTTP/") {
        return None;
    }
    let status = words
        .next()?
        .parse()
        .ok()
        .filter(|status| (100..1000).contains(status))?;
    let (inner, body) = multipart::headers(rest);
    let id = value(outer, "content-id").or_else(|| value(&inner, "content-id"));
    Some(Answer {
        id: id.and_then(|id| id.trim_matches(['<', '>']).parse().ok()),
        response: Response::with_headers(status, body, |name| {
            value(&inner, name).map(str::to_owned)
        }),
    })
}

fn value<'h>(headers: &'h [(String, String)], name: &str) -> Option<&'h str> {
    headers
        .iter()
        .find(|(have, _)| have == name)
        .map(|(_, value)| value.as_str())
}
