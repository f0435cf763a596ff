use super::*;
use crate::{CompanySource, company, seed};

fn people(size: u32) -> People {
    let store = Store::new("_Custom");
    let company = company::open(&CompanySource::MadeUp(size), 1).unwrap();
    let domain = company.domain.clone();
    seed::enter(&store, company, "2026-11-22T08:00:00Z".parse().unwrap()).unwrap();
    People::new(store, &domain)
}

#[test]
fn the_administrator_is_no_worker() {
    let people = people(5);
    let admin = people.by_sign_in_name("Admin@Fabrikam.example").unwrap();
    assert_eq!(
        (admin.roles.as_slice(), admin.number.as_deref()),
        (&[ADMIN_ROLE][..], None)
    );
    assert_eq!(people.by_oid(admin.oid), Some(admin));
}

#[test]
fn who_has_no_sign_in_name_has_no_account() {
    let people = people(20);
    let (found, more) = people.search("", 100);
    assert_eq!(
        (found.len(), more),
        (20, false),
        "nineteen workers and the administrator"
    );
}

#[test]
fn a_search_wants_every_word_and_says_when_there_is_more() {
    let people = people(200);
    let one = people.by_number("000002").unwrap();
    let (found, _) = people.search(&format!("  {}  000002", one.name.to_uppercase()), 10);
    assert_eq!(found, [one]);
    let (first, more) = people.search("", 10);
    assert_eq!((first.len(), more), (10, true));
}

#[test]
fn circles_end() {
    let people = people(30);
    // 000024 and 000025 report to each other, 000023 to itself (indexes 22 to 24).
    assert!(people.line_of("000024").contains("000025"));
    assert_eq!(
        people.line_of("000023"),
        HashSet::from(["000023".to_owned()])
    );
}
