//! `Positions` and `PositionsV2`: who sits where and reports to whom; and the same links by date.

use super::define::{Definition, Fields};
use super::{About, Kind, Navigation};

pub(super) const POSITIONS: Definition = Definition {
    set: "Positions",
    name: "Position",
    ax: "HcmPositionEntity",
    view_of: None,
    key: &["PositionId"],
    required: &[],
    indexed: &[
        "WorkerPersonnelNumber",
        "ReportsToPositionId",
        "DepartmentNumber",
    ],
    related: &[
        ("TitleId", "Titles", "TitleId"),
        ("DepartmentNumber", "DepartmentsV2", "OperatingUnitNumber"),
        ("WorkerPersonnelNumber", "Workers", "PersonnelNumber"),
        ("ReportsToPositionId", "Positions", "PositionId"),
    ],
    about: About::Worker("WorkerPersonnelNumber"),
    fields: &[
        Fields::Plain(
            Kind::Text,
            "PositionId Description PositionTypeId JobId TitleId DepartmentNumber \
             WorkerPersonnelNumber WorkerName WorkerAssignmentReasonCodeId ReportsToPositionId \
             CompensationRegionId PayCycleId PaidByLegalEntity Schedule BenefitId \
             DefaultEarningCodeId LaborUnionId UnionAgreementName UnionAgreementLegalEntity",
        ),
        Fields::Plain(
            Kind::UtcDateTime,
            "Activation AvailableForAssignment WorkerAssignmentStart DetailEffective \
             PayrollDetailEffective ReportsToEffective UnionAgreementEffective",
        ),
        Fields::Plain(
            Kind::OpenEnd,
            "Retirement WorkerAssignmentEnd DetailExpiration PayrollDetailExpiration \
             ReportsToExpiration UnionAgreementExpiration",
        ),
        Fields::Plain(
            Kind::Decimal,
            "FullTimeEquivalent AnnualRegularHours PayPeriodOvertimeHours",
        ),
        Fields::Plain(
            Kind::NO_YES,
            "IsPrimaryPosition IsSalaryGenerated AreEarningsGeneratedFromSchedule",
        ),
    ],
    navigations: NAVIGATIONS,
};

/// The same rows without the reporting line and the union agreement.
pub(super) const POSITIONS_V2: Definition = Definition {
    set: "PositionsV2",
    name: "PositionV2",
    ax: "HcmPositionV2Entity",
    view_of: Some("Positions"),
    fields: &[
        Fields::Plain(
            Kind::Text,
            "PositionId Description PositionTypeId JobId TitleId DepartmentNumber \
             WorkerPersonnelNumber WorkerName WorkerAssignmentReasonCodeId CompensationRegionId \
             PayCycleId PaidByLegalEntity Schedule BenefitId DefaultEarningCodeId",
        ),
        Fields::Plain(
            Kind::UtcDateTime,
            "Activation AvailableForAssignment WorkerAssignmentStart DetailEffective \
             PayrollDetailEffective",
        ),
        Fields::Plain(
            Kind::OpenEnd,
            "Retirement WorkerAssignmentEnd DetailExpiration PayrollDetailExpiration",
        ),
        Fields::Plain(
            Kind::Decimal,
            "FullTimeEquivalent AnnualRegularHours PayPeriodOvertimeHours",
        ),
        Fields::Plain(
            Kind::NO_YES,
            "IsSalaryGenerated AreEarningsGeneratedFromSchedule",
        ),
    ],
    ..POSITIONS
};

const NAVIGATIONS: &[Navigation] = &[
    to_one(
        "Worker",
        "Workers",
        "WorkerPersonnelNumber",
        "PersonnelNumber",
    ),
    to_one(
        "Department",
        "DepartmentsV2",
        "DepartmentNumber",
        "OperatingUnitNumber",
    ),
    to_one("Title", "Titles", "TitleId", "TitleId"),
];

const fn to_one(
    name: &'static str,
    target: &'static str,
    from: &'static str,
    to: &'static str,
) -> Navigation {
    Navigation {
        name,
        target,
        many: false,
        from,
        to,
    }
}

/// Which worker holds a position, by date.
pub(super) const ASSIGNMENTS: Definition = Definition {
    set: "PositionWorkerAssignmentsV2",
    name: "PositionWorkerAssignmentV2",
    ax: "HcmPositionWorkerAssignmentV2Entity",
    view_of: None,
    key: &["PositionId", "ValidFrom"],
    required: &[],
    indexed: &["PersonnelNumber"],
    related: &[],
    about: About::Worker("PersonnelNumber"),
    fields: &[
        Fields::Plain(Kind::Text, "PositionId"),
        Fields::Plain(Kind::UtcDateTime, "ValidFrom"),
        Fields::Plain(Kind::OpenEnd, "ValidTo"),
        Fields::Plain(Kind::Text, "PersonnelNumber ReasonCodeId"),
        Fields::Plain(Kind::NO_YES, "IsPrimaryPosition"),
    ],
    navigations: &[],
};

/// Which position reports to which, by date.
pub(super) const HIERARCHIES: Definition = Definition {
    set: "PositionHierarchies",
    name: "PositionHierarchy",
    ax: "HcmPositionHierarchyEntity",
    view_of: None,
    key: &["PositionId", "HierarchyTypeName", "ValidFrom", "ValidTo"],
    required: &[],
    indexed: &[],
    related: &[],
    about: About::Nobody,
    fields: &[
        Fields::Plain(Kind::Text, "PositionId HierarchyTypeName"),
        Fields::Plain(Kind::UtcDateTime, "ValidFrom"),
        Fields::Plain(Kind::OpenEnd, "ValidTo"),
        Fields::Plain(Kind::Text, "ParentPositionId"),
    ],
    navigations: &[],
};
