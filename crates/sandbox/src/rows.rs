//! The rows of Talent's entities: kept in memory, sparse, ordered by key, and found by key or
//! by a few other properties without a scan.
//!
//! [`Store`] shares them between requests. Sets and properties are named as Talent names them;
//! values are [`Value`]s. What a row does not hold has its kind's default.

mod cell;
mod edit;
mod error;
mod index;
mod key;
mod record;
mod row;
mod store;
mod table;
mod tables;
mod value;

pub(crate) use edit::fits;
pub use edit::{Leniency, parse_field, parse_fields};
pub use error::RowError;
pub use key::RowKey;
pub use record::Record;
pub use row::Row;
pub use store::Store;
pub use table::Table;
pub use tables::{Before, Tables};
pub use value::{Drawing, Value};
