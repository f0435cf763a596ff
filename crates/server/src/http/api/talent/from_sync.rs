use eloops_api::{Source, TalentWorker};

use crate::http::plumbing::problem::ApiError;
use crate::store::Conn;
use crate::store::members::{self, MemberRow};
use crate::store::words::timestamp;

/// The record as the last inbound sync left it.
pub(super) async fn record(conn: &mut Conn, member: MemberRow) -> Result<TalentWorker, ApiError> {
    let manager = match &member.manager_id {
        Some(id) => members::by_id(conn, &member.network_id, id).await?,
        None => None,
    };
    Ok(TalentWorker {
        worker_number: member.worker_number,
        name: member.name,
        title: member.title,
        department: member.department,
        email: member.email,
        worker_status: member.worker_status,
        worker_type: member.worker_type,
        employment_start: member.employment_start,
        employment_end: member.employment_end,
        manager_name: manager.map(|manager| manager.name),
        manager_number: member.manager_number,
        has_photo: member.party_number.is_some(),
        source: Source::Synced,
        notice: None,
        as_of: timestamp(member.synced_at),
    })
}
