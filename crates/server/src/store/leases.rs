//! Leases: who may do a piece of work, among several servers on one database.
//!
//! Each new holder gets a higher fencing number. Whoever writes under a lease calls [`hold`] in the same
//! transaction; a holder that was too slow finds its number outdated, and the transaction comes to nothing.

use super::{Conn, Result, StoreError};

/// A lease that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    /// The network it belongs to.
    pub network_id: String,
    /// What it is for.
    pub name: String,
    /// Who holds it: an id of this process.
    pub holder: String,
    /// Higher than that of every holder before.
    pub fencing: i64,
}

/// Takes the lease when it is free or has run out; none while somebody holds it. Times are
/// microseconds since 1970.
///
/// # Errors
/// When the database fails.
pub async fn acquire(
    conn: &mut Conn,
    network_id: &str,
    name: &str,
    holder: &str,
    now: i64,
    expires_at: i64,
) -> Result<Option<Lease>> {
    let taken: Option<(i64,)> = sqlx::query_as(
        "INSERT INTO leases (network_id, name, holder, fencing, expires_at) VALUES ($1, $2, $3, 1, $4)
         ON CONFLICT (network_id, name) DO UPDATE
            SET holder = excluded.holder, fencing = leases.fencing + 1, expires_at = excluded.expires_at
            WHERE leases.expires_at <= $5
         RETURNING fencing",
    )
    .bind(network_id)
    .bind(name)
    .bind(holder)
    .bind(expires_at)
    .bind(now)
    .fetch_optional(conn)
    .await?;
    Ok(taken.map(|(fencing,)| Lease {
        network_id: network_id.to_owned(),
        name: name.to_owned(),
        holder: holder.to_owned(),
        fencing,
    }))
}

/// Extends the lease, and fails when it went to somebody else.
///
/// # Errors
/// [`StoreError::LeaseLost`], or when the database fails.
pub async fn hold(conn: &mut Conn, lease: &Lease, expires_at: i64) -> Result<()> {
    let done = sqlx::query(
        "UPDATE leases SET expires_at = $1
         WHERE network_id = $2 AND name = $3 AND holder = $4 AND fencing = $5",
    )
    .bind(expires_at)
    .bind(&lease.network_id)
    .bind(&lease.name)
    .bind(&lease.holder)
    .bind(lease.fencing)
    .execute(conn)
    .await?;
    if done.rows_affected() == 1 {
        Ok(())
    } else {
        Err(StoreError::LeaseLost)
    }
}

/// Whether somebody holds the lease at `now`.
///
/// # Errors
/// When the database fails.
pub async fn is_held(conn: &mut Conn, network_id: &str, name: &str, now: i64) -> Result<bool> {
    let sql = "SELECT holder FROM leases WHERE network_id = $1 AND name = $2 AND expires_at > $3";
    let held = sqlx::query(sql)
        .bind(network_id)
        .bind(name)
        .bind(now)
        .fetch_optional(conn)
        .await?;
    Ok(held.is_some())
}

/// Gives the lease back, if it is still held.
///
/// # Errors
/// When the database fails.
pub async fn release(conn: &mut Conn, lease: &Lease) -> Result<()> {
    match hold(conn, lease, 0).await {
        Err(StoreError::LeaseLost) => Ok(()),
        other => other,
    }
}
