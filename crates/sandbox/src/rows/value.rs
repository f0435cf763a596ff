//! A value of one property.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use uuid::Uuid;

/// A value of one property. What it means depends on the property's
/// [`Kind`](crate::schema::Kind).
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// No value; only `Edm.Binary` has it.
    Null,
    /// `Edm.String`.
    Text(Box<str>),
    /// `Edm.Int32` and `Edm.Int64`.
    Int(i64),
    /// `Edm.Decimal`.
    Decimal(f64),
    /// `Edm.DateTimeOffset`, seconds since the epoch.
    Time(i64),
    /// `Edm.Guid`.
    Guid(Uuid),
    /// The position of an enum member.
    Member(u8),
    /// `Edm.Binary`.
    Bytes(Bytes),
    /// `Edm.Binary` that is made each time it is read.
    Drawn(Drawing),
}

/// Bytes that are made when they are read, so that the portraits of a large company take no
/// memory.
#[derive(Clone)]
pub struct Drawing(Arc<dyn Fn() -> Bytes + Send + Sync>);

impl Drawing {
    /// Bytes that `draw` makes; it should give the same ones each time.
    pub fn new(draw: impl Fn() -> Bytes + Send + Sync + 'static) -> Self {
        Self(Arc::new(draw))
    }

    /// Makes the bytes.
    #[must_use]
    pub fn draw(&self) -> Bytes {
        (self.0)()
    }
}

impl fmt::Debug for Drawing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Drawing")
    }
}

impl PartialEq for Drawing {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Value {
    /// The text, or `""` when this is something else.
    #[must_use]
    pub fn as_text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            _ => "",
        }
    }

    /// The bytes, drawn when need be; `None` when this is something else.
    #[must_use]
    pub fn as_bytes(&self) -> Option<Bytes> {
        match self {
            Self::Bytes(bytes) => Some(bytes.clone()),
            Self::Drawn(drawing) => Some(drawing.draw()),
            _ => None,
        }
    }

    /// A day at noon, as Talent keeps an AX `Date`.
    #[must_use]
    pub fn date(day: jiff::civil::Date) -> Self {
        Self::moment(day, 12)
    }

    /// The beginning of a day in UTC.
    #[must_use]
    pub fn midnight(day: jiff::civil::Date) -> Self {
        Self::moment(day, 0)
    }

    fn moment(day: jiff::civil::Date, hour: i64) -> Self {
        let days = day
            .duration_since(jiff::civil::Date::constant(1970, 1, 1))
            .as_secs();
        Self::Time(days + hour * 3600)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(Box::from(text))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text.into_boxed_str())
    }
}

impl From<jiff::Timestamp> for Value {
    fn from(moment: jiff::Timestamp) -> Self {
        Self::Time(moment.as_second())
    }
}

impl From<Uuid> for Value {
    fn from(guid: Uuid) -> Self {
        Self::Guid(guid)
    }
}
