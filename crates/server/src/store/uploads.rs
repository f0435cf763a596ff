//! Uploads, and the coins that come and go with them.

use eloops_api::{CoinTransactionKind, Page, Upload, UploadKind};
use jiff::Timestamp;
use sqlx::{FromRow, Row, any::AnyRow};

use super::{
    Conn, Result,
    ledger::{self, NewLine},
    members::MemberRow,
    outbox::{self, Topic},
    page::PageRequest,
    words::{Word, timestamp},
};
use crate::{ids::new_id, ledger::LedgerError};
use eloops_api::MemberStatus;

/// An upload as the database has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadRow {
    /// What the API shows of it.
    pub upload: Upload,
    /// Coins it earned, also where the API does not show them.
    pub coins: i64,
    /// Whose it is.
    pub member_id: String,
    /// Where the media store keeps the content.
    pub content_key: String,
    /// Where it keeps the thumbnail, if there is one.
    pub thumbnail_key: Option<String>,
    /// False once removed.
    pub visible: bool,
}

impl UploadRow {
    /// What the API shows of it; what it earned only to whoever may see the balance.
    #[must_use]
    pub fn shown(self, balance: bool) -> Upload {
        Upload {
            coins: self.upload.coins.filter(|_| balance),
            ..self.upload
        }
    }
}

/// An upload whose media is stored already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUpload<'a> {
    /// Its id, from [`new_id`].
    pub id: &'a str,
    /// Photo or video.
    pub kind: UploadKind,
    /// The member's words; may be empty.
    pub caption: &'a str,
    /// Type of the stored content.
    pub content_type: &'a str,
    /// Its size.
    pub bytes: i64,
    /// Pixels across and down, of a photo.
    pub size: Option<(i64, i64)>,
    /// Where the media store keeps the content.
    pub content_key: &'a str,
    /// Where it keeps the thumbnail.
    pub thumbnail_key: Option<&'a str>,
    /// Coins by the network's rule; 0 earns none.
    pub coins: i64,
}

/// Adds an upload, its coins and its outbox rows to the running transaction.
///
/// # Errors
/// The outer error when the database fails; the inner one when the member has left.
pub async fn insert(
    conn: &mut Conn,
    member: &MemberRow,
    new: &NewUpload<'_>,
    now: Timestamp,
) -> Result<std::result::Result<UploadRow, LedgerError>> {
    if member.status == MemberStatus::Inactive {
        return Ok(Err(LedgerError::Inactive));
    }
    sqlx::query(
        "INSERT INTO uploads (id, network_id, member_id, kind, caption, content_type, bytes, width, height,
                              content_key, thumbnail_key, coins, state, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'visible', $13)",
    )
    .bind(new.id)
    .bind(&member.network_id)
    .bind(&member.id)
    .bind(new.kind.word())
    .bind(new.caption)
    .bind(new.content_type)
    .bind(new.bytes)
    .bind(new.size.map(|size| size.0))
    .bind(new.size.map(|size| size.1))
    .bind(new.content_key)
    .bind(new.thumbnail_key)
    .bind(new.coins)
    .bind(now.as_microsecond())
    .execute(&mut *conn)
    .await?;
    if new.coins > 0 {
        let reason = match new.kind {
            UploadKind::Photo => "Photo uploaded",
            UploadKind::Video => "Video uploaded",
        };
        let line = NewLine {
            id: &new_id(now),
            amount: new.coins,
            reason,
            entered_by: Some(&member.id),
        };
        let kind = CoinTransactionKind::Upload;
        ledger::append(
            conn,
            &member.network_id,
            &member.id,
            kind,
            &line,
            Some(new.id),
            now,
        )
        .await?;
        outbox::append(conn, &member.network_id, Topic::Coins, &member.id, now).await?;
    }
    outbox::append(conn, &member.network_id, Topic::Uploads, &member.id, now).await?;
    Ok(Ok(UploadRow {
        upload: Upload {
            id: new.id.to_owned(),
            kind: new.kind,
            caption: new.caption.to_owned(),
            content_type: new.content_type.to_owned(),
            bytes: new.bytes,
            width: new.size.map(|size| size.0),
            height: new.size.map(|size| size.1),
            coins: Some(new.coins),
            created_at: timestamp(now.as_microsecond()),
        },
        coins: new.coins,
        member_id: member.id.clone(),
        content_key: new.content_key.to_owned(),
        thumbnail_key: new.thumbnail_key.map(ToOwned::to_owned),
        visible: true,
    }))
}

/// Hides an upload and takes its coins back, in the running transaction.
///
/// # Errors
/// The outer error when the database fails; the inner one when it was removed before.
pub async fn remove(
    conn: &mut Conn,
    network_id: &str,
    row: &UploadRow,
    removed_by: &str,
    now: Timestamp,
) -> Result<std::result::Result<(), LedgerError>> {
    let done = sqlx::query(
        "UPDATE uploads SET state = 'removed', removed_at = $1, removed_by = $2
         WHERE network_id = $3 AND id = $4 AND state = 'visible'",
    )
    .bind(now.as_microsecond())
    .bind(removed_by)
    .bind(network_id)
    .bind(&row.upload.id)
    .execute(&mut *conn)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(Err(LedgerError::AlreadyRemoved));
    }
    if row.coins > 0 {
        let line = NewLine {
            id: &new_id(now),
            amount: -row.coins,
            reason: "Upload removed",
            entered_by: Some(removed_by),
        };
        let kind = CoinTransactionKind::Reversal;
        let upload = Some(row.upload.id.as_str());
        ledger::append(conn, network_id, &row.member_id, kind, &line, upload, now).await?;
        outbox::append(conn, network_id, Topic::Coins, &row.member_id, now).await?;
    }
    outbox::append(conn, network_id, Topic::Uploads, &row.member_id, now).await?;
    Ok(Ok(()))
}

/// One upload of the network, also a removed one.
///
/// # Errors
/// When the database fails.
pub async fn by_id(conn: &mut Conn, network_id: &str, id: &str) -> Result<Option<UploadRow>> {
    let sql = "SELECT * FROM uploads WHERE network_id = $1 AND id = $2";
    Ok(sqlx::query_as(sql)
        .bind(network_id)
        .bind(id)
        .fetch_optional(conn)
        .await?)
}

/// A member's visible uploads, newest first.
///
/// # Errors
/// [`super::StoreError::BadCursor`], or when the database fails.
pub async fn list(
    conn: &mut Conn,
    member_id: &str,
    request: &PageRequest,
) -> Result<Page<UploadRow>> {
    let rows: Vec<UploadRow> = sqlx::query_as(
        "SELECT * FROM uploads
         WHERE member_id = $1 AND state = 'visible'
           AND ($2 = '' OR created_at < (SELECT created_at FROM uploads WHERE id = $2)
                OR (created_at = (SELECT created_at FROM uploads WHERE id = $2) AND id < $2))
         ORDER BY created_at DESC, id DESC LIMIT $3",
    )
    .bind(member_id)
    .bind(request.after()?.unwrap_or_default())
    .bind(request.fetch())
    .fetch_all(conn)
    .await?;
    Ok(request.page(rows, |row| row.upload.id.clone()))
}

/// Number of a member's visible uploads.
///
/// # Errors
/// When the database fails.
pub async fn count(conn: &mut Conn, member_id: &str) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM uploads WHERE member_id = $1 AND state = 'visible'";
    let (count,): (i64,) = sqlx::query_as(sql).bind(member_id).fetch_one(conn).await?;
    Ok(count)
}

impl FromRow<'_, AnyRow> for UploadRow {
    fn from_row(row: &AnyRow) -> std::result::Result<Self, sqlx::Error> {
        let kind: String = row.try_get("kind")?;
        let state: String = row.try_get("state")?;
        let coins: i64 = row.try_get("coins")?;
        Ok(Self {
            upload: Upload {
                id: row.try_get("id")?,
                kind: UploadKind::parse("uploads", "kind", &kind)
                    .map_err(|error| sqlx::Error::Decode(Box::new(error)))?,
                caption: row.try_get("caption")?,
                content_type: row.try_get("content_type")?,
                bytes: row.try_get("bytes")?,
                width: row.try_get("width")?,
                height: row.try_get("height")?,
                coins: Some(coins),
                created_at: timestamp(row.try_get("created_at")?),
            },
            coins,
            member_id: row.try_get("member_id")?,
            content_key: row.try_get("content_key")?,
            thumbnail_key: row.try_get("thumbnail_key")?,
            visible: state == "visible",
        })
    }
}
