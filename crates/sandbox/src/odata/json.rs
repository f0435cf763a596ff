//! Rows as JSON, written straight into the answer's bytes.

use std::io::Write as _;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::shape::Shape;
use crate::rows::{Row, Value};
use crate::schema::Kind;

/// A row with the rows it leads to, one list for each expanded navigation.
#[derive(Clone, Debug)]
pub(super) struct Hit {
    pub(super) row: Arc<Row>,
    pub(super) related: Vec<Vec<Arc<Row>>>,
}

/// Writes a row as an object; `context` is its `@odata.context`, when it stands alone.
pub(super) fn hit(out: &mut Vec<u8>, hit: &Hit, shape: &Shape, context: Option<&str>) {
    out.push(b'{');
    if let Some(context) = context {
        out.extend_from_slice(b"\"@odata.context\":");
        text(out, context);
        out.push(b',');
    }
    members(out, &hit.row, shape);
    for (expanded, rows) in shape.expanded.iter().zip(&hit.related) {
        out.extend_from_slice(&expanded.head);
        let mut written = rows.iter().map(|row| (row, &expanded.shape));
        if expanded.navigation.many {
            out.push(b'[');
            for (row, shape) in written {
                out.push(b'{');
                members(out, row, shape);
                close(out, b'}');
                out.push(b',');
            }
            close(out, b']');
        } else if let Some((row, shape)) = written.next() {
            out.push(b'{');
            members(out, row, shape);
            close(out, b'}');
        } else {
            out.extend_from_slice(b"null");
        }
        out.push(b',');
    }
    close(out, b'}');
}

/// Writes the members of a row, each followed by a comma.
fn members(out: &mut Vec<u8>, row: &Row, shape: &Shape) {
    if shape.etags {
        out.extend_from_slice(b"\"@odata.etag\":");
        text(out, &row.etag());
        out.push(b',');
    }
    for column in &shape.columns {
        out.extend_from_slice(&column.head);
        match row.stored(&column.property) {
            Some(stored) => value(out, column.property.kind, stored),
            None => out.extend_from_slice(&column.default),
        }
        out.push(b',');
    }
}

/// Closes an object or array whose members each end in a comma.
pub(super) fn close(out: &mut Vec<u8>, bracket: u8) {
    if out.last() == Some(&b',') {
        out.pop();
    }
    out.push(bracket);
}

/// Writes a value.
pub(super) fn value(out: &mut Vec<u8>, kind: Kind, value: &Value) {
    match value {
        Value::Null => out.extend_from_slice(b"null"),
        Value::Text(own) => text(out, own),
        Value::Int(number) => display(out, number),
        Value::Decimal(number) => display(out, number),
        Value::Time(seconds) => match jiff::Timestamp::from_second(*seconds) {
            Ok(moment) => quoted(out, moment),
            Err(_) => out.extend_from_slice(b"\"1900-01-01T00:00:00Z\""),
        },
        Value::Guid(guid) => quoted(out, guid),
        Value::Member(position) => match kind {
            Kind::Enum(of) => quoted(out, of.member(*position)),
            _ => display(out, position),
        },
        Value::Bytes(_) | Value::Drawn(_) => {
            let bytes = value.as_bytes().unwrap_or_default();
            quoted(out, STANDARD.encode(bytes));
        }
    }
}

/// Writes a text in quotes, escaped.
pub(super) fn text(out: &mut Vec<u8>, text: &str) {
    let written = serde_json::to_writer(&mut *out, text);
    // A text always has a JSON form, and writing to a Vec does not fail.
    debug_assert!(written.is_ok());
}

fn display(out: &mut Vec<u8>, value: impl std::fmt::Display) {
    // Writing to a Vec does not fail.
    let written = write!(out, "{value}");
    debug_assert!(written.is_ok());
}

/// Quotes around what needs no escapes.
fn quoted(out: &mut Vec<u8>, value: impl std::fmt::Display) {
    out.push(b'"');
    display(out, value);
    out.push(b'"');
}
