//! Sessions of the paired sign-in: one's own, and a member's for administrators.

pub(super) mod end_all;
pub(super) mod end_of_member;
pub(super) mod end_one;
pub(super) mod list;

use crate::auth::principal::Principal;
use crate::http::plumbing::problem::ApiError;
use crate::http::{App, Space};
use crate::store::pairings;
use crate::store::sessions::owner::{self, Owner};

/// The caller as the owner of sessions: the member's, and the account's own.
fn of_caller(caller: &Principal) -> Owner<'_> {
    Owner {
        network_id: &caller.space.id,
        member_id: caller.member.as_ref().map(|member| &*member.id),
        object_id: Some(&caller.object_id),
    }
}

/// How much came to its end.
struct Ended {
    sessions: usize,
    sign_ins: u64,
}

/// Ends everything of an owner's: the sign-ins on their way to a session, the sessions, and the user's tokens that are
/// stored or held in memory for them.
async fn end_everything(app: &App, space: &Space, of: &Owner<'_>) -> Result<Ended, ApiError> {
    let mut tx = app.store().write().await?;
    // The sign-ins first: a claim under way holds its pairing until its session is there to be ended.
    let sign_ins = pairings::end_of_owner(&mut tx, of).await?;
    let sessions = owner::end_all(&mut tx, of).await?;
    tx.commit().await?;
    for id in &sessions {
        space.user_tokens.forget_session(id);
    }
    Ok(Ended {
        sessions: sessions.len(),
        sign_ins,
    })
}
