//! Members put straight into the database.

use eloops_api::{MemberStatus, UploadKind};
use eloops_server::{
    clock::Clock,
    ids::{new_id, new_uuid},
    store::{
        member_sync::{self, NewState},
        members::{self, MemberRow},
        uploads::{self, NewUpload},
    },
};

use super::db::Db;

/// A member as a sync would have made it, not yet in the database.
pub(crate) fn row(db: &Db, number: &str) -> MemberRow {
    MemberRow {
        id: new_uuid(db.clock.now()).to_string(),
        network_id: db.network_id.clone(),
        worker_number: number.to_owned(),
        object_id: None,
        party_number: None,
        name: format!("Name {number}"),
        first_name: "Name".to_owned(),
        last_name: number.to_owned(),
        email: Some(format!("m{number}@contoso.com")),
        phone: None,
        status: MemberStatus::Active,
        department: None,
        title: None,
        manager_number: None,
        manager_id: None,
        line_problem: None,
        worker_status: "Employed".to_owned(),
        worker_type: None,
        employment_start: None,
        employment_end: None,
        joined_at: None,
        deactivated_at: None,
        synced_at: db.now(),
    }
}

/// Puts members into the database.
pub(crate) async fn save(db: &Db, rows: &[MemberRow]) {
    let states: Vec<NewState> = rows
        .iter()
        .map(|row| NewState {
            row: row.clone(),
            hash: 0,
        })
        .collect();
    let mut tx = db.store.write().await.unwrap();
    member_sync::upsert(&mut tx, &states, db.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

/// An active member in the database.
pub(crate) async fn saved(db: &Db, number: &str) -> MemberRow {
    let row = row(db, number);
    save(db, std::slice::from_ref(&row)).await;
    find(db, number).await
}

/// The member with this number.
pub(crate) async fn find(db: &Db, number: &str) -> MemberRow {
    let mut conn = db.store.read().await.unwrap();
    members::by_number(&mut conn, &db.network_id, number)
        .await
        .unwrap()
        .unwrap_or_else(|| panic!("expected a member {number}"))
}

/// A photo of the member with this number, worth nothing.
pub(crate) async fn upload(db: &Db, number: &str) {
    let member = find(db, number).await;
    let id = new_id(db.clock.now());
    let photo = NewUpload {
        id: &id,
        kind: UploadKind::Photo,
        caption: "",
        content_type: "image/jpeg",
        bytes: 1,
        size: None,
        content_key: "content",
        thumbnail_key: None,
        coins: 0,
    };
    let mut tx = db.store.write().await.unwrap();
    uploads::insert(&mut tx, &member, &photo, db.clock.now())
        .await
        .unwrap()
        .unwrap();
    tx.commit().await.unwrap();
}
