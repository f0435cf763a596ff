//! What a person reads on the card, in English.

use eloops_api::{Source, TalentState};

use super::view;
use crate::card::tests::{activity, fail, me, own, seven, signed_in, team_member, ticket, worker};
use crate::card::{Act, Card, Event, Fresh, Picked};
use crate::failure::{Failure, FailureKind};
use crate::node::{Element, Node};
use crate::text::sample::{english, strings};

mod asking;
mod privacy;

fn drawn(card: &Card) -> Node {
    view(card, english(&strings("en")))
}

fn state(card: &Card) -> String {
    let Node::Element(root) = drawn(card) else {
        panic!("the card is an element")
    };
    root.attribute("data-state").unwrap_or_default().to_owned()
}

fn shows(card: &Card, text: &str) {
    let read = drawn(card).read();
    assert!(read.contains(text), "expected {text:?} in {read:?}");
}

fn hides(card: &Card, text: &str) {
    let read = drawn(card).read();
    assert!(!read.contains(text), "did not expect {text:?} in {read:?}");
}

fn has(card: &Card, wanted: &dyn Fn(&Element) -> bool) -> bool {
    drawn(card).find(wanted).is_some()
}

fn act(name: &'static str) -> impl Fn(&Element) -> bool {
    move |element| element.attribute("data-act") == Some(name)
}

fn by_id(card: &Card, id: &str) -> Option<String> {
    let node = drawn(card);
    let found = node.find(&|element| element.attribute("data-testid") == Some(id))?;
    Some(Node::Element(found.clone()).read())
}

#[test]
fn a_whole_person() {
    let card = seven();
    assert_eq!(state(&card), "person");
    for text in [
        "Kevin Brown",
        "Marketing Assistant",
        "Marketing",
        "\u{2068}7\u{2069}",
        "Active",
    ] {
        shows(&card, text);
    }
    assert_eq!(by_id(&card, "coins").as_deref(), Some("120"));
    assert_eq!(by_id(&card, "uploads").as_deref(), Some("2"));
    shows(&card, "Talent shows 120 coins and 2 uploads.");
    shows(&card, "As of at(2026-11-22T08:00:00Z)");
    assert!(
        !has(&card, &|element| element.tag == "input"),
        "nothing to post on another card"
    );
}

#[test]
fn a_balance_that_is_not_shared_is_not_zero() {
    let mut card = seven();
    let mut quiet = activity("7", 0, 2);
    quiet.coins = None;
    quiet.talent.coins = None;
    card.update(Event::Activity("7".into(), Ok(Fresh::New(quiet, None))));
    assert_eq!(by_id(&card, "coins"), None);
    shows(
        &card,
        "\u{2068}Kevin Brown\u{2069} keeps the coins private.",
    );
    hides(&card, "could not");
    shows(&card, "Talent shows 2 uploads.");
}

#[test]
fn how_talent_stands() {
    let cases = [
        (TalentState::InSync, "In step", "Talent shows 120 coins"),
        (
            TalentState::Pending,
            "On its way",
            "go over with the next sync",
        ),
        (
            TalentState::Drift,
            "Differs",
            "Eloops did not write this value",
        ),
        (
            TalentState::Unmapped,
            "Not set up",
            "no fields for coins and uploads",
        ),
    ];
    for (state, label, why) in cases {
        let mut card = seven();
        let mut shown = activity("7", 120, 2);
        shown.talent.state = state;
        shown.talent.written_at = Some("2026-11-22T07:00:00Z".into());
        card.update(Event::Activity("7".into(), Ok(Fresh::New(shown, None))));
        shows(&card, label);
        shows(&card, why);
        shows(&card, "Written ago(2026-11-22T07:00:00Z).");
    }
}

#[test]
fn a_synced_record_says_its_age_and_a_leaver_is_no_longer_active() {
    let mut card = seven();
    let record = eloops_api::TalentWorker {
        source: Source::Synced,
        worker_status: "Terminated".into(),
        ..*worker("7")
    };
    card.update(Event::Talent("7".into(), Ok(Box::new(record))));
    shows(
        &card,
        "Record from the last sync with Talent, ago(2026-11-22T08:00:00Z).",
    );
    shows(&card, "Left");
}

#[test]
fn half_a_person_says_which_half_is_missing() {
    let mut card = signed_in(Some("7"));
    card.update(Event::Talent("7".into(), fail(FailureKind::Server)));
    card.update(Event::Activity(
        "7".into(),
        Ok(Fresh::New(activity("7", 5, 0), None)),
    ));
    shows(&card, "Talent did not give the worker record just now.");
    assert!(has(&card, &act("retry")));

    let mut card = signed_in(Some("7"));
    card.update(Event::Talent("7".into(), Ok(worker("7"))));
    card.update(Event::Activity("7".into(), fail(FailureKind::NotAllowed)));
    shows(&card, "You can’t see this person’s coins and uploads");
    assert!(!has(&card, &act("retry")), "trying again cannot help");
}

#[test]
fn nothing_but_a_failure() {
    let cases = [
        (
            FailureKind::NotAllowed,
            "not-allowed",
            "You can’t see this person here, or there is no such person.",
            false,
        ),
        (FailureKind::Inactive, "inactive", "no longer active", false),
        (
            FailureKind::Offline,
            "offline",
            "You seem to be offline",
            true,
        ),
        (FailureKind::Unreachable, "offline", "did not answer", true),
        (FailureKind::TooMany, "error", "Too many requests", true),
        (
            FailureKind::Unreadable,
            "error",
            "does not understand",
            true,
        ),
    ];
    for (kind, name, text, retry) in cases {
        let mut card = signed_in(Some("7"));
        card.update(Event::Talent("7".into(), fail(kind)));
        card.update(Event::Activity("7".into(), fail(kind)));
        assert_eq!(state(&card), name);
        shows(&card, text);
        assert_eq!(has(&card, &act("retry")), retry, "{kind:?}");
    }
}

#[test]
fn a_fault_of_the_server_has_a_reference() {
    let mut card = signed_in(Some("7"));
    let fault = Failure::new(FailureKind::Server, Some("req-1".into()), None);
    card.update(Event::Talent("7".into(), fail(FailureKind::Server)));
    card.update(Event::Activity("7".into(), Err(fault)));
    shows(&card, "Reference: \u{2068}req-1\u{2069}");
}

#[test]
fn signing_in_shows_the_code_before_and_after_the_click() {
    let (mut card, _) = Card::new("https://eloops.example".into(), None, false);
    assert!(has(&card, &|element| act("sign-in")(element)
        && element.attribute("disabled").is_some()));
    card.update(Event::Prepared(Ok(ticket())));
    assert_eq!(by_id(&card, "confirm-code").as_deref(), Some("123 456"));
    card.update(Event::Act(Act::SignIn));
    assert_eq!(by_id(&card, "confirm-code").as_deref(), Some("123 456"));
    let link = "https://eloops.example/auth/start?challenge=";
    assert!(
        has(&card, &|element| element
            .attribute("href")
            .is_some_and(|href| href.starts_with(link))),
        "a plain link for where windows are blocked"
    );
}

#[test]
fn posting_on_the_own_card() {
    let mut card = own();
    assert!(has(&card, &|element| element.attribute("type") == Some("file")));
    let picked = Box::new(Picked {
        key: "1".into(),
        name: "<b>hills</b>.png".into(),
        video: false,
        preview: Some("blob:x".into()),
    });
    card.update(Event::Picked(picked));
    shows(&card, "<b>hills</b>.png");
    card.update(Event::Act(Act::Post));
    shows(&card, "Posting…");
    card.update(Event::Posted(fail(FailureKind::WrongType)));
    assert!(has(&card, &|element| element.attribute("role") == Some("alert")));
    shows(&card, "not a photo or video");
}

#[test]
fn the_team_and_the_way_back() {
    let mut card = own();
    card.update(Event::Act(Act::ShowTeam));
    let items = vec![
        team_member("7"),
        eloops_api::TeamMember {
            line_broken: true,
            ..team_member("8")
        },
    ];
    card.update(Event::Team(
        false,
        Ok(Box::new(eloops_api::Page {
            items,
            next_cursor: Some("next".into()),
        })),
    ));
    assert_eq!(state(&card), "team");
    for text in [
        "Mary Dempsey",
        "Not shared",
        "3 uploads",
        "No activity yet",
        "Line unclear",
        "Show more",
    ] {
        shows(&card, text);
    }
    card.update(Event::Act(Act::Open("7".into())));
    shows(&card, "Back to my team");
    hides(&card, "Sign in");
}

#[test]
fn hostile_texts_are_texts() {
    let evil = "<img src=x onerror=alert(1)>\u{202e}\u{0}\"'&{1}{}";
    let mut card = seven();
    let record = eloops_api::TalentWorker {
        name: evil.into(),
        title: Some(evil.into()),
        department: Some(evil.into()),
        worker_number: evil.into(),
        worker_status: evil.into(),
        ..*worker("7")
    };
    card.update(Event::Talent("7".into(), Ok(Box::new(record))));
    let node = drawn(&card);
    let read = node.read();
    assert_eq!(
        read.matches(evil).count(),
        5,
        "name, title, department, number and status as they are: {read:?}"
    );
    assert!(
        node.find(&|element| element.attribute("onerror").is_some())
            .is_none()
    );
}

#[test]
fn attributes_and_keys_are_unique() {
    let mut cards = vec![seven(), own(), signed_in(None), privacy::opened()];
    cards[1].update(Event::Picked(Box::new(Picked {
        key: "1".into(),
        name: String::new(),
        video: true,
        preview: None,
    })));
    cards[2].update(Event::Me(Ok(me("1", true))));
    for card in &cards {
        check(&drawn(card));
    }
}

fn check(node: &Node) {
    let Node::Element(element) = node else { return };
    let mut names: Vec<_> = element.attributes.iter().map(|(name, _)| *name).collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count, "{} has an attribute twice", element.tag);
    element.children.iter().for_each(check);
}
