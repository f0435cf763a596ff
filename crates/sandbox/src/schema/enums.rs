//! Talent's enums, with their members and values.

use super::NAMESPACE;

/// An enum type; its members travel by name.
#[derive(Debug, PartialEq, Eq)]
pub struct EnumType {
    /// The name without the namespace.
    pub name: &'static str,
    /// Names and values, the first is the default.
    pub members: &'static [(&'static str, i32)],
}

impl EnumType {
    /// `Microsoft.Dynamics.DataEntities.<name>`.
    #[must_use]
    pub fn full_name(&self) -> String {
        format!("{NAMESPACE}.{}", self.name)
    }

    /// The position of a member, by its exact name.
    #[must_use]
    pub fn position(&self, member: &str) -> Option<u8> {
        let at = self.members.iter().position(|(name, _)| *name == member)?;
        u8::try_from(at).ok()
    }

    /// The name of the member at a position; the first one's when there is none.
    #[must_use]
    pub fn member(&self, position: u8) -> &'static str {
        self.members
            .get(usize::from(position))
            .unwrap_or(&self.members[0])
            .0
    }
}

/// Talent's boolean.
pub static NO_YES: EnumType = EnumType {
    name: "NoYes",
    members: &[("No", 0), ("Yes", 1)],
};

/// `Workers.WorkerStatus`.
pub static WORKER_STATUS: EnumType = EnumType {
    name: "HcmWorkerStatus",
    members: &[("Pending", 0), ("Employed", 1), ("Terminated", 2)],
};

/// `Workers.WorkerType`.
pub static WORKER_RELATION_TYPE: EnumType = EnumType {
    name: "HcmWorkerRelationType",
    members: &[("Both", 0), ("Employee", 1), ("Contractor", 2)],
};

/// `EmploymentsV2.WorkerType`.
pub static EMPLOYMENT_TYPE: EnumType = EnumType {
    name: "HcmEmploymentType",
    members: &[("Employee", 0), ("Contractor", 1)],
};

/// `Workers.Gender`.
pub static PERSON_GENDER: EnumType = EnumType {
    name: "HcmPersonGender",
    members: &[("None", 0), ("Male", 1), ("Female", 2), ("NonSpecific", 3)],
};

/// `Workers.MaritalStatus`.
pub static MARITAL_STATUS: EnumType = EnumType {
    name: "HcmPersonMaritalStatus",
    members: &[
        ("None", 0),
        ("Married", 1),
        ("Single", 2),
        ("Widowed", 3),
        ("Divorced", 4),
        ("Cohabiting", 5),
        ("RegisteredPartnership", 6),
        ("Separated", 7),
        ("CivilPartnership", 8),
    ],
};

/// `DepartmentsV2.OrganizationType`.
pub static INTERNAL_ORGANIZATION_TYPE: EnumType = EnumType {
    name: "OmInternalOrganizationType",
    members: &[
        ("None", 0),
        ("LegalEntity", 1),
        ("OperatingUnit", 2),
        ("Team", 3),
    ],
};

/// `DepartmentsV2.OperatingUnitTypes`.
pub static OPERATING_UNIT_TYPE: EnumType = EnumType {
    name: "OmOperatingUnitType",
    members: &[
        ("None", 0),
        ("OMDepartment", 1),
        ("OMCostCenter", 2),
        ("OMValueStream", 3),
        ("OMBusinessUnit", 4),
        ("OMAnyOU", 5),
        ("RetailChannel", 6),
    ],
};

/// Every enum of `$metadata`.
pub static ALL: [&EnumType; 8] = [
    &NO_YES,
    &WORKER_STATUS,
    &WORKER_RELATION_TYPE,
    &EMPLOYMENT_TYPE,
    &PERSON_GENDER,
    &MARITAL_STATUS,
    &INTERNAL_ORGANIZATION_TYPE,
    &OPERATING_UNIT_TYPE,
];
