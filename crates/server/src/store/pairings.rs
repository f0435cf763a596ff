//! Pairings of a popup with a frame, from the popup's opening to the claim. Every step is one
//! statement that only fits the step before it, so of many at once exactly one goes through.

use sqlx::FromRow;

use super::sessions::owner::Owner;
use super::{Conn, Result};

/// A pairing as the popup opens it. Hashes are `auth::random::sha256`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPairing<'a> {
    /// The frame's challenge.
    pub challenge: &'a str,
    /// Where the person will sign in.
    pub network_id: &'a str,
    /// Hash of the popup's cookie.
    pub cookie_hash: &'a str,
    /// Hash of OAuth's state.
    pub state_hash: &'a str,
    /// Nonce of the id token.
    pub nonce: &'a str,
    /// The PKCE verifier, sealed.
    pub verifier: &'a str,
    /// The language of the window's pages.
    pub locale: &'a str,
    /// End of its life, microseconds since 1970.
    pub expires_at: i64,
}

/// What a redeeming callback needs.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Redeeming {
    /// The frame's challenge.
    pub challenge: String,
    /// Where the person signs in.
    pub network_id: String,
    /// Nonce of the id token.
    pub nonce: String,
    /// The PKCE verifier, sealed.
    pub verifier: String,
    /// The language of the window's pages.
    pub locale: String,
}

/// The account behind a pairing, once it is known.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct SignedIn {
    /// The frame's challenge.
    pub challenge: String,
    /// Where the person signed in.
    pub network_id: String,
    /// Whose session it becomes; none for an administrator who is no member.
    pub member_id: Option<String>,
    /// Entra object id.
    pub object_id: String,
    /// The account's name, for the confirmation page.
    pub account: String,
    /// JSON list of app roles.
    pub roles: String,
    /// The user's tokens, sealed.
    pub tokens: Option<String>,
    /// Hash of Microsoft's session, where the id token named it.
    pub sid_hash: Option<String>,
}

/// How a pairing stands, for a claim that found no session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Not known, or on its way.
    Open,
    /// Cancelled, refused or too old.
    Ended,
}

/// Opens a pairing; false when the challenge was used before.
///
/// # Errors
/// When the database fails.
pub async fn open(conn: &mut Conn, new: &NewPairing<'_>) -> Result<bool> {
    let done = sqlx::query(
        "INSERT INTO pairings
            (challenge, network_id, state, cookie_hash, state_hash, nonce, verifier, locale, expires_at)
         VALUES ($1, $2, 'started', $3, $4, $5, $6, $7, $8) ON CONFLICT (challenge) DO NOTHING",
    )
    .bind(new.challenge)
    .bind(new.network_id)
    .bind(new.cookie_hash)
    .bind(new.state_hash)
    .bind(new.nonce)
    .bind(new.verifier)
    .bind(new.locale)
    .bind(new.expires_at)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes a started pairing for its one redemption. None when cookie and state do not belong
/// together, it is too old, or somebody was quicker.
///
/// # Errors
/// When the database fails.
pub async fn begin_redeeming(
    conn: &mut Conn,
    cookie_hash: &str,
    state_hash: &str,
    now: i64,
) -> Result<Option<Redeeming>> {
    Ok(sqlx::query_as(
        "UPDATE pairings SET state = 'redeeming'
         WHERE cookie_hash = $1 AND state_hash = $2 AND state = 'started' AND expires_at > $3
         RETURNING challenge, network_id, nonce, verifier, locale",
    )
    .bind(cookie_hash)
    .bind(state_hash)
    .bind(now)
    .fetch_optional(conn)
    .await?)
}

/// Notes the account of a redeemed pairing.
///
/// # Errors
/// When the database fails.
pub async fn signed_in(conn: &mut Conn, account: &SignedIn) -> Result<()> {
    sqlx::query(
        "UPDATE pairings SET state = 'signed_in', member_id = $2, object_id = $3, account = $4,
                roles = $5, tokens = $6, sid_hash = $7
         WHERE challenge = $1 AND state = 'redeeming'",
    )
    .bind(&account.challenge)
    .bind(&account.member_id)
    .bind(&account.object_id)
    .bind(&account.account)
    .bind(&account.roles)
    .bind(&account.tokens)
    .bind(&account.sid_hash)
    .execute(conn)
    .await?;
    Ok(())
}

/// The signed-in pairing of a cookie, for the confirmation page.
///
/// # Errors
/// When the database fails.
pub async fn to_confirm(conn: &mut Conn, cookie_hash: &str, now: i64) -> Result<Option<SignedIn>> {
    Ok(sqlx::query_as(
        "SELECT challenge, network_id, member_id, object_id, account, roles, tokens, sid_hash FROM pairings
         WHERE cookie_hash = $1 AND state = 'signed_in' AND expires_at > $2",
    )
    .bind(cookie_hash)
    .bind(now)
    .fetch_optional(conn)
    .await?)
}

/// Confirms the signed-in pairing of a cookie; false when there is none.
///
/// # Errors
/// When the database fails.
pub async fn confirm(conn: &mut Conn, cookie_hash: &str, now: i64) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE pairings SET state = 'confirmed'
         WHERE cookie_hash = $1 AND state = 'signed_in' AND expires_at > $2",
    )
    .bind(cookie_hash)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends a pairing that is not confirmed yet, and drops the user's tokens with it.
///
/// # Errors
/// When the database fails.
pub async fn end(conn: &mut Conn, cookie_hash: &str) -> Result<()> {
    sqlx::query(
        "UPDATE pairings SET state = 'ended', tokens = NULL, account = NULL, verifier = ''
         WHERE cookie_hash = $1 AND state <> 'confirmed'",
    )
    .bind(cookie_hash)
    .execute(conn)
    .await?;
    Ok(())
}

/// Ends the pairings of one session of Microsoft's, also confirmed ones.
///
/// # Errors
/// When the database fails.
pub async fn end_of_sid(conn: &mut Conn, network_id: &str, sid_hash: &str) -> Result<()> {
    sqlx::query(
        "UPDATE pairings SET state = 'ended', tokens = NULL, account = NULL, verifier = ''
         WHERE network_id = $1 AND sid_hash = $2",
    )
    .bind(network_id)
    .bind(sid_hash)
    .execute(conn)
    .await?;
    Ok(())
}

/// Ends the pairings whose account is known to be the owner's, also confirmed ones; gives their number. Before Microsoft
/// has said whose a pairing is, it is nobody's.
///
/// # Errors
/// When the database fails.
pub async fn end_of_owner(conn: &mut Conn, owner: &Owner<'_>) -> Result<u64> {
    let done = sqlx::query(
        "UPDATE pairings SET state = 'ended', tokens = NULL, account = NULL, verifier = ''
         WHERE network_id = $1 AND (member_id = $2 OR object_id = $3) AND state <> 'ended'",
    )
    .bind(owner.network_id)
    .bind(owner.member_id)
    .bind(owner.object_id)
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// The language in which a cookie's sign-in began.
///
/// # Errors
/// When the database fails.
pub async fn locale(conn: &mut Conn, cookie_hash: &str) -> Result<Option<String>> {
    let row: Option<(String,)> =
        sqlx::query_as("SELECT locale FROM pairings WHERE cookie_hash = $1")
            .bind(cookie_hash)
            .fetch_optional(conn)
            .await?;
    Ok(row.map(|(locale,)| locale))
}

/// Takes a confirmed pairing away for its session. Of many claims at once exactly one gets it.
///
/// # Errors
/// When the database fails.
pub async fn claim(conn: &mut Conn, challenge: &str, now: i64) -> Result<Option<SignedIn>> {
    Ok(sqlx::query_as(
        "DELETE FROM pairings WHERE challenge = $1 AND state = 'confirmed' AND expires_at > $2
         RETURNING challenge, network_id, member_id, object_id, account, roles, tokens, sid_hash",
    )
    .bind(challenge)
    .bind(now)
    .fetch_optional(conn)
    .await?)
}

/// Whether waiting for this challenge still makes sense.
///
/// # Errors
/// When the database fails.
pub async fn standing(conn: &mut Conn, challenge: &str, now: i64) -> Result<Standing> {
    let row: Option<(String, i64)> =
        sqlx::query_as("SELECT state, expires_at FROM pairings WHERE challenge = $1")
            .bind(challenge)
            .fetch_optional(conn)
            .await?;
    Ok(match row {
        Some((state, expires_at)) if state == "ended" || expires_at <= now => Standing::Ended,
        _ => Standing::Open,
    })
}

/// Forgets pairings whose two minutes ended before `before`; gives their number.
///
/// # Errors
/// When the database fails.
pub async fn prune(conn: &mut Conn, before: i64) -> Result<u64> {
    let done = sqlx::query("DELETE FROM pairings WHERE expires_at < $1")
        .bind(before)
        .execute(conn)
        .await?;
    Ok(done.rows_affected())
}
