use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// Both coin figures; never stored, always summed from the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Coins {
    /// Sum of all transactions.
    pub balance: i64,
    /// Sum of what was earned, without what was spent, adjusted down or reversed.
    pub earned_total: i64,
}

/// One line of the append-only ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CoinTransaction {
    /// Opaque id.
    pub id: String,
    /// What kind of line it is.
    pub kind: CoinTransactionKind,
    /// Coins added, or taken when negative.
    pub amount: i64,
    /// The balance after this line.
    pub balance: i64,
    /// Why, in words shown to the member.
    pub reason: String,
    /// The upload that earned it or whose removal reversed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upload_id: Option<String>,
    /// When it was entered.
    pub created_at: Timestamp,
}

/// What kind of line in the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum CoinTransactionKind {
    /// Given by an administrator.
    Award,
    /// Earned by an upload.
    Upload,
    /// A correction, up or down.
    Adjustment,
    /// An earned amount taken back because its upload was removed.
    Reversal,
}

/// Body of `POST /members/{id}/coin-transactions`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Award {
    /// Positive for an award, negative for an adjustment down; never zero.
    pub amount: i64,
    /// Why; shown to the member, 1 to 500 characters.
    pub reason: String,
}
