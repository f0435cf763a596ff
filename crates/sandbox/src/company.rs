//! A company before it is entered in Talent: its workers with their posts and departments.
//!
//! It comes from a folder ([`folder`]) or is made up ([`made_up`]); [`crate::seed`] enters it.

pub(crate) mod folder;
pub(crate) mod identifiers;
pub(crate) mod made_up;
mod names;

use jiff::civil::Date;
use uuid::Uuid;

use crate::{CompanySource, StartError};

/// The one legal entity of a company that does not say otherwise.
pub(crate) const LEGAL_ENTITY: &str = "usmf";

/// A company: who works there is read one by one, so that a million workers need no memory twice.
pub(crate) struct Company {
    /// Domain of the sign-in names, such as `adventure-works.com`.
    pub(crate) domain: String,
    /// Department names, sorted; their numbers follow from the order.
    pub(crate) departments: Vec<Department>,
    /// Every title in use, sorted.
    pub(crate) titles: Vec<String>,
    /// The workers in the order of their personnel numbers.
    pub(crate) workers: Box<dyn Iterator<Item = Worker> + Send>,
}

/// A department with its operating unit number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Department {
    pub(crate) number: String,
    pub(crate) name: String,
}

/// Everything Talent is to know about one worker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Worker {
    pub(crate) number: String,
    pub(crate) first_name: String,
    pub(crate) middle_name: String,
    pub(crate) last_name: String,
    /// Object id of the Entra account.
    pub(crate) object_id: Uuid,
    pub(crate) party_number: String,
    /// Contact address; may be empty or shared.
    pub(crate) email: String,
    /// Sign-in name; empty when the worker has no account.
    pub(crate) sign_in_name: String,
    pub(crate) phone: String,
    /// Talent's user id; empty without an account.
    pub(crate) user: String,
    pub(crate) title: String,
    pub(crate) birth_date: Date,
    /// Member of `HcmPersonGender`.
    pub(crate) gender: &'static str,
    /// Member of `HcmPersonMaritalStatus`.
    pub(crate) marital_status: &'static str,
    pub(crate) hire_date: Date,
    pub(crate) is_contractor: bool,
    /// In order of time; the last one counts.
    pub(crate) employments: Vec<Employment>,
    /// The first is the primary one.
    pub(crate) positions: Vec<Position>,
}

impl Worker {
    /// The parts of the name joined by spaces, as Talent's `Name`.
    pub(crate) fn full_name(&self) -> String {
        let parts = [&self.first_name, &self.middle_name, &self.last_name];
        parts
            .into_iter()
            .filter(|part| !part.is_empty())
            .cloned()
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// One employment; dates include their day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Employment {
    pub(crate) id: String,
    pub(crate) legal_entity: String,
    pub(crate) start: Date,
    /// None while it is open.
    pub(crate) end: Option<Date>,
}

/// A post; `reports_to` is the position above, empty at the top.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Position {
    pub(crate) id: String,
    /// Operating unit number, or empty.
    pub(crate) department: String,
    pub(crate) reports_to: String,
    pub(crate) assigned_from: Date,
    pub(crate) reports_from: Date,
    /// A post above the worker's own that nobody holds.
    pub(crate) is_vacant: bool,
}

/// Opens the company the options name.
///
/// # Errors
/// When the folder or its `workers.csv` cannot be read.
pub(crate) fn open(source: &CompanySource, seed: u64) -> Result<Company, StartError> {
    match source {
        CompanySource::Folder(folder) => folder::open(folder),
        CompanySource::MadeUp(size) => Ok(made_up::company(*size, seed)),
    }
}
