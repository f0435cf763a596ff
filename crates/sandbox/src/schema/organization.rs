//! `DepartmentsV2` and `Titles`.

use super::define::{Definition, Fields};
use super::enums::{INTERNAL_ORGANIZATION_TYPE, OPERATING_UNIT_TYPE};
use super::{About, Kind};

pub(super) const DEPARTMENTS: Definition = Definition {
    set: "DepartmentsV2",
    name: "DepartmentV2",
    ax: "OMDepartmentV2Entity",
    view_of: None,
    key: &["OperatingUnitNumber"],
    required: &["Name"],
    indexed: &["PartyNumber"],
    related: &[],
    about: About::Nobody,
    fields: &[
        Fields::Plain(
            Kind::Text,
            "OperatingUnitNumber Name KnownAs SearchName Memo Language PartyNumber PartyType \
             AddressLocationRoles",
        ),
        Fields::Plain(Kind::Enum(&OPERATING_UNIT_TYPE), "OperatingUnitTypes"),
        Fields::Plain(Kind::Enum(&INTERNAL_ORGANIZATION_TYPE), "OrganizationType"),
        Fields::Cross {
            kind: Kind::Text,
            before: "PrimaryAddress",
            middles: "City State Description ZipCode Street County CountryRegionId \
                      CountryRegionISOCode",
            ends: "-",
        },
        Fields::Plain(Kind::UtcDateTime, "PrimaryAddressValidFrom"),
        Fields::Plain(Kind::OpenEnd, "PrimaryAddressValidTo"),
        Fields::Cross {
            kind: Kind::Text,
            before: "PrimaryContact",
            middles: "Email Facebook Fax LinkedIn Phone Telex Twitter URL",
            ends: "- Description Purpose",
        },
        Fields::Plain(
            Kind::Text,
            "PrimaryContactFaxExtension PrimaryContactPhoneExtension",
        ),
        Fields::Plain(
            Kind::NO_YES,
            "PrimaryContactEmailIsIM PrimaryContactPhoneIsMobile PrimaryContactFacebookIsPrivate \
             PrimaryContactLinkedInIsPrivate PrimaryContactTwitterIsPrivate",
        ),
    ],
    navigations: &[],
};

pub(super) const TITLES: Definition = Definition {
    set: "Titles",
    name: "Title",
    ax: "HcmTitleEntity",
    view_of: None,
    key: &["TitleId"],
    required: &[],
    indexed: &[],
    related: &[],
    about: About::Nobody,
    fields: &[Fields::Plain(Kind::Text, "TitleId")],
    navigations: &[],
};
