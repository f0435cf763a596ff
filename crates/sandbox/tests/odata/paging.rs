//! Pages and the links between them.

use crate::support::Talent;

/// Follows the links; gives the keys of each page.
async fn walk(talent: &Talent, first: &str) -> Vec<Vec<String>> {
    let (mut pages, mut address) = (Vec::new(), first.to_owned());
    loop {
        assert!(pages.len() < 10, "the links do not end: {address}");
        let answer = talent.get(&address).await;
        pages.push(answer.column("PersonnelNumber"));
        match answer.json()["@odata.nextLink"].as_str() {
            Some(link) => address = link.to_owned(),
            None => return pages,
        }
    }
}

#[tokio::test]
async fn links_lead_through_the_whole_set() {
    let talent = Talent {
        page_size: 2,
        ..Talent::new()
    };
    let all = [
        vec!["000001", "000006"],
        vec!["000018", "000099"],
        vec!["000112"],
    ];
    assert_eq!(walk(&talent, "/data/Workers").await, all);
    assert_eq!(
        walk(&talent, "/data/Workers?$orderby=PersonnelNumber").await,
        all
    );
    let backwards = walk(&talent, "/data/Workers?$orderby=PersonnelNumber%20desc").await;
    assert_eq!(
        backwards.concat(),
        ["000112", "000099", "000018", "000006", "000001"]
    );
    let some = walk(&talent, "/data/Workers?$filter=TitleId%20eq%20'Technician'").await;
    assert_eq!(some, [["000001", "000099"]]);
}

#[tokio::test]
async fn the_wish_for_some_rows_ends_the_walk() {
    let talent = Talent {
        page_size: 2,
        ..Talent::new()
    };
    assert_eq!(walk(&talent, "/data/Workers?$top=1").await, [["000001"]]);
    assert_eq!(
        walk(&talent, "/data/Workers?$top=2").await,
        [["000001", "000006"]]
    );
    let three = walk(&talent, "/data/Workers?$top=3&$skip=1").await;
    assert_eq!(three, [vec!["000006", "000018"], vec!["000099"]]);
    let four = walk(&talent, "/data/Workers?$top=4").await;
    assert_eq!(four, [["000001", "000006"], ["000018", "000099"]]);
    assert_eq!(
        walk(&talent, "/data/Workers?$top=0").await,
        [Vec::<String>::new()]
    );
    assert_eq!(
        walk(&talent, "/data/Workers?$skip=99").await,
        [Vec::<String>::new()]
    );
}

#[tokio::test]
async fn the_link_is_the_query_with_an_offset_and_has_no_namespace() {
    let talent = Talent {
        page_size: 2,
        ..Talent::new()
    };
    let query = "cross-company=true&$select=PersonnelNumber,Name&$count=true";
    let address = format!("/namespaces/8a3b4a5e-6bbf-4d45-9d2b-3b36a3a0e8d1/data/Workers?{query}");
    let page = talent.get(&address).await.json();
    assert_eq!(
        page["@odata.nextLink"],
        format!("http://talent.example:7410/data/Workers?{query}&$skip=2&$top=2")
    );
    let encoded = "/data/Workers?%24filter=Name%20ne%20%27x%27";
    let page = talent.get(encoded).await.json();
    assert_eq!(
        page["@odata.nextLink"],
        format!("http://talent.example:7410{encoded}&$skip=2&$top=2")
    );
}
