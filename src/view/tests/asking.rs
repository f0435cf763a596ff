//! Where Talent's half asks for something, and the ways out.

use super::*;
use crate::card::{Timer, tests::HOUR};

fn link(card: &Card) -> Option<String> {
    let node = drawn(card);
    let link = node.find(&|element| element.tag == "a")?;
    assert_eq!(link.attribute("rel"), Some("noopener"));
    assert_eq!(link.attribute("target"), Some("_blank"));
    link.attribute("href").map(Into::into)
}

fn heard(card: &Card) -> String {
    let node = drawn(card);
    let heard = node.find(&|element| element.attribute("class") == Some("heard"));
    Node::Element(heard.expect("a place for what is heard").clone()).read()
}

fn challenged(host: bool) -> Card {
    let mut card = if host {
        let (mut card, _) = Card::new(String::new(), Some("7".into()), true);
        card.update(Event::HostToken(false, Ok(())));
        card
    } else {
        signed_in(Some("7"))
    };
    let activity = Fresh::New(activity("7", 120, 2), None);
    card.update(Event::Activity("7".into(), Ok(activity)));
    let failure = Failure::from(FailureKind::Challenged).needing(Some("{}".into()));
    card.update(Event::Talent("7".into(), Err(failure)));
    card
}

const CHALLENGE: &str =
    "Microsoft wants to check once more that it is you before Talent shows this record.";

#[test]
fn a_challenge_is_one_sentence_and_a_button_beside_eloops_half() {
    let mut card = challenged(false);
    assert_eq!(by_id(&card, "coins").as_deref(), Some("120"));
    shows(&card, CHALLENGE);
    assert_eq!(heard(&card), CHALLENGE);
    assert!(
        has(&card, &|element| act("sign-in")(element)
            && element.attribute("disabled").is_some()),
        "not before the ticket is here"
    );
    card.update(Event::Prepared(Ok(ticket())));
    assert!(has(&card, &|element| act("sign-in")(element)
        && element.attribute("disabled").is_none()));

    card.update(Event::Act(Act::SignIn));
    shows(&card, "123 456");
    assert!(link(&card).is_some_and(|address| address.contains("&claims=e30")));
    assert!(
        heard(&card).contains("confirm this code"),
        "{}",
        heard(&card)
    );
    assert_eq!(by_id(&card, "coins").as_deref(), Some("120"));

    card.update(Event::Claimed(fail(FailureKind::Ended)));
    shows(&card, CHALLENGE);
    shows(&card, "longer than two minutes");
    card.update(Event::Prepared(Err(FailureKind::Unreadable.into())));
    shows(&card, "A secure address (https) is needed.");
    assert!(has(&card, &act("retry")));

    card.update(Event::Act(Act::Retry));
    card.update(Event::Prepared(Ok(ticket())));
    card.update(Event::Act(Act::SignIn));
    card.update(Event::Claimed(Ok(Some(HOUR))));
    card.update(Event::Talent("7".into(), Ok(worker("7"))));
    hides(&card, CHALLENGE);
    assert_eq!(heard(&card), "");
}

#[test]
fn a_challenge_that_a_host_does_not_meet_can_be_tried_again() {
    let mut card = challenged(true);
    hides(&card, CHALLENGE);
    card.update(Event::HostToken(true, fail(FailureKind::SignedOut)));
    shows(&card, CHALLENGE);
    assert!(has(&card, &act("retry")) && !has(&card, &act("sign-in")));
}

#[test]
fn missing_consent_has_a_link_for_administrators() {
    const PAGE: &str = "https://login.example/t/adminconsent?client_id=x";
    let notice = |code: &str, link: Option<&str>| eloops_api::Notice {
        code: code.into(),
        detail: "Ask your administrator.".into(),
        link: link.map(Into::into),
    };
    let mut card = seven();
    let mut synced = worker("7");
    synced.source = Source::Synced;
    synced.notice = Some(notice("consent_missing", Some(PAGE)));
    card.update(Event::Talent("7".into(), Ok(synced.clone())));
    shows(&card, "an administrator has to consent first");
    shows(&card, "Consent (for administrators)");
    assert_eq!(link(&card).as_deref(), Some(PAGE));
    shows(&card, "Kevin Brown");

    synced.notice = Some(notice("consent_missing", Some("javascript:alert(1)")));
    card.update(Event::Talent("7".into(), Ok(synced.clone())));
    assert_eq!(link(&card), None, "only an address of the web");
    synced.notice = Some(notice("something_new", None));
    card.update(Event::Talent("7".into(), Ok(synced)));
    shows(&card, "Ask your administrator.");

    let mut refused = signed_in(Some("7"));
    let activity = Fresh::New(activity("7", 120, 2), None);
    refused.update(Event::Activity("7".into(), Ok(activity)));
    let kind = FailureKind::of(403, "consent_missing");
    let failure = Failure::from(kind).needing(Some(PAGE.into()));
    refused.update(Event::Talent("7".into(), Err(failure)));
    shows(&refused, "an administrator has to consent first");
    assert_eq!(link(&refused).as_deref(), Some(PAGE));
    assert_eq!(by_id(&refused, "coins").as_deref(), Some("120"));
}

#[test]
fn after_a_sign_out_a_way_out_of_microsoft() {
    let mut card = own();
    card.update(Event::Act(Act::SignOut));
    shows(&card, "You are signed out.");
    assert_eq!(link(&card), None);
    let page = "https://eloops.example/auth/microsoft-sign-out";
    card.update(Event::SignedOut(Some(page.into())));
    shows(&card, "Sign out of Microsoft too");
    assert_eq!(link(&card).as_deref(), Some(page));
}

#[test]
fn what_came_over_the_card_is_heard() {
    let mut card = seven();
    card.update(Event::Act(Act::Refresh));
    let lost = Err(FailureKind::Unreachable.into());
    card.update(Event::Activity("7".into(), lost));
    assert!(
        heard(&card).contains("the last numbers"),
        "{}",
        heard(&card)
    );

    card.update(Event::Act(Act::SignOut));
    assert_eq!(heard(&card), "You are signed out.");
    card.update(Event::Prepared(Ok(ticket())));
    card.update(Event::Act(Act::SignIn));
    assert!(heard(&card).contains("confirm this code"));
    card.update(Event::Timer(Timer::Pairing));
    assert!(heard(&card).contains("longer than two minutes"));
}
