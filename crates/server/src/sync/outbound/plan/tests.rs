use eloops_talent::WorkerFields;
use proptest::{option, prelude::*};
use uuid::Uuid;

use super::*;

fn figures(coins: i64, uploads: i64, link: Option<Link>) -> Figures {
    Figures {
        number: "1".into(),
        id: Uuid::from_u128(1),
        coins,
        uploads,
        link,
        sent: (None, None),
    }
}

fn row(coins: FieldValue, uploads: FieldValue) -> WorkerFields {
    WorkerFields {
        personnel_number: "1".into(),
        values: [coins, uploads].into(),
    }
}

fn value() -> impl Strategy<Value = FieldValue> {
    prop_oneof![
        Just(FieldValue::Empty),
        (0_i64..4).prop_map(FieldValue::Whole),
        Just(FieldValue::Other("3.5".into())),
    ]
}

fn link() -> impl Strategy<Value = Option<Link>> {
    let number = || option::of(0_i64..4);
    option::of((number(), number(), number(), number()).prop_map(
        |(talent_coins, talent_uploads, last_written_coins, last_written_uploads)| Link {
            talent_coins,
            talent_uploads,
            last_written_coins,
            last_written_uploads,
            written_at: None,
        },
    ))
}

proptest! {
    /// What is written is what differs, and afterwards nothing does.
    #[test]
    fn writing_the_plan_leaves_nothing_to_write(
        coins in 0_i64..4, uploads in 0_i64..4, held in (value(), value()), link in link(),
    ) {
        let member = [figures(coins, uploads, link)];
        let before = row(held.0.clone(), held.1.clone());
        let first = plan(&member, &[before], &[]);
        let wanted = [coins, uploads];
        let held = [held.0, held.1];
        let mut after = held.clone();
        for write in &first.writes {
            for at in 0..2 {
                if let Some(old) = &write.old[at] {
                    prop_assert_eq!(old, &held[at]);
                    prop_assert_ne!(old.whole(), Some(wanted[at]));
                    after[at] = FieldValue::Whole(wanted[at]);
                }
            }
        }
        for at in 0..2 {
            let shows = after[at].whole().unwrap_or(0);
            prop_assert!(shows == wanted[at], "{:?} instead of {}", after[at], wanted[at]);
        }
        let [coins, uploads] = after;
        prop_assert_eq!(plan(&member, &[row(coins, uploads)], &[]).writes, vec![]);
    }

    /// Drift is a value that Eloops neither wrote nor was about to write.
    #[test]
    fn our_own_values_are_never_drift(
        coins in 0_i64..9, held in 0_i64..9, sent in option::of(0_i64..9), written in option::of(0_i64..9),
    ) {
        let link = Link { last_written_coins: written, ..Link::default() };
        let mut member = figures(coins, 0, Some(link));
        member.sent = (sent, None);
        let plan = plan(&[member], &[row(FieldValue::Whole(held), FieldValue::Whole(0))], &[]);
        let ours = held == coins || Some(held) == sent || held == written.unwrap_or(0);
        prop_assert_eq!(plan.writes.iter().any(|write| write.drift), !ours);
    }
}

#[test]
fn what_is_known_is_not_noted_again() {
    let link = Link {
        talent_coins: Some(5),
        talent_uploads: Some(0),
        last_written_coins: Some(5),
        ..Link::default()
    };
    let zero = || FieldValue::Whole(0);
    let mut member = figures(5, 0, Some(link));
    let first = plan(&[member.clone()], &[row(FieldValue::Whole(5), zero())], &[]);
    // The uploads field shows just what it should, so it is taken as ours from now on.
    assert_eq!(first.known.len(), 1);
    member.link = Some(first.known[0].link(&[member.clone()]).link);
    assert_eq!(
        plan(&[member], &[row(FieldValue::Whole(5), zero())], &[]),
        Plan::default()
    );
}
