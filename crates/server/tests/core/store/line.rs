use eloops_server::store::{
    line,
    member_sync::{self, LineLink},
    members,
};

use crate::support::member;

on_both! {
    async fn whoever_stands_above_is_above_all_the_way(db) {
        let rows: Vec<_> = (0..5).map(|at| member::row(&db, &at.to_string())).collect();
        member::save(&db, &rows).await;
        let links: Vec<LineLink> = rows
            .windows(2)
            .map(|pair| LineLink {
                id: pair[1].id.parse().unwrap(),
                manager_id: Some(pair[0].id.parse().unwrap()),
                problem: None,
            })
            .collect();
        let mut tx = db.store.write().await.unwrap();
        member_sync::link(&mut tx, &links).await.unwrap();
        tx.commit().await.unwrap();

        let mut conn = db.store.read().await.unwrap();
        for above in 0..5 {
            for below in 0..5 {
                let is = line::is_above(&mut conn, &rows[above].id, &rows[below].id).await.unwrap();
                assert_eq!(is, above < below, "{above} above {below}");
            }
        }
        assert!(members::is_manager(&mut conn, &rows[3].id).await.unwrap());
        assert!(!members::is_manager(&mut conn, &rows[4].id).await.unwrap());
    }

    /// A loop in the table would be a mistake; even then the question is answered.
    async fn a_loop_ends_the_walk(db) {
        let rows = [member::row(&db, "1"), member::row(&db, "2")];
        member::save(&db, &rows).await;
        let ids: Vec<uuid::Uuid> = rows.iter().map(|row| row.id.parse().unwrap()).collect();
        let links = [(ids[0], ids[1]), (ids[1], ids[0])].map(|(id, manager)| LineLink {
            id,
            manager_id: Some(manager),
            problem: None,
        });
        let mut tx = db.store.write().await.unwrap();
        member_sync::link(&mut tx, &links).await.unwrap();
        tx.commit().await.unwrap();
        let mut conn = db.store.read().await.unwrap();
        assert!(!line::is_above(&mut conn, "somebody else", &rows[0].id).await.unwrap());
    }
}
