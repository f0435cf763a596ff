//! `EmploymentsV2`: from when to when somebody works for a legal entity.

use super::define::{Definition, Fields};
use super::enums::EMPLOYMENT_TYPE;
use super::{About, Kind, Navigation};

pub(super) const EMPLOYMENTS: Definition = Definition {
    set: "EmploymentsV2",
    name: "EmploymentV2",
    ax: "HcmEmploymentV2Entity",
    view_of: None,
    key: &["PersonnelNumber", "LegalEntityId", "EmploymentId"],
    required: &[],
    indexed: &["PersonnelNumber"],
    related: &[],
    about: About::Worker("PersonnelNumber"),
    fields: &[
        Fields::Plain(Kind::Text, "PersonnelNumber LegalEntityId EmploymentId"),
        Fields::Plain(Kind::UtcDateTime, "EmploymentStartDate"),
        Fields::Plain(Kind::OpenEnd, "EmploymentEndDate"),
        Fields::Plain(Kind::Enum(&EMPLOYMENT_TYPE), "WorkerType"),
        Fields::Plain(
            Kind::Text,
            "DimensionDisplayValue RegulatoryEstablishmentId CalendarId CalendarLegalEntityId",
        ),
    ],
    navigations: &[Navigation {
        name: "Worker",
        target: "Workers",
        many: false,
        from: "PersonnelNumber",
        to: "PersonnelNumber",
    }],
};
