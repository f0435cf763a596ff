//! Names with characters that mean something to a database, a query, a spreadsheet, a page or a terminal stay
//! names: each filter finds exactly its record, and the text comes back byte by byte.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::Method;
use serde_json::json;

use crate::support::world::World;

const NAMES: [&str; 24] = [
    "O'Brien",
    "Smith & Sons",
    "100% sure",
    "under_score",
    "line\nbreak",
    "carriage\r\nreturn",
    "tab\tstop",
    "\u{202E}gnp.exe",
    "\u{5D0}\u{5D1}\u{5D2}",
    "\u{1F600} Zo\u{EB}",
    "\u{C4}rztin \u{D6}ZT\u{DC}RK",
    "=cmd|' /C calc'!A0",
    "x'); DROP TABLE members;--",
    "%' OR '1'='1",
    "\"quoted\"",
    "back\\slash",
    "<script>alert(1)</script>",
    "{{7*7}} ${7*7}",
    "!bang!!",
    "semi;colon, comma",
    "#hash?query=1",
    "\u{1B}[31mred",
    "and 1 eq 1",
    "startswith(LastName,'",
];

const NUMBERS: [&str; 6] = ["N'1", "N&2", "N%3", "N+4", "N;5", "N,6=7"];

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

on_both! {
    async fn a_search_finds_exactly_the_name(db) {
        let world = World::empty(db).await;
        for (at, name) in NAMES.iter().enumerate() {
            let worker = json!({
                "PersonnelNumber": format!("ODD-{at}"), "FirstName": "Odd", "LastName": name,
                "PrimaryContactEmail": format!("odd{at}@contoso.com"),
            });
            world.control(Method::POST, "/workers", &worker).await;
        }
        world.sync(eloops_api::Directions::In).await;
        let admin = world.forge(json!({"worker": null, "roles": ["Eloops.Admin"]})).await;
        for (at, name) in NAMES.iter().enumerate() {
            for query in [(*name).to_owned(), name.to_ascii_uppercase()] {
                let found = world.get(&format!("/members?q={}", encoded(&query)), &admin).await;
                let found = found["items"].as_array().unwrap();
                assert_eq!(found.len(), 1, "{query:?} finds {found:?}");
                assert_eq!(found[0]["worker_number"], format!("ODD-{at}"), "{query:?}");
                assert_eq!(found[0]["name"], format!("Odd {name}"), "byte by byte");
            }
        }
        for query in ["%", "_", "'", "\\", "!"] {
            let found = world.get(&format!("/members?limit=200&q={}", encoded(query)), &admin).await;
            for member in found["items"].as_array().unwrap() {
                let fields = [&member["name"], &member["email"], &member["worker_number"]];
                let holds = fields.iter().any(|field| field.as_str().is_some_and(|text| text.contains(query)));
                assert!(holds, "{query:?} finds {member}");
            }
        }
    }
}

#[tokio::test]
async fn a_personnel_number_reaches_exactly_its_worker_in_talent() {
    let world = World::empty(crate::support::db::Db::sqlite().await).await;
    for number in NUMBERS {
        let worker = json!({
            "PersonnelNumber": number, "FirstName": "Odd", "LastName": number,
            "PrimaryContactPhone": "555-0100",
        });
        world.control(Method::POST, "/workers", &worker).await;
    }
    world.sync(eloops_api::Directions::In).await;
    // Somebody of HR reads Talent as themselves.
    let people = crate::support::people::People::of(&world).await;
    let admin = world.admin_token(&people.worker.worker_number).await;
    for number in NUMBERS {
        let record = world
            .get(&format!("/talent/workers/{}", encoded(number)), &admin)
            .await;
        assert_eq!(record["worker_number"], number, "{record}");
        let activity = format!("/workers/{}/activity", encoded(number));
        assert_eq!(
            world.get(&activity, &admin).await["coins"]["balance"],
            0,
            "{number}"
        );
    }
    for astray in ["' or '1' eq '1", "N'1' or PersonnelNumber eq '000001", "N%"] {
        for path in ["/talent/workers/{}", "/workers/{}/activity"] {
            let path = path.replace("{}", &encoded(astray));
            assert_eq!(world.refusal(&path, &admin).await.0, 404, "{path}");
        }
    }
}
