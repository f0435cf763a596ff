//! Customers' spaces: one for each Entra tenant.

use jiff::Timestamp;

use super::{Conn, Result};
use crate::ids::new_id;

/// The network of `tenant`, made when there is none; its name follows the configuration.
///
/// # Errors
/// When the database fails.
pub async fn ensure(conn: &mut Conn, tenant: &str, name: &str, now: Timestamp) -> Result<String> {
    sqlx::query(
        "INSERT INTO networks (id, name, tenant, created_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (tenant) DO UPDATE SET name = excluded.name",
    )
    .bind(new_id(now))
    .bind(name)
    .bind(tenant.to_ascii_lowercase())
    .bind(now.as_microsecond())
    .execute(&mut *conn)
    .await?;
    let (id,): (String,) = sqlx::query_as("SELECT id FROM networks WHERE tenant = $1")
        .bind(tenant.to_ascii_lowercase())
        .fetch_one(conn)
        .await?;
    Ok(id)
}

/// Notes whether Talent has both custom fields; while it has not, every state is `unmapped`.
///
/// # Errors
/// When the database fails.
pub async fn set_fields_mapped(conn: &mut Conn, network_id: &str, mapped: bool) -> Result<()> {
    sqlx::query("UPDATE networks SET fields_mapped = $1 WHERE id = $2")
        .bind(i64::from(mapped))
        .bind(network_id)
        .execute(conn)
        .await?;
    Ok(())
}
