use eloops_api::{FieldChange, MemberStatus};

use super::target::Target;
use crate::store::members::MemberRow;

/// A field of a member that comes from Talent: its name in a change, and its value.
type Field = (&'static str, fn(&MemberRow) -> Option<&str>);

/// In the order in which a change lists them.
const FIELDS: &[Field] = &[
    ("status", |row| Some(status_word(row.status))),
    ("name", |row| Some(&row.name)),
    ("first_name", |row| Some(&row.first_name)),
    ("last_name", |row| Some(&row.last_name)),
    ("email", |row| row.email.as_deref()),
    ("phone", |row| row.phone.as_deref()),
    ("title", |row| row.title.as_deref()),
    ("department", |row| row.department.as_deref()),
    ("manager_number", |row| row.manager_number.as_deref()),
    ("worker_status", |row| Some(&row.worker_status)),
    ("worker_type", |row| row.worker_type.as_deref()),
    ("employment_start", |row| row.employment_start.as_deref()),
    ("employment_end", |row| row.employment_end.as_deref()),
    ("object_id", |row| row.object_id.as_deref()),
    ("party_number", |row| row.party_number.as_deref()),
];

fn status_word(status: MemberStatus) -> &'static str {
    match status {
        MemberStatus::Pending => "pending",
        MemberStatus::Active => "active",
        MemberStatus::Inactive => "inactive",
    }
}

/// The fields that differ, with their values before and after; all that have one for a new member.
pub(super) fn differing(old: Option<&MemberRow>, new: &MemberRow) -> Vec<FieldChange> {
    FIELDS
        .iter()
        .filter_map(|(name, value)| {
            let (old, new) = (old.and_then(|row| value(row)), value(new));
            (old != new).then(|| FieldChange {
                name: (*name).to_owned(),
                old: old.map(ToOwned::to_owned),
                new: new.map(ToOwned::to_owned),
            })
        })
        .collect()
}

/// The member as Talent has the worker. What is blank there is kept from before: a blank is no order to
/// delete. The manager, the dates and the Microsoft account are taken as they are, also when there is none.
pub(super) fn member(
    target: &Target<'_>,
    status: MemberStatus,
    old: Option<&MemberRow>,
    identity: &Identity<'_>,
) -> MemberRow {
    // PostgreSQL's texts hold no NUL.
    let keep = |new: Option<&str>, old: Option<&String>| {
        new.map(|text| text.replace('\0', ""))
            .filter(|text| !text.is_empty())
            .or_else(|| old.cloned())
    };
    let span = target.span();
    let left = status == MemberStatus::Inactive;
    let name = target.name();
    MemberRow {
        id: old.map_or_else(|| identity.id.to_owned(), |old| old.id.clone()),
        network_id: identity.network_id.to_owned(),
        worker_number: target.worker.personnel_number.to_string(),
        object_id: target.object_id(),
        party_number: keep(
            target.party_number(),
            old.and_then(|old| old.party_number.as_ref()),
        ),
        name: keep(Some(&*name), old.map(|old| &old.name)).unwrap_or_default(),
        first_name: keep(target.first_name(), old.map(|old| &old.first_name)).unwrap_or_default(),
        last_name: keep(target.last_name(), old.map(|old| &old.last_name)).unwrap_or_default(),
        email: keep(target.email(), old.and_then(|old| old.email.as_ref())),
        phone: keep(target.phone(), old.and_then(|old| old.phone.as_ref())),
        status,
        department: keep(
            target.department,
            old.and_then(|old| old.department.as_ref()),
        ),
        title: keep(target.title, old.and_then(|old| old.title.as_ref())),
        manager_number: target.line.manager().map(ToOwned::to_owned),
        manager_id: old.and_then(|old| old.manager_id.clone()),
        line_problem: old.and_then(|old| old.line_problem.clone()),
        worker_status: target.worker.worker_status.as_str().to_owned(),
        worker_type: keep(
            target.worker_type(),
            old.and_then(|old| old.worker_type.as_ref()),
        ),
        employment_start: span.from.map(|day| day.to_string()),
        employment_end: span.to.map(|day| day.to_string()),
        joined_at: old.and_then(|old| old.joined_at),
        deactivated_at: if left {
            Some(
                old.and_then(|old| old.deactivated_at)
                    .unwrap_or(identity.now),
            )
        } else {
            None
        },
        synced_at: identity.now,
    }
}

/// What a row has besides Talent's fields.
pub(super) struct Identity<'a> {
    /// For a new member.
    pub(super) id: &'a str,
    /// Whose member it is.
    pub(super) network_id: &'a str,
    /// Microseconds since 1970.
    pub(super) now: i64,
}
