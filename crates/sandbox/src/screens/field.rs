//! One value of a form, the way people read it.

use jiff::{Timestamp, tz::TimeZone};
use maud::{Markup, html};

use crate::{
    rows::Value,
    schema::{EMPTY_DATE, EMPTY_MOMENT, Kind, NEVER},
};

/// A label with its value; `name` is the property's name, by which the value is found.
pub(super) fn field(label: &str, name: &str, value: &Markup) -> Markup {
    html! { div.field { dt { (label) } dd data-field=(name) { (value) } } }
}

/// A text in whatever direction it runs; a dash where there is none.
pub(super) fn text(value: &str) -> Markup {
    html! { @if value.is_empty() { (empty()) } @else { bdi { (value) } } }
}

/// Nothing was entered.
fn empty() -> Markup {
    html! { span.none aria-label="empty" role="img" { "–" } }
}

/// A day in UTC; Talent keeps no empty dates, so its earliest means none and its latest no end.
pub(super) fn day(moment: Option<Timestamp>) -> Markup {
    let Some(moment) = moment.filter(|m| ![EMPTY_DATE, EMPTY_MOMENT].contains(&m.as_second()))
    else {
        return empty();
    };
    if moment.as_second() >= NEVER {
        return html! { "Never" };
    }
    let day = moment.to_zoned(TimeZone::UTC);
    html! { time datetime=(day.strftime("%Y-%m-%d")) { (day.strftime("%-d %b %Y")) } }
}

/// A value of a custom field. Numbers have no separators, so that they read the same to everybody.
pub(super) fn custom(kind: Kind, value: &Value) -> Markup {
    match (kind, value) {
        (Kind::Enum(of), Value::Member(position)) => text(of.member(*position)),
        (_, Value::Int(number)) => html! { (number) },
        (_, Value::Decimal(number)) => html! { (number) },
        (Kind::UtcDateTime, Value::Time(seconds)) if *seconds != EMPTY_MOMENT => {
            let moment = Timestamp::from_second(*seconds).unwrap_or(Timestamp::MAX);
            html! { time datetime=(moment) { (moment.strftime("%-d %b %Y, %H:%M UTC")) } }
        }
        (_, Value::Time(seconds)) => day(Timestamp::from_second(*seconds).ok()),
        (_, Value::Guid(guid)) => html! { (guid) },
        (_, value) => text(value.as_text()),
    }
}
