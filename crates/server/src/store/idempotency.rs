//! `Idempotency-Key`: a creating request that is sent again gives the first one's result.
//!
//! In one transaction: [`claim`], create when it is new, commit. A lost answer is then safe to ask again.

use super::{Conn, Result};

/// What a key turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// First seen; `resource_id` is kept for it.
    New,
    /// The same request was carried out before and made this.
    Replay {
        /// Id of what it made.
        resource_id: String,
    },
    /// The key came before with another request.
    Conflict,
}

/// Takes `key` for a request whose result will be `resource_id`.
///
/// `fingerprint` is a hash over caller, method, path and body.
///
/// # Errors
/// When the database fails.
pub async fn claim(
    conn: &mut Conn,
    network_id: &str,
    key: &str,
    fingerprint: &str,
    resource_id: &str,
    now: i64,
) -> Result<Claim> {
    let inserted = sqlx::query(
        "INSERT INTO idempotency_keys (network_id, key, fingerprint, resource_id, created_at)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (network_id, key) DO NOTHING",
    )
    .bind(network_id)
    .bind(key)
    .bind(fingerprint)
    .bind(resource_id)
    .bind(now)
    .execute(&mut *conn)
    .await?;
    if inserted.rows_affected() == 1 {
        return Ok(Claim::New);
    }
    let (known, resource_id): (String, String) = sqlx::query_as(
        "SELECT fingerprint, resource_id FROM idempotency_keys WHERE network_id = $1 AND key = $2",
    )
    .bind(network_id)
    .bind(key)
    .fetch_one(conn)
    .await?;
    Ok(if known == fingerprint {
        Claim::Replay { resource_id }
    } else {
        Claim::Conflict
    })
}

/// Sets what a key's request made, where that was not known when the key was taken.
///
/// # Errors
/// When the database fails.
pub async fn assign(conn: &mut Conn, network_id: &str, key: &str, resource_id: &str) -> Result<()> {
    sqlx::query("UPDATE idempotency_keys SET resource_id = $1 WHERE network_id = $2 AND key = $3")
        .bind(resource_id)
        .bind(network_id)
        .bind(key)
        .execute(conn)
        .await?;
    Ok(())
}

/// Frees a key whose request made nothing.
///
/// # Errors
/// When the database fails.
pub async fn release(conn: &mut Conn, network_id: &str, key: &str) -> Result<()> {
    sqlx::query("DELETE FROM idempotency_keys WHERE network_id = $1 AND key = $2")
        .bind(network_id)
        .bind(key)
        .execute(conn)
        .await?;
    Ok(())
}

/// Forgets keys older than `before` (microseconds since 1970); gives their number.
///
/// # Errors
/// When the database fails.
pub async fn prune(conn: &mut Conn, network_id: &str, before: i64) -> Result<u64> {
    let done =
        sqlx::query("DELETE FROM idempotency_keys WHERE network_id = $1 AND created_at < $2")
            .bind(network_id)
            .bind(before)
            .execute(conn)
            .await?;
    Ok(done.rows_affected())
}
