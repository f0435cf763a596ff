use eloops_api::MemberStatus;
use eloops_server::store::{
    StoreError,
    members::{self, MemberFilter},
    page::PageRequest,
};

use crate::support::member;

on_both! {
    async fn a_member_is_read_as_it_was_written(db) {
        let mut row = member::row(&db, "0001");
        row.name = "Zoë O'Neil-李 🎉".to_owned();
        row.object_id = Some("4545ac9b-a78d-4721-b626-f0f700517eab".to_owned());
        row.employment_end = Some("2026-12-31".to_owned());
        member::save(&db, &[row.clone()]).await;
        assert_eq!(member::find(&db, "0001").await, row);
    }

    async fn the_first_sign_in_is_kept(db) {
        let row = member::saved(&db, "1").await;
        for at in [5, 9] {
            let mut tx = db.store.write().await.unwrap();
            members::mark_joined(&mut tx, &row.id, at).await.unwrap();
            tx.commit().await.unwrap();
        }
        assert_eq!(member::find(&db, "1").await.joined_at, Some(5));
    }

    /// Leavers do not stand in the way of their own return; two people with one account get no access.
    async fn an_account_finds_one_member_or_nobody(db) {
        let account = Some("4545ac9b-a78d-4721-b626-f0f700517eab".to_owned());
        let mut gone = member::row(&db, "1");
        gone.object_id.clone_from(&account);
        gone.status = MemberStatus::Inactive;
        member::save(&db, &[gone.clone()]).await;
        let found = async || {
            let mut conn = db.store.read().await.unwrap();
            let upper = "4545AC9B-A78D-4721-B626-F0F700517EAB";
            let row = members::by_object_id(&mut conn, &db.network_id, upper).await.unwrap();
            row.map(|row| row.worker_number)
        };
        assert_eq!(found().await.as_deref(), Some("1"));
        let mut back = member::row(&db, "2");
        back.object_id.clone_from(&account);
        member::save(&db, &[back]).await;
        assert_eq!(found().await.as_deref(), Some("2"));
        let mut other = member::row(&db, "3");
        other.object_id = account;
        member::save(&db, &[other]).await;
        assert_eq!(found().await, None);
    }

    async fn members_are_searched_and_paged(db) {
        let mut rows: Vec<_> = (1..=5).map(|at| member::row(&db, &format!("00{at}"))).collect();
        rows[1].name = "100% Søren".to_owned();
        rows[3].status = MemberStatus::Inactive;
        member::save(&db, &rows).await;
        let mut conn = db.store.read().await.unwrap();
        let mut list = async |search: &str, status, cursor| {
            let search = Some(search.to_owned());
            let filter = MemberFilter { search, status };
            let request = PageRequest { limit: Some(2), cursor };
            let page = members::list(&mut conn, &db.network_id, &filter, &request).await?;
            let numbers: Vec<_> = page.items.into_iter().map(|row| row.worker_number).collect();
            Ok::<_, StoreError>((numbers.join(" "), page.next_cursor))
        };
        let (first, cursor) = list("", None, None).await.unwrap();
        assert_eq!(first, "001 002");
        assert_eq!(list("", None, cursor).await.unwrap().0, "003 004");
        assert_eq!(list("100%", None, None).await.unwrap().0, "002");
        assert_eq!(list("%", None, None).await.unwrap().0, "002", "a wildcard is a character");
        assert_eq!(list("M005@contoso", None, None).await.unwrap().0, "005");
        let inactive = list("", Some(MemberStatus::Inactive), None).await.unwrap().0;
        assert_eq!(inactive, "004");
        let invented = list("", None, Some("abcdef".to_owned())).await;
        assert!(matches!(invented, Err(StoreError::BadCursor)), "{invented:?}");
    }
}
