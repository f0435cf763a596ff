use eloops_api::{LookedAt, View, ViewerAs, Visibility};

use super::*;

pub(crate) fn look(id: &str) -> View {
    View {
        id: id.into(),
        viewer_name: Some("David Bradley".into()),
        viewer_number: Some("7".into()),
        viewer_as: ViewerAs::Manager,
        looked_at: LookedAt::Profile,
        first_at: "2026-11-21T08:00:00Z".into(),
        last_at: "2026-11-21T09:00:00Z".into(),
    }
}

fn choice(balance_to_line: bool) -> Visibility {
    Visibility { balance_to_line }
}

fn page(ids: &[&str], next: Option<&str>) -> Result<Box<Page<View>>, Failure> {
    Ok(Box::new(Page {
        items: ids.iter().map(|id| look(id)).collect(),
        next_cursor: next.map(Into::into),
    }))
}

/// The own card with both answers here.
pub(crate) fn opened() -> Card {
    let mut card = own();
    assert_eq!(
        card.update(Event::Act(Act::Privacy)),
        [Effect::GetVisibility, Effect::GetViews(None)],
        "asked for when it is opened"
    );
    card.update(Event::Visibility(Ok(Box::new(choice(true)))));
    card.update(Event::Views(false, page(&["a", "b"], Some("next"))));
    card
}

fn shares(card: &Card) -> Option<bool> {
    let visibility = card.privacy.visibility.here()?;
    Some(visibility.balance_to_line)
}

#[test]
fn a_choice_is_shown_at_once_and_said_when_it_is_saved() {
    let mut card = opened();
    let effects = card.update(Event::Act(Act::Share));
    assert_eq!(effects, [Effect::PutVisibility(choice(false))]);
    assert_eq!((shares(&card), card.notice), (Some(false), None));
    assert_eq!(card.update(Event::Act(Act::Share)), [], "one at a time");
    card.update(Event::Saved(Ok(Box::new(choice(false)))));
    assert_eq!(
        (shares(&card), card.notice),
        (Some(false), Some(Notice::Shared(false)))
    );
}

#[test]
fn a_choice_that_cannot_be_saved_is_taken_back() {
    let mut card = opened();
    card.update(Event::Act(Act::Share));
    card.update(Event::Saved(fail(FailureKind::Unreachable)));
    assert_eq!((shares(&card), card.privacy.unsaved), (Some(true), true));
    card.update(Event::Act(Act::Share));
    assert!(!card.privacy.unsaved, "gone with the next try");
}

#[test]
fn a_choice_on_its_way_is_not_lost_by_closing() {
    let mut card = opened();
    card.update(Event::Act(Act::Share));
    card.update(Event::Act(Act::Privacy));
    assert!(!card.privacy.open);
    card.update(Event::Saved(fail(FailureKind::Server)));
    card.update(Event::Act(Act::Privacy));
    assert_eq!((shares(&card), card.privacy.unsaved), (Some(true), true));
}

#[test]
fn who_looked_comes_page_by_page() {
    let mut card = opened();
    let more = [Effect::GetViews(Some("next".into()))];
    assert_eq!(card.update(Event::Act(Act::MoreViews)), more);
    assert_eq!(card.update(Event::Act(Act::MoreViews)), [], "one at a time");
    card.update(Event::Views(true, fail(FailureKind::Offline)));
    assert_eq!(card.update(Event::Act(Act::MoreViews)), more, "again");
    card.update(Event::Views(true, page(&["c"], None)));
    assert_eq!(card.privacy.views.here().map(Vec::len), Some(3));
    assert_eq!(card.update(Event::Act(Act::MoreViews)), []);
}

#[test]
fn what_did_not_come_is_asked_for_again() {
    let mut card = own();
    card.update(Event::Act(Act::Privacy));
    card.update(Event::Visibility(fail(FailureKind::Server)));
    card.update(Event::Views(false, fail(FailureKind::Server)));
    let effects = card.update(Event::Act(Act::Retry));
    assert!(
        effects.contains(&Effect::GetVisibility) && effects.contains(&Effect::GetViews(None)),
        "{effects:?}"
    );
}

#[test]
fn only_on_the_own_card() {
    let mut card = seven();
    assert_eq!(card.update(Event::Act(Act::Privacy)), []);
    assert!(!card.privacy.open);
    let mut card = opened();
    card.update(Event::Act(Act::Open("8".into())));
    assert_eq!(card.privacy, Privacy::default(), "nothing goes with it");
}
