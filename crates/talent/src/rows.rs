//! The rows this product reads, with exactly the properties it needs.

mod department;
mod employment;
mod fields;
mod position;
mod title;
mod worker;

use serde::Deserialize;
use serde::de::DeserializeSeed;

pub use department::Department;
pub use employment::Employment;
pub use fields::{FieldsShape, WorkerFields};
pub use position::Position;
pub use title::Title;
pub use worker::Worker;

/// A row of one entity set.
pub trait Row: for<'de> Deserialize<'de> {
    /// The entity set.
    const SET: &'static str;
    /// The properties to select.
    const PROPERTIES: &'static [&'static str];
    /// The properties of the key, in the order of `$orderby`.
    const KEY: &'static [&'static str];

    /// The key's values joined, to tell rows apart.
    fn key(&self) -> Box<str>;
}

/// How rows are read: a [`Row`] type by [`Plain`], rows with configured properties by their own.
pub trait Shape {
    /// What one row becomes.
    type Row;
    /// A reader of one row.
    type Seed<'s>: for<'de> DeserializeSeed<'de, Value = Self::Row>
    where
        Self: 's;

    /// A reader of the next row.
    fn seed(&self) -> Self::Seed<'_>;
    /// The properties of the key.
    fn key_properties(&self) -> &'static [&'static str];
    /// The key's values joined.
    fn key(&self, row: &Self::Row) -> Box<str>;
}

/// The shape of rows whose properties are known beforehand.
pub struct Plain<R>(std::marker::PhantomData<fn() -> R>);

impl<R> Plain<R> {
    pub(crate) fn new() -> Self {
        Self(std::marker::PhantomData)
    }
}

impl<R> Clone for Plain<R> {
    fn clone(&self) -> Self {
        Self::new()
    }
}

impl<R> std::fmt::Debug for Plain<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Plain")
    }
}

impl<R: Row> Shape for Plain<R> {
    type Row = R;
    type Seed<'s>
        = std::marker::PhantomData<R>
    where
        R: 's;

    fn seed(&self) -> std::marker::PhantomData<R> {
        std::marker::PhantomData
    }

    fn key_properties(&self) -> &'static [&'static str] {
        R::KEY
    }

    fn key(&self, row: &R) -> Box<str> {
        row.key()
    }
}
