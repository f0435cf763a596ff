//! Who may do what with whom: the one place that decides it.
//!
//! A caller stands in some relation to a member; a table says what the relation allows. Whoever may
//! not even read a member gets the same answer as for a member that does not exist.

use axum::http::StatusCode;

use super::principal::Principal;
use crate::http::App;
use crate::http::plumbing::problem::ApiError;
use crate::store::members::{self, MemberRow};
use crate::store::{Conn, line};

/// What a caller wants to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// See a member's record, coins, uploads and media.
    Read,
    /// Remove an upload.
    RemoveUpload,
    /// Change the ledger, list members, run syncs.
    Administer,
}

/// How a caller stands to a member. Several may hold at once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Relation {
    /// It is their own record.
    pub own: bool,
    /// They stand above the member, at any height.
    pub line: bool,
    /// They hold the app role `Eloops.Admin`.
    pub admin: bool,
}

/// The decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Go on.
    Allowed,
    /// They may know of the member, but not do this.
    Forbidden,
    /// They may not know whether the member exists.
    Hidden,
}

/// The table.
#[must_use]
pub fn decide(deed: Deed, relation: Relation) -> Verdict {
    let Relation { own, line, admin } = relation;
    let allowed = match deed {
        Deed::Read => own || line || admin,
        Deed::RemoveUpload => own || admin,
        Deed::Administer => admin,
    };
    match (allowed, deed) {
        (true, _) => Verdict::Allowed,
        // Refused before anybody is looked up, so it tells nothing.
        (false, Deed::Administer) => Verdict::Forbidden,
        (false, _) if line => Verdict::Forbidden,
        (false, _) => Verdict::Hidden,
    }
}

/// How the caller stands to `target`.
///
/// # Errors
/// When the database fails.
pub async fn relation(
    conn: &mut Conn,
    caller: &Principal,
    target: &MemberRow,
) -> Result<Relation, ApiError> {
    let admin = caller.is_admin();
    // Callers who are members are active ones here: see `Principal`.
    let Some(member) = &caller.member else {
        return Ok(Relation {
            admin,
            ..Relation::default()
        });
    };
    let own = member.id == target.id;
    let line = !own && line::is_above(conn, &member.id, &target.id).await?;
    Ok(Relation { own, line, admin })
}

/// Whom a request is about.
#[derive(Debug, Clone, Copy)]
pub enum Target<'a> {
    /// By Talent's personnel number.
    Number(&'a str),
    /// By the member's id.
    Id(&'a str),
}

/// The member, if the caller may do this with them.
///
/// # Errors
/// The same 404 for a stranger's member and for none; 403 `forbidden` for what the line may not do.
pub async fn member(
    app: &App,
    caller: &Principal,
    deed: Deed,
    target: Target<'_>,
) -> Result<MemberRow, ApiError> {
    if deed == Deed::Administer {
        require_admin(caller)?;
    }
    let mut conn = app.store().read().await?;
    let network = &caller.space.id;
    let found = match target {
        Target::Number(number) => members::by_number(&mut conn, network, number).await?,
        Target::Id(id) => members::by_id(&mut conn, network, id).await?,
    };
    let Some(found) = found else {
        return Err(ApiError::not_found());
    };
    let relation = relation(&mut conn, caller, &found).await?;
    match decide(deed, relation) {
        Verdict::Allowed => Ok(found),
        Verdict::Forbidden => Err(forbidden()),
        Verdict::Hidden => Err(ApiError::not_found()),
    }
}

/// For routes that are the administrators' alone.
///
/// # Errors
/// 403 `forbidden`.
pub fn require_admin(caller: &Principal) -> Result<(), ApiError> {
    match decide(
        Deed::Administer,
        Relation {
            admin: caller.is_admin(),
            ..Relation::default()
        },
    ) {
        Verdict::Allowed => Ok(()),
        Verdict::Forbidden | Verdict::Hidden => Err(forbidden()),
    }
}

fn forbidden() -> ApiError {
    ApiError::new(
        StatusCode::FORBIDDEN,
        "forbidden",
        "Only administrators may do this: those who hold the app role Eloops.Admin.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table() {
        use Verdict::{Allowed, Forbidden, Hidden};
        let none = Relation::default();
        let own = Relation { own: true, ..none };
        let line = Relation { line: true, ..none };
        let admin = Relation {
            admin: true,
            ..none
        };
        for (deed, of_own, of_line, of_admin, of_stranger) in [
            (Deed::Read, Allowed, Allowed, Allowed, Hidden),
            (Deed::RemoveUpload, Allowed, Forbidden, Allowed, Hidden),
            (Deed::Administer, Forbidden, Forbidden, Allowed, Forbidden),
        ] {
            let verdicts = [own, line, admin, none].map(|relation| decide(deed, relation));
            assert_eq!(
                verdicts,
                [of_own, of_line, of_admin, of_stranger],
                "{deed:?}"
            );
        }
    }
}
