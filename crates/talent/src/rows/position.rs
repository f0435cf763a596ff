use serde::Deserialize;

use crate::rows::Row;
use crate::{Moment, enums, text};

/// A row of `Positions`: who sits where, and to whom the seat reports.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Position {
    /// The key.
    #[serde(deserialize_with = "text::key")]
    pub position_id: Box<str>,
    /// Who holds it; none while vacant.
    #[serde(default, deserialize_with = "text::optional")]
    pub worker_personnel_number: Option<Box<str>>,
    /// Since when.
    #[serde(default)]
    pub worker_assignment_start: Moment,
    /// Until when.
    #[serde(default)]
    pub worker_assignment_end: Moment,
    /// The holder's main position, where there are several.
    #[serde(default, deserialize_with = "enums::yes")]
    pub is_primary_position: bool,
    /// The seat above.
    #[serde(default, deserialize_with = "text::optional")]
    pub reports_to_position_id: Option<Box<str>>,
    /// Since when it reports there.
    #[serde(default)]
    pub reports_to_effective: Moment,
    /// Until when.
    #[serde(default)]
    pub reports_to_expiration: Moment,
    /// A key of `DepartmentsV2`.
    #[serde(default, deserialize_with = "text::optional")]
    pub department_number: Option<Box<str>>,
    /// The position's title, where the worker has none of their own.
    #[serde(default, deserialize_with = "text::optional")]
    pub title_id: Option<Box<str>>,
}

impl Row for Position {
    const SET: &'static str = "Positions";
    const PROPERTIES: &'static [&'static str] = &[
        "PositionId",
        "WorkerPersonnelNumber",
        "WorkerAssignmentStart",
        "WorkerAssignmentEnd",
        "IsPrimaryPosition",
        "ReportsToPositionId",
        "ReportsToEffective",
        "ReportsToExpiration",
        "DepartmentNumber",
        "TitleId",
    ];
    const KEY: &'static [&'static str] = &["PositionId"];

    fn key(&self) -> Box<str> {
        self.position_id.clone()
    }
}
