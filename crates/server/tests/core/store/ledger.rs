use eloops_api::{CoinTransactionKind, Coins, MemberStatus};
use eloops_server::{
    clock::Clock,
    ids::new_id,
    ledger::LedgerError,
    store::{
        ledger::{self, NewLine},
        members::MemberRow,
        page::PageRequest,
    },
};

use crate::support::{db::Db, member};

async fn enter(db: &Db, member: &MemberRow, amount: i64) -> Result<i64, LedgerError> {
    let id = new_id(db.clock.now());
    let line = NewLine {
        id: &id,
        amount,
        reason: "well done",
        entered_by: None,
    };
    let mut tx = db.store.write().await.unwrap();
    let entered = ledger::enter(&mut tx, member, line, db.clock.now())
        .await
        .unwrap()?;
    tx.commit().await.unwrap();
    Ok(entered.balance)
}

on_both! {
    async fn the_balance_is_the_sum_of_the_lines(db) {
        let one = member::saved(&db, "1").await;
        let other = member::saved(&db, "2").await;
        assert_eq!(enter(&db, &one, 30).await, Ok(30));
        assert_eq!(enter(&db, &other, 7).await, Ok(7));
        assert_eq!(enter(&db, &one, -12).await, Ok(18));
        assert_eq!(enter(&db, &one, -19).await, Err(LedgerError::BelowZero { balance: 18 }));
        let mut conn = db.store.read().await.unwrap();
        assert_eq!(
            ledger::totals(&mut conn, &one.id).await.unwrap(),
            Coins { balance: 18, earned_total: 30 }
        );
        assert_eq!(db.number("SELECT COUNT(*) FROM outbox WHERE topic = 'coins'").await, 3);
    }

    async fn a_leavers_coins_are_frozen(db) {
        let mut member = member::saved(&db, "1").await;
        member.status = MemberStatus::Inactive;
        assert_eq!(enter(&db, &member, 5).await, Err(LedgerError::Inactive));
    }

    /// The database itself keeps the promise, whoever comes with whatever statement.
    async fn no_line_is_changed_or_removed(db) {
        let member = member::saved(&db, "1").await;
        enter(&db, &member, 5).await.unwrap();
        for sql in ["UPDATE coin_transactions SET amount = 500", "DELETE FROM coin_transactions"] {
            let error = db.execute(sql).await.unwrap_err().to_string();
            assert!(error.contains("append-only"), "{sql}: {error}");
        }
        assert_eq!(db.number("SELECT CAST(SUM(amount) AS BIGINT) FROM coin_transactions").await, 5);
    }

    async fn lines_come_newest_first_with_the_balance_after_each(db) {
        let member = member::saved(&db, "1").await;
        for amount in [1, 2, 3, 4, 5] {
            // The first three at the same moment: the order is that of entry all the same.
            if amount > 3 {
                db.clock.advance(std::time::Duration::from_secs(1));
            }
            enter(&db, &member, amount).await.unwrap();
        }
        let mut conn = db.store.read().await.unwrap();
        let mut request = PageRequest { limit: Some(2), cursor: None };
        let mut seen = Vec::new();
        loop {
            let page = ledger::list(&mut conn, &member.id, &request).await.unwrap();
            assert!(page.items.len() <= 2);
            seen.extend(page.items);
            let Some(cursor) = page.next_cursor else { break };
            request.cursor = Some(cursor);
        }
        let lines: Vec<_> = seen.iter().map(|line| (line.amount, line.balance)).collect();
        assert_eq!(lines, [(5, 15), (4, 10), (3, 6), (2, 3), (1, 1)]);
        let newest = ledger::by_id(&mut conn, &db.network_id, &seen[0].id).await.unwrap();
        assert_eq!(newest.as_ref(), Some(&seen[0]));
        assert_eq!(newest.unwrap().kind, CoinTransactionKind::Award);
    }

    /// Two corrections at once never take more than there is.
    async fn entries_at_once_see_the_true_balance(db) {
        let member = member::saved(&db, "1").await;
        enter(&db, &member, 10).await.unwrap();
        let (one, two) = tokio::join!(enter(&db, &member, -8), enter(&db, &member, -8));
        let refused = [one, two].iter().filter(|entry| entry.is_err()).count();
        assert_eq!(refused, 1, "10 coins allow one correction of 8");
        assert_eq!(db.number("SELECT CAST(SUM(amount) AS BIGINT) FROM coin_transactions").await, 2);
    }
}
