use proptest::prelude::*;

use super::*;
use crate::Kind;

const GUID: &str = "5cf0b0a6-1f0f-4a3f-9c0e-0d5a0d2f8a11";

fn talent() -> Root {
    let address = format!("https://cluster.hr.talent.dynamics.com/namespaces/{GUID}");
    Root::new(Kind::Talent, &address).unwrap()
}

fn first() -> Query {
    Query::new()
        .select(["PersonnelNumber"])
        .order_by("PersonnelNumber")
        .count()
}

#[test]
fn whatever_host_or_namespace_the_link_names() {
    let want = format!(
        "https://cluster.hr.talent.dynamics.com/namespaces/{GUID}/data/Workers\
         ?$select=PersonnelNumber&$orderby=PersonnelNumber&$skip=10000&$top=10000"
    );
    let query = "$select=PersonnelNumber&$orderby=PersonnelNumber&$skip=10000&$top=10000";
    for before in [
        "https://cluster.hr.talent.dynamics.com/data/Workers",
        "https://elsewhere.example.org/namespaces/x/data/Workers",
        "//elsewhere.example.org/data/workers",
        "http://user:pass@10.0.0.1:8080/Workers",
        "/data/Workers",
        "Workers",
        "",
    ] {
        let link = format!("{before}?{query}");
        assert_eq!(
            rebase(&talent(), "Workers", &first(), &link).as_deref(),
            Ok(&*want),
            "{before}"
        );
    }
}

#[test]
fn an_option_that_the_link_forgot_is_put_back() {
    let url = rebase(
        &talent(),
        "Workers",
        &first(),
        "https://x/data/Workers?$skip=5&$top=5",
    )
    .unwrap();
    assert!(
        url.ends_with("?$skip=5&$top=5&$select=PersonnelNumber&$orderby=PersonnelNumber"),
        "{url} should select what the first page selected"
    );
    let url = rebase(
        &talent(),
        "Workers",
        &first(),
        "Workers?%24select=A&%24Orderby=A&%24skip=5",
    )
    .unwrap();
    assert!(
        url.ends_with("?%24select=A&%24Orderby=A&%24skip=5"),
        "{url}"
    );
}

#[test]
fn raw_characters_are_encoded() {
    let url = rebase(
        &talent(),
        "Workers",
        &first(),
        "Workers?$filter=Name eq 'é\"\n'&$skip=5",
    )
    .unwrap();
    assert!(
        url.contains("?$filter=Name%20eq%20'%C3%A9%22%0A'&$skip=5"),
        "{url}"
    );
}

#[test]
fn another_set_is_refused() {
    for link in [
        "https://x/data/Positions?$skip=1",
        "Workers",
        "",
        "https://x/Workers/evil?x",
        "Workers('1')?x",
    ] {
        assert_eq!(
            rebase(&talent(), "Workers", &first(), link),
            Err(LinkError::OtherSet("Workers")),
            "{link}"
        );
    }
}

proptest! {
    #[test]
    fn no_link_leaves_the_root(link: String) {
        check(&link)?;
    }

    #[test]
    fn no_likely_link_leaves_the_root(
        before in "(https?:)?(//)?[a-z@:./\\\\%?#]{0,20}(/data)?/?Workers",
        query in ".{0,40}",
    ) {
        check(&format!("{before}?{query}"))?;
    }
}

fn check(link: &str) -> Result<(), TestCaseError> {
    let root = talent();
    if let Ok(url) = rebase(&root, "Workers", &first(), link) {
        let rest = url.strip_prefix(&format!("{}/Workers?", root.data()));
        prop_assert!(rest.is_some(), "{} left the root", url);
        prop_assert!(
            url.bytes().all(|b| b.is_ascii_graphic()),
            "{} is not encoded",
            url
        );
        prop_assert!(!url.contains('#'), "{} holds a fragment", url);
    }
    Ok(())
}
