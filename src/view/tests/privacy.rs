//! Who may see the own card, and who did.

use eloops_api::{LookedAt, Page, ViewerAs, Visibility};

use super::*;
use crate::card::tests::privacy::look;
pub(super) use crate::card::tests::privacy::opened;

fn checked(card: &Card) -> Option<String> {
    let node = drawn(card);
    let switch = node.find(&|element| element.attribute("role") == Some("switch"))?;
    switch.attribute("aria-checked").map(Into::into)
}

#[test]
fn closed_until_it_is_opened_and_only_on_the_own_card() {
    let mut card = own();
    let opener = |expanded: &'static str| {
        move |element: &Element| {
            act("privacy")(element) && element.attribute("aria-expanded") == Some(expanded)
        }
    };
    shows(&card, "Who can see this");
    assert!(has(&card, &opener("false")));
    hides(&card, "My managers see my coins");
    card.update(Event::Act(Act::Privacy));
    assert!(has(&card, &opener("true")));
    shows(&card, "Your managers always see your uploads.");
    hides(&seven(), "Who can see this");
}

#[test]
fn the_switch_says_what_holds() {
    let mut card = opened();
    assert_eq!(checked(&card).as_deref(), Some("true"));
    card.update(Event::Act(Act::Share));
    assert_eq!(checked(&card).as_deref(), Some("false"), "at once");
    let saved = Visibility {
        balance_to_line: false,
    };
    card.update(Event::Saved(Ok(Box::new(saved))));
    shows(&card, "Your managers no longer see your coins.");
    card.update(Event::Act(Act::Share));
    card.update(Event::Saved(fail(FailureKind::Server)));
    assert_eq!(checked(&card).as_deref(), Some("false"), "taken back");
    assert!(has(&card, &|element| element.attribute("role") == Some("alert")));
    shows(&card, "That could not be saved");
}

#[test]
fn who_looked_as_what_at_what_and_when() {
    let mut card = own();
    card.update(Event::Act(Act::Privacy));
    let mut items = vec![look("a"), look("b"), look("c")];
    items[1].viewer_as = ViewerAs::ManagerAbove;
    items[1].looked_at = LookedAt::Team;
    items[2].viewer_as = ViewerAs::Application;
    items[2].viewer_name = None;
    let page = Page {
        items,
        next_cursor: Some("n".into()),
    };
    card.update(Event::Views(false, Ok(Box::new(page))));
    for text in [
        "David Bradley Your manager Your card ago(2026-11-21T09:00:00Z)",
        "David Bradley A manager further up The team list",
        "An application Your card",
        "kept for 90 days",
    ] {
        shows(&card, text);
    }
    assert!(has(&card, &act("more-views")));
}

#[test]
fn nobody_looked_and_nothing_came() {
    let mut card = own();
    card.update(Event::Act(Act::Privacy));
    let none = Page {
        items: Vec::new(),
        next_cursor: None,
    };
    card.update(Event::Views(false, Ok(Box::new(none))));
    card.update(Event::Visibility(fail(FailureKind::Offline)));
    shows(&card, "Nobody else has looked in the last 90 days.");
    shows(&card, "This could not be read just now.");
    assert!(!has(&card, &act("more-views")) && has(&card, &act("retry")));
}
