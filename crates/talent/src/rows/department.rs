use serde::Deserialize;

use crate::rows::Row;
use crate::text;

/// A row of `DepartmentsV2`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Department {
    /// The key; `Positions.DepartmentNumber` points here.
    #[serde(deserialize_with = "text::key")]
    pub operating_unit_number: Box<str>,
    /// What people call it.
    #[serde(default, deserialize_with = "text::optional")]
    pub name: Option<Box<str>>,
}

impl Row for Department {
    const SET: &'static str = "DepartmentsV2";
    const PROPERTIES: &'static [&'static str] = &["OperatingUnitNumber", "Name"];
    const KEY: &'static [&'static str] = &["OperatingUnitNumber"];

    fn key(&self) -> Box<str> {
        self.operating_unit_number.clone()
    }
}
