//! `Workers`: 111 properties, the record HR keeps of a person.

use super::define::{Definition, Fields};
use super::enums::{MARITAL_STATUS, PERSON_GENDER, WORKER_RELATION_TYPE, WORKER_STATUS};
use super::{About, Kind, Navigation};

const CONTACTS: &str = "Email Facebook Fax LinkedIn Phone Twitter URL";

pub(super) const WORKERS: Definition = Definition {
    set: "Workers",
    name: "Worker",
    ax: "HcmWorkerEntity",
    view_of: None,
    key: &["PersonnelNumber"],
    required: &["FirstName", "LastName"],
    indexed: &["PartyNumber", "ObjectId", "IdentityEmail"],
    related: &[("TitleId", "Titles", "TitleId")],
    about: About::Worker("PersonnelNumber"),
    fields: &[
        Fields::Plain(Kind::Text, "PersonnelNumber"),
        Fields::Plain(
            Kind::Text,
            "Name FirstName MiddleName LastNamePrefix LastName NameAlias KnownAs \
             NameSequenceDisplayAs PersonalTitle PersonalSuffix ProfessionalTitle \
             ProfessionalSuffix PhoneticFirstName PhoneticMiddleName PhoneticLastName",
        ),
        Fields::Plain(Kind::Enum(&WORKER_STATUS), "WorkerStatus"),
        Fields::Plain(Kind::Enum(&WORKER_RELATION_TYPE), "WorkerType"),
        Fields::Plain(
            Kind::Text,
            "PartyNumber PartyType LanguageId NativeLanguageId TitleId User IdentityEmail \
             IdentityProvider OfficeLocation OfficeLocationId AddressBooks ElectronicLocationId",
        ),
        Fields::Plain(Kind::Guid, "ObjectId"),
        Fields::Plain(Kind::Int64, "PrimaryAddressLocation"),
        Fields::Plain(Kind::Int32, "NumberOfDependents"),
        Fields::Plain(
            Kind::Date,
            "BirthDate DeceasedDate DisabledVerificationDate MilitaryServiceStartDate \
             MilitaryServiceEndDate ExpatriateRulingValidFrom ExpatriateRulingValidTo",
        ),
        Fields::Plain(
            Kind::UtcDateTime,
            "SeniorityDate OriginalHireDateTime AnniversaryDateTime AddressValidFrom \
             PersonDetailsValidFrom PersonUserValidFrom SummaryValidFrom",
        ),
        Fields::Plain(
            Kind::OpenEnd,
            "AddressValidTo PersonDetailsValidTo PersonUserValidTo SummaryValidTo",
        ),
        Fields::Plain(Kind::Enum(&PERSON_GENDER), "Gender"),
        Fields::Plain(Kind::Enum(&MARITAL_STATUS), "MaritalStatus"),
        Fields::Plain(
            Kind::NO_YES,
            "AllowRehire IsDisabled IsDisabledVeteran IsExpatriateRulingApplicable \
             IsFulltimeStudent WorksFromHome PrimaryContactEmailIsIM PrimaryContactPhoneIsMobile",
        ),
        Fields::Cross {
            kind: Kind::NO_YES,
            before: "PrimaryContact",
            middles: CONTACTS,
            ends: "IsPrivate",
        },
        Fields::Plain(
            Kind::Text,
            "EthnicOriginId VeteranStatusId Education CitizenshipCountryRegion \
             NationalityCountryRegion PersonBirthCity PersonBirthCountryRegion \
             FatherBirthCountryRegion MotherBirthCountryRegion",
        ),
        Fields::Cross {
            kind: Kind::Text,
            before: "PrimaryContact",
            middles: CONTACTS,
            ends: "- Description Purpose",
        },
        Fields::Plain(
            Kind::Text,
            "PrimaryContactFaxExtension PrimaryContactPhoneExtension",
        ),
        Fields::Plain(
            Kind::Text,
            "AddressStreet AddressCity AddressCounty AddressState AddressZipCode \
             AddressCountryRegionId AddressCountryRegionISOCode AddressDistrictName \
             AddressLocationId AddressNameDescription AddressPurpose",
        ),
    ],
    navigations: &[
        to_many("Positions", "Positions", "WorkerPersonnelNumber"),
        to_many("PositionsV2", "PositionsV2", "WorkerPersonnelNumber"),
        to_many("EmploymentV2", "EmploymentsV2", "PersonnelNumber"),
        Navigation {
            name: "Title",
            target: "Titles",
            many: false,
            from: "TitleId",
            to: "TitleId",
        },
    ],
};

const fn to_many(name: &'static str, target: &'static str, to: &'static str) -> Navigation {
    Navigation {
        name,
        target,
        many: true,
        from: "PersonnelNumber",
        to,
    }
}
