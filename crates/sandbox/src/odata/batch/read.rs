//! Reading a multipart batch. RFC 2046 §5.1; line ends may be CRLF or LF.

use http::Method;

use super::{Item, Part};
use crate::odata::error::Failure;
use crate::odata::mount;

/// The items of a batch.
pub(super) fn items(content_type: &str, body: &[u8]) -> Result<Vec<Item>, Failure> {
    let boundary = boundary(content_type).ok_or_else(|| {
        Failure::bad("A batch needs the Content-Type 'multipart/mixed' with a boundary.")
    })?;
    parts(body, &boundary)?.into_iter().map(item).collect()
}

fn item(part: &[u8]) -> Result<Item, Failure> {
    let (headers, content) = Headers::read(part)?;
    let content_type = headers.get("content-type").unwrap_or("");
    match boundary(content_type) {
        Some(boundary) => {
            let operations = parts(content, &boundary)?.into_iter().map(operation);
            Ok(Item::ChangeSet(operations.collect::<Result<_, _>>()?))
        }
        None => Ok(Item::Single(operation(part)?)),
    }
}

/// A part of the type `application/http`: a request inside a part.
fn operation(part: &[u8]) -> Result<Part, Failure> {
    let (outer, request) = Headers::read(part)?;
    let content_type = outer.get("content-type").unwrap_or("");
    if !content_type
        .to_ascii_lowercase()
        .starts_with("application/http")
    {
        let message = format!(
            "A part of a batch has the Content-Type '{content_type}'; 'application/http' was expected."
        );
        return Err(Failure::bad(message));
    }
    let (line, rest) = line(request);
    let line = String::from_utf8_lossy(line);
    let bad_line = || {
        Failure::bad(format!(
            "'{line}' is not a request line like 'PATCH address HTTP/1.1'."
        ))
    };
    let (method, address) = line.split_once(' ').ok_or_else(bad_line)?;
    let (address, _version) = address.trim().rsplit_once(" HTTP/").ok_or_else(bad_line)?;
    let method = Method::from_bytes(method.as_bytes()).map_err(|_| bad_line())?;
    let (headers, body) = Headers::read(rest)?;
    let (path, query) = address
        .trim()
        .split_once('?')
        .unwrap_or((address.trim(), ""));
    let path = mount::of_operation(path).ok_or_else(|| Failure::no_segment(path))?;
    let content_id = outer.get("content-id").or(headers.get("content-id"));
    Ok(Part {
        content_id: content_id.map(str::to_owned),
        method,
        path,
        query: query.to_owned(),
        accept: headers.get("accept").unwrap_or("").to_owned(),
        if_match: headers.get("if-match").map(str::to_owned),
        body: body.to_vec(),
    })
}

/// Lower-case names and values.
struct Headers(Vec<(String, String)>);

impl Headers {
    /// Reads up to the empty line; gives what follows.
    fn read(mut bytes: &[u8]) -> Result<(Self, &[u8]), Failure> {
        let mut headers = Vec::new();
        while !bytes.is_empty() {
            let (line, rest) = line(bytes);
            bytes = rest;
            if line.is_empty() {
                break;
            }
            let line = String::from_utf8_lossy(line);
            let (name, value) = line.split_once(':').ok_or_else(|| {
                Failure::bad(format!(
                    "'{line}' in the batch is not a header like 'Name: value'."
                ))
            })?;
            headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
        Ok((Self(headers), bytes))
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

/// The boundary of `multipart/mixed; boundary=…`.
fn boundary(content_type: &str) -> Option<String> {
    let mut parameters = content_type.split(';');
    let media = parameters.next()?.trim();
    if !media.eq_ignore_ascii_case("multipart/mixed") {
        return None;
    }
    let boundary = parameters.find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim()
            .eq_ignore_ascii_case("boundary")
            .then(|| value.trim().trim_matches('"'))
    })?;
    (!boundary.is_empty()).then(|| boundary.to_owned())
}

/// What stands between the delimiters.
fn parts<'a>(body: &'a [u8], boundary: &str) -> Result<Vec<&'a [u8]>, Failure> {
    let delimiter = format!("--{boundary}");
    let last = format!("--{boundary}--");
    let mut parts = Vec::new();
    let mut begin: Option<usize> = None;
    let mut at = 0;
    while at < body.len() {
        let (line, rest) = line(&body[at..]);
        let next = body.len() - rest.len();
        let line = line.trim_ascii_end();
        let ends = line == last.as_bytes();
        if ends || line == delimiter.as_bytes() {
            if let Some(begin) = begin {
                parts.push(without_line_end(&body[begin..at]));
            }
            if ends {
                return Ok(parts);
            }
            begin = Some(next);
        }
        at = next;
    }
    Err(Failure::bad(format!(
        "The batch does not end with '{last}'; was it cut short?"
    )))
}

/// The first line without its end, and what follows.
fn line(bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = bytes.iter().position(|byte| *byte == b'\n');
    let (line, rest) = match end {
        Some(end) => (&bytes[..end], &bytes[end + 1..]),
        None => (bytes, &bytes[bytes.len()..]),
    };
    (line.strip_suffix(b"\r").unwrap_or(line), rest)
}

/// The line end before a delimiter belongs to the delimiter.
fn without_line_end(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    bytes.strip_suffix(b"\r").unwrap_or(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::items;

    proptest! {
        #[test]
        fn never_panics(
            content_type in "(multipart/mixed; ?boundary=)?[a-c\"]{0,3}",
            body in "(--a\r\n|--a--|--b\n|--b--\r\n|Content-Type: application/http\r\n|\r\n|PATCH /data/Workers|Content-Type: multipart/mixed; boundary=b\n| HTTP/1.1|[\\PC]{0,4}){0,12}",
        ) {
            let _any = items(&content_type, body.as_bytes());
        }
    }
}
