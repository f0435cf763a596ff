use serde::Deserialize;

use crate::rows::Row;
use crate::{Guid, WorkerStatus, WorkerType, guid, text};

/// A row of `Workers`: the person.
///
/// Birth date, gender, marital status and addresses are not here, because they are never asked for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Worker {
    /// The key.
    #[serde(deserialize_with = "text::key")]
    pub personnel_number: Box<str>,
    /// Display name.
    #[serde(default, deserialize_with = "text::plain")]
    pub name: Box<str>,
    /// First name.
    #[serde(default, deserialize_with = "text::optional")]
    pub first_name: Option<Box<str>>,
    /// Last name.
    #[serde(default, deserialize_with = "text::optional")]
    pub last_name: Option<Box<str>>,
    /// Contact e-mail: for contact only, never to link a person.
    #[serde(default, deserialize_with = "text::optional")]
    pub primary_contact_email: Option<Box<str>>,
    /// Contact phone.
    #[serde(default, deserialize_with = "text::optional")]
    pub primary_contact_phone: Option<Box<str>>,
    /// Job title, a key of `Titles`.
    #[serde(default, deserialize_with = "text::optional")]
    pub title_id: Option<Box<str>>,
    /// The party behind the person, a key of `PersonImages`.
    #[serde(default, deserialize_with = "text::optional")]
    pub party_number: Option<Box<str>>,
    /// The person's object id in Microsoft Entra: the link to the signed-in user.
    #[serde(default, deserialize_with = "guid::optional")]
    pub object_id: Option<Guid>,
    /// Hired, employed or left.
    #[serde(default)]
    pub worker_status: WorkerStatus,
    /// Employee or contractor.
    #[serde(default)]
    pub worker_type: WorkerType,
}

impl Row for Worker {
    const SET: &'static str = "Workers";
    const PROPERTIES: &'static [&'static str] = &[
        "PersonnelNumber",
        "Name",
        "FirstName",
        "LastName",
        "PrimaryContactEmail",
        "PrimaryContactPhone",
        "TitleId",
        "PartyNumber",
        "ObjectId",
        "WorkerStatus",
        "WorkerType",
    ];
    const KEY: &'static [&'static str] = &["PersonnelNumber"];

    fn key(&self) -> Box<str> {
        self.personnel_number.clone()
    }
}
