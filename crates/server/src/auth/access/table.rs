//! The policy as a table.
//!
//! **Rows** are the routes of `/api/v1`. **Columns** are how the caller stands to the member whom the request is
//! about: by the number or the id in its path, or as the owner of the upload there. Whoever holds the app role
//! `Eloops.Admin` beside another relation gets the wider of both. `former` is who was a manager by an earlier
//! sync: nothing of that is kept, so the column is always the stranger's.
//!
//! | word | meaning |
//! |---|---|
//! | `Full` | everything |
//! | `Own` | the caller's own things in full, nothing about the member; 403 `no_member` for an account without one |
//! | `Coins` | everything; without coins where the member keeps the balance from the line |
//! | `Ledger` | everything; 403 `balance_hidden` where the member keeps the balance from the line |
//! | `Talent` | what Talent gives the caller's own token; 404 where it gives nothing |
//! | `Admins` | 403 `forbidden`, before anybody is looked up |
//! | `Denied` | 403 `forbidden`: the caller may know of it, and not do it |
//! | `NoMember` | 403 `no_member` |
//! | `Hidden` | 404 `not_found`, the same as for what does not exist |
//!
//! **Trail** says whether a look is noted for the member (`GET /me/views`): `profile`, `team`, or not at all.

use eloops_api::{LookedAt, Visibility};

use super::Relation;

/// What a row grants to one relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words are explained above, in a table")]
pub enum Grant {
    Full,
    Own,
    Coins,
    Ledger,
    Talent,
    Admins,
    Denied,
    NoMember,
    Hidden,
}

/// What a grant comes to, once the member's choice is known. Later ones are wider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// 404 `not_found`.
    Hidden,
    /// Talent decides; 404 where it gives nothing.
    AsTalentLets,
    /// 403 `no_member`.
    NoMember,
    /// 403 `forbidden`.
    Forbidden,
    /// 403 `balance_hidden`.
    BalanceHidden,
    /// Allowed, without anything that tells of coins.
    WithoutBalance,
    /// The caller's own, in full.
    Own,
    /// Allowed in full.
    Full,
}

impl Verdict {
    /// Whether coins are shown.
    #[must_use]
    pub fn shows_balance(self) -> bool {
        matches!(self, Self::Full | Self::Own)
    }
}

impl Grant {
    /// What it comes to for a member who has chosen this.
    #[must_use]
    pub fn verdict(self, visibility: Visibility) -> Verdict {
        match self {
            Self::Full => Verdict::Full,
            Self::Own => Verdict::Own,
            Self::Coins | Self::Ledger if visibility.balance_to_line => Verdict::Full,
            Self::Coins => Verdict::WithoutBalance,
            Self::Ledger => Verdict::BalanceHidden,
            Self::Talent => Verdict::AsTalentLets,
            Self::Admins | Self::Denied => Verdict::Forbidden,
            Self::NoMember => Verdict::NoMember,
            Self::Hidden => Verdict::Hidden,
        }
    }
}

/// One route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// `GET`, `POST`, …
    pub method: &'static str,
    /// The path after `/api/v1`, as the OpenAPI document has it.
    pub path: &'static str,
    /// What a look at somebody else's leaves behind.
    pub trail: Option<LookedAt>,
    /// In the order of [`Relation::ALL`].
    grants: [Grant; Relation::ALL.len()],
}

impl Row {
    /// What this route grants to a relation.
    #[must_use]
    pub fn grant(&self, relation: Relation) -> Grant {
        self.grants[relation as usize]
    }
}

/// The row of a route.
#[must_use]
pub fn find(method: &str, path: &str) -> Option<&'static Row> {
    TABLE
        .iter()
        .find(|row| row.method == method && row.path == path)
}

const fn row(
    method: &'static str,
    path: &'static str,
    trail: Option<LookedAt>,
    grants: [Grant; Relation::ALL.len()],
) -> Row {
    Row {
        method,
        path,
        trail,
        grants,
    }
}

use Grant::{Admins, Coins, Denied, Full, Hidden, Ledger, NoMember, Own, Talent};

const NO: Option<LookedAt> = None;
const PROFILE: Option<LookedAt> = Some(LookedAt::Profile);
const TEAM: Option<LookedAt> = Some(LookedAt::Team);

/// The table.
#[rustfmt::skip]
pub static TABLE: &[Row] = &[
    //                                                       trail     stranger self    manager above   peer    former  admin   app
    // -- the caller's own, and what anybody may read; accounts without a member have sessions, too
    row("GET",    "/openapi.json",                           NO,      [Full,   Full,   Full,   Full,   Full,   Full,   Full,   Full]),
    row("GET",    "/me",                                     NO,      [Full,   Full,   Full,   Full,   Full,   Full,   Full,   Full]),
    row("GET",    "/me/team",                                TEAM,    [Own,    Own,    Coins,  Own,    Own,    Own,    Own,    NoMember]),
    row("GET",    "/me/visibility",                          NO,      [Own,    Own,    Own,    Own,    Own,    Own,    Own,    NoMember]),
    row("PUT",    "/me/visibility",                          NO,      [Own,    Own,    Own,    Own,    Own,    Own,    Own,    NoMember]),
    row("GET",    "/me/views",                               NO,      [Own,    Own,    Own,    Own,    Own,    Own,    Own,    NoMember]),
    row("POST",   "/me/uploads",                             NO,      [Own,    Own,    Own,    Own,    Own,    Own,    Own,    NoMember]),
    row("GET",    "/me/sessions",                            NO,      [Full,   Full,   Full,   Full,   Full,   Full,   Full,   NoMember]),
    row("DELETE", "/me/sessions",                            NO,      [Full,   Full,   Full,   Full,   Full,   Full,   Full,   NoMember]),
    row("DELETE", "/me/sessions/{id}",                       NO,      [Full,   Full,   Full,   Full,   Full,   Full,   Full,   NoMember]),
    // -- one member
    row("GET",    "/workers/{number}/activity",              PROFILE, [Hidden, Full,   Coins,  Coins,  Hidden, Hidden, Full,   Full]),
    row("GET",    "/members/{id}/coin-transactions",         PROFILE, [Hidden, Full,   Ledger, Ledger, Hidden, Hidden, Full,   Full]),
    row("GET",    "/members/{id}/uploads",                   PROFILE, [Hidden, Full,   Coins,  Coins,  Hidden, Hidden, Full,   Full]),
    row("GET",    "/uploads/{id}/thumbnail",                 PROFILE, [Hidden, Full,   Full,   Full,   Hidden, Hidden, Full,   Full]),
    row("GET",    "/uploads/{id}/content",                   PROFILE, [Hidden, Full,   Full,   Full,   Hidden, Hidden, Full,   Full]),
    row("DELETE", "/uploads/{id}",                           NO,      [Hidden, Full,   Denied, Denied, Hidden, Hidden, Full,   Full]),
    // -- the worker record; where Talent gives nothing, `Full` gets the record of the last sync
    row("GET",    "/talent/workers/{number}",                NO,      [Talent, Full,   Full,   Full,   Talent, Talent, Full,   Full]),
    row("GET",    "/talent/workers/{number}/photo",          NO,      [Talent, Talent, Talent, Talent, Talent, Talent, Talent, Hidden]),
    // -- the administrators'
    row("GET",    "/members",                                NO,      [Admins, Admins, Admins, Admins, Admins, Admins, Full,   Full]),
    row("GET",    "/members/{id}",                           NO,      [Admins, Admins, Admins, Admins, Admins, Admins, Full,   Full]),
    row("DELETE", "/members/{id}/sessions",                  NO,      [Admins, Admins, Admins, Admins, Admins, Admins, Full,   Full]),
    row("POST",   "/members/{id}/coin-transactions",         NO,      [Admins, Admins, Admins, Admins, Admins, Admins, Full,   Full]),
    row("GET",    "/talent/sync-runs",                       NO,      [Admins, Admins, Admins, Admins, Admins, Admins, Full,   Full]),
    row("POST",   "/talent/sync-runs",                       NO,      [Admins, Admins, Admins, Admins, Admins, Admins, Full,   Full]),
    row("GET",    "/talent/sync-runs/{id}",                  NO,      [Admins, Admins, Admins, Admins, Admins, Admins, Full,   Full]),
    row("GET",    "/talent/sync-runs/{id}/changes",          NO,      [Admins, Admins, Admins, Admins, Admins, Admins, Full,   Full]),
];
