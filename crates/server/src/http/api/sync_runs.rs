//! Sync runs, for administrators.

use crate::http::plumbing::problem::ApiError;
use crate::store::{Conn, sync_runs};
use eloops_api::SyncRun;

pub(super) mod changes;
pub(super) mod list;
pub(super) mod one;
pub(super) mod start;

/// The run, or 404.
async fn find(conn: &mut Conn, network_id: &str, id: &str) -> Result<SyncRun, ApiError> {
    sync_runs::by_id(conn, network_id, id)
        .await?
        .ok_or_else(ApiError::not_found)
}
