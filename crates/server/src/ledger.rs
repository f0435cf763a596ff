//! The coin ledger's rules: values in, values out. The store keeps the lines
//! ([`crate::store::ledger`]).
//!
//! A balance is the sum of all lines. What was earned counts awards and uploads, less what was taken back;
//! a correction down changes the balance only.

use eloops_api::{CoinTransactionKind, Coins, MemberStatus};
use thiserror::Error;

/// Coins one entry may move at most, either way.
pub const MAX_AMOUNT: i64 = 1_000_000;
/// Characters a reason may have.
pub const MAX_REASON: usize = 500;

/// Why an entry is refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LedgerError {
    /// Nothing would change.
    #[error(
        "the amount is 0; give a positive number to award coins, a negative one to correct down"
    )]
    Zero,
    /// More than anybody means to give.
    #[error("the amount is beyond 1,000,000 coins; enter it in parts if it is really meant")]
    TooMuch,
    /// The reason is shown to the member and has to say something.
    #[error("the reason has to have between 1 and 500 characters; the member sees it")]
    Reason,
    /// The coins of people who left are frozen.
    #[error("this member has left; the coins are frozen")]
    Inactive,
    /// A correction cannot take what is not there.
    #[error("the balance is {balance} coins; a correction cannot take more")]
    BelowZero {
        /// What there is to take.
        balance: i64,
    },
    /// The upload is gone already.
    #[error("this upload was removed before")]
    AlreadyRemoved,
}

/// What an administrator's entry is: an award when positive, a correction when negative.
///
/// # Errors
/// When a rule refuses it.
pub fn entry(
    amount: i64,
    reason: &str,
    status: MemberStatus,
    balance: i64,
) -> Result<CoinTransactionKind, LedgerError> {
    let characters = reason.trim().chars().count();
    if characters == 0 || characters > MAX_REASON {
        return Err(LedgerError::Reason);
    }
    if amount == 0 {
        return Err(LedgerError::Zero);
    }
    if amount.unsigned_abs() > MAX_AMOUNT.unsigned_abs() {
        return Err(LedgerError::TooMuch);
    }
    if status == MemberStatus::Inactive {
        return Err(LedgerError::Inactive);
    }
    if amount > 0 {
        return Ok(CoinTransactionKind::Award);
    }
    if balance.saturating_add(amount) < 0 {
        return Err(LedgerError::BelowZero { balance });
    }
    Ok(CoinTransactionKind::Adjustment)
}

/// What a line adds to `earned_total`.
#[must_use]
pub fn earned(kind: CoinTransactionKind, amount: i64) -> i64 {
    match kind {
        CoinTransactionKind::Award
        | CoinTransactionKind::Upload
        | CoinTransactionKind::Reversal => amount,
        CoinTransactionKind::Adjustment => 0,
    }
}

/// Both figures from the lines.
#[must_use]
pub fn totals(lines: impl IntoIterator<Item = (CoinTransactionKind, i64)>) -> Coins {
    lines.into_iter().fold(
        Coins {
            balance: 0,
            earned_total: 0,
        },
        |sum, (kind, amount)| Coins {
            balance: sum.balance + amount,
            earned_total: sum.earned_total + earned(kind, amount),
        },
    )
}

#[cfg(test)]
mod tests;
