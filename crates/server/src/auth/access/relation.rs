use eloops_api::ViewerAs;

use crate::auth::principal::{Credential, Principal};
use crate::store::members::MemberRow;
use crate::store::{Conn, Result, line};

/// How a caller stands to the member whom a request is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Relation {
    /// None of the others: also somebody further down in the line, since nobody sees upwards.
    Stranger,
    /// It is their own record.
    Own,
    /// The member reports to them.
    Manager,
    /// They stand further up in the member's line, at any height.
    ManagerAbove,
    /// Both report to the same manager.
    Peer,
    /// They were a manager by an earlier sync. Nothing of that is kept, so that they are found as strangers.
    FormerManager,
    /// They hold the app role `Eloops.Admin`.
    Admin,
    /// An application that holds it.
    Application,
}

impl Relation {
    /// All of them, in the order of the table's columns.
    pub const ALL: [Self; 8] = [
        Self::Stranger,
        Self::Own,
        Self::Manager,
        Self::ManagerAbove,
        Self::Peer,
        Self::FormerManager,
        Self::Admin,
        Self::Application,
    ];

    /// As what the member will read that somebody looked; none for those who are never let in.
    #[must_use]
    pub fn viewer_as(self) -> Option<ViewerAs> {
        match self {
            Self::Manager => Some(ViewerAs::Manager),
            Self::ManagerAbove => Some(ViewerAs::ManagerAbove),
            Self::Admin => Some(ViewerAs::Admin),
            Self::Application => Some(ViewerAs::Application),
            Self::Stranger | Self::Own | Self::Peer | Self::FormerManager => None,
        }
    }
}

/// With the administrators' role, where the caller holds it.
pub(super) fn with_role(caller: &Principal, nearest: Relation) -> Vec<Relation> {
    match caller.credential {
        Credential::Application => vec![Relation::Application],
        _ if caller.is_admin() => vec![nearest, Relation::Admin],
        _ => vec![nearest],
    }
}

/// All in which the caller stands to `target`, the nearest first.
pub(super) async fn of(
    conn: &mut Conn,
    caller: &Principal,
    target: &MemberRow,
) -> Result<Vec<Relation>> {
    // Callers who are members are active ones here: see `Principal`.
    let nearest = match &caller.member {
        Some(member) => between(conn, member, target).await?,
        None => Relation::Stranger,
    };
    Ok(with_role(caller, nearest))
}

async fn between(conn: &mut Conn, caller: &MemberRow, target: &MemberRow) -> Result<Relation> {
    if caller.id == target.id {
        return Ok(Relation::Own);
    }
    if target.manager_id.as_ref() == Some(&caller.id) {
        return Ok(Relation::Manager);
    }
    if line::is_above(conn, &caller.id, &target.id).await? {
        return Ok(Relation::ManagerAbove);
    }
    let same_manager = target.manager_id.is_some() && target.manager_id == caller.manager_id;
    Ok(if same_manager {
        Relation::Peer
    } else {
        Relation::Stranger
    })
}
