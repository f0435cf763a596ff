//! Values as people read them.

use jiff::{Timestamp, tz::TimeZone};

use crate::{
    rows::{Record, Value},
    schema::{Kind, Property},
};

/// What stands where there is nothing.
pub(super) const NOTHING: &str = "–";

/// A value for people; Talent's sentinel dates are nothing.
pub(super) fn value(record: Record<'_>, property: &Property) -> String {
    match record.row.value(property) {
        Value::Text(text) if text.is_empty() => NOTHING.to_owned(),
        Value::Text(text) => text.into(),
        Value::Int(number) => number.to_string(),
        Value::Decimal(number) => number.to_string(),
        Value::Time(second) => {
            Timestamp::from_second(second).map_or_else(|_| NOTHING.to_owned(), date)
        }
        Value::Member(_) => words(record.member(&property.name)),
        Value::Guid(guid) if guid.is_nil() => NOTHING.to_owned(),
        Value::Guid(guid) => guid.to_string(),
        Value::Null | Value::Bytes(_) | Value::Drawn(_) => NOTHING.to_owned(),
    }
}

/// The value of a property by name.
pub(super) fn field(record: Record<'_>, name: &str) -> String {
    record
        .entity
        .column(name)
        .map_or_else(|| NOTHING.to_owned(), |property| value(record, property))
}

/// A day; empty for the moments that stand for nothing and for never.
fn date(moment: Timestamp) -> String {
    let second = Value::from(moment);
    let sentinels = [Kind::Date, Kind::UtcDateTime, Kind::OpenEnd].map(Kind::default_value);
    if sentinels.contains(&second) {
        return NOTHING.to_owned();
    }
    moment
        .to_zoned(TimeZone::UTC)
        .strftime("%-d %B %Y")
        .to_string()
}

/// `NonSpecific` as `Non specific`.
fn words(member: &str) -> String {
    let mut out = String::new();
    for letter in member.chars() {
        if letter.is_uppercase() && !out.is_empty() {
            out.push(' ');
            out.extend(letter.to_lowercase());
        } else {
            out.push(letter);
        }
    }
    out
}
