use eloops_api::CoinTransactionKind::{Adjustment, Award, Reversal, Upload};
use proptest::prelude::*;

use super::*;

proptest! {
    #[test]
    fn the_balance_never_falls_below_zero_by_entries(
        amounts in prop::collection::vec(-2_000_000_i64..2_000_000, 0..40),
    ) {
        let mut lines = Vec::new();
        for amount in amounts {
            let balance = totals(lines.iter().copied()).balance;
            match entry(amount, "for the test", MemberStatus::Active, balance) {
                Ok(kind) => lines.push((kind, amount)),
                Err(LedgerError::BelowZero { balance: said }) => prop_assert_eq!(said, balance),
                Err(error) => prop_assert!(
                    amount == 0 || amount.abs() > MAX_AMOUNT, "{} refused: {}", amount, error
                ),
            }
            prop_assert!(totals(lines.iter().copied()).balance >= 0);
        }
    }

    #[test]
    fn taking_every_upload_back_leaves_what_was_awarded(
        awards in prop::collection::vec(1_i64..1000, 0..10),
        uploads in prop::collection::vec(1_i64..100, 0..10),
    ) {
        let lines = awards.iter().map(|&a| (Award, a))
            .chain(uploads.iter().flat_map(|&u| [(Upload, u), (Reversal, -u)]));
        let awarded: i64 = awards.iter().sum();
        prop_assert_eq!(totals(lines), Coins { balance: awarded, earned_total: awarded });
    }
}

#[test]
fn a_correction_down_leaves_what_was_earned() {
    assert_eq!(
        totals([(Award, 30), (Upload, 10), (Adjustment, -15)]),
        Coins {
            balance: 25,
            earned_total: 40
        }
    );
}

#[test]
fn leavers_coins_are_frozen() {
    assert_eq!(
        entry(5, "late", MemberStatus::Inactive, 0),
        Err(LedgerError::Inactive)
    );
    assert_eq!(entry(5, "early", MemberStatus::Pending, 0), Ok(Award));
}

#[test]
fn a_reason_says_something_short() {
    for (reason, fine) in [
        ("", false),
        ("  ", false),
        ("ä", true),
        (&"ä".repeat(500), true),
    ] {
        assert_eq!(
            entry(1, reason, MemberStatus::Active, 0).is_ok(),
            fine,
            "{reason:?}"
        );
    }
    assert_eq!(
        entry(1, &"ä".repeat(501), MemberStatus::Active, 0),
        Err(LedgerError::Reason)
    );
}
