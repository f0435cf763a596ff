use serde::Deserialize;

use crate::rows::Row;
use crate::{EmploymentType, Moment, text};

/// A row of `EmploymentsV2`: one employment of a worker at one legal entity.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Employment {
    /// The worker.
    #[serde(deserialize_with = "text::key")]
    pub personnel_number: Box<str>,
    /// The company.
    #[serde(deserialize_with = "text::key")]
    pub legal_entity_id: Box<str>,
    /// Which employment there; a rehire has a new one.
    #[serde(deserialize_with = "text::key")]
    pub employment_id: Box<str>,
    /// First day.
    #[serde(default)]
    pub employment_start_date: Moment,
    /// Last day; [open](Moment::is_open) while nobody has set an end.
    #[serde(default)]
    pub employment_end_date: Moment,
    /// Employee or contractor.
    #[serde(default)]
    pub worker_type: EmploymentType,
}

impl Row for Employment {
    const SET: &'static str = "EmploymentsV2";
    const PROPERTIES: &'static [&'static str] = &[
        "PersonnelNumber",
        "LegalEntityId",
        "EmploymentId",
        "EmploymentStartDate",
        "EmploymentEndDate",
        "WorkerType",
    ];
    const KEY: &'static [&'static str] = &["PersonnelNumber", "LegalEntityId", "EmploymentId"];

    fn key(&self) -> Box<str> {
        [
            &*self.personnel_number,
            &*self.legal_entity_id,
            &*self.employment_id,
        ]
        .join("\u{1f}")
        .into()
    }
}
