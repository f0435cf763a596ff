//! Photos and videos.

pub(super) mod content;
pub(super) mod list;
pub(super) mod post;
mod receive;
pub(super) mod remove;
mod still;
pub(super) mod thumbnail;

use super::super::App;
use crate::auth::access::{Seeker, Target};
use crate::http::plumbing::problem::ApiError;
use crate::store::uploads::{self, UploadRow};

/// The visible upload, if the caller may do this with its member.
async fn find(app: &App, caller: &Seeker, id: &str) -> Result<UploadRow, ApiError> {
    let mut conn = app.store().read().await?;
    let row = uploads::by_id(&mut conn, &caller.space.id, id).await?;
    drop(conn);
    let row = row
        .filter(|row| row.visible)
        .ok_or_else(ApiError::not_found)?;
    caller.find(app, Target::Id(&row.member_id)).await?;
    Ok(row)
}
