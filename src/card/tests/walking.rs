use super::*;

fn page(numbers: &[&str], next: Option<&str>) -> Box<Page<TeamMember>> {
    Box::new(Page {
        items: numbers.iter().map(|number| team_member(number)).collect(),
        next_cursor: next.map(Into::into),
    })
}

#[test]
fn without_a_worker_the_own_card_opens_once_it_is_known_who_is_there() {
    let mut card = signed_in(None);
    assert_eq!((card.place, card.screen()), (Place::Start, Screen::Loading));
    let effects = card.update(Event::Me(Ok(me("1", false))));
    assert_eq!(
        effects,
        [
            Effect::GetTalent("1".into()),
            Effect::GetActivity("1".into(), None)
        ]
    );
    assert!(card.is_own() && !card.has_team());
}

#[test]
fn an_account_of_nobody_is_told_so() {
    let mut card = signed_in(None);
    card.update(Event::Me(Ok(Box::new(Me {
        member: None,
        roles: Vec::new(),
        is_manager: false,
    }))));
    assert_eq!(card.screen(), Screen::Failed(FailureKind::NotLinked));
}

#[test]
fn a_manager_opens_a_person_of_the_team_and_comes_back() {
    let mut card = own();
    assert!(card.has_team());
    let effects = card.update(Event::Act(Act::ShowTeam));
    assert!(
        effects.contains(&Effect::Stop(Timer::Poll)) && effects.contains(&Effect::GetTeam(None)),
        "{effects:?}"
    );
    assert_eq!(card.screen(), Screen::Team, "the heading at once");
    card.update(Event::Team(false, Ok(page(&["7", "8"], Some("next")))));
    assert_eq!(
        card.update(Event::Act(Act::MoreTeam)),
        [Effect::GetTeam(Some("next".into()))]
    );
    assert_eq!(
        card.update(Event::Act(Act::MoreTeam)),
        [],
        "one page at a time"
    );
    card.update(Event::Team(true, Ok(page(&["9"], None))));
    assert_eq!(card.team.members.here().map(Vec::len), Some(3));

    let effects = card.update(Event::Act(Act::Open("8".into())));
    assert!(
        effects.contains(&Effect::GetActivity("8".into(), None)),
        "{effects:?}"
    );
    assert_eq!(
        card.person.known.as_ref().map(|known| known.name.as_str()),
        Some("Mary Dempsey")
    );
    assert_eq!(
        (card.is_own(), card.screen()),
        (false, Screen::Person),
        "who it is is known at once"
    );

    card.update(Event::Act(Act::ShowTeam));
    assert_eq!(card.screen(), Screen::Team, "the list is there at once");
    card.update(Event::Activity(
        "1".into(),
        Ok(new_activity(activity("1", 1, 1))),
    ));
    assert!(
        card.person.activity.waiting(),
        "an answer for somebody else changes nothing"
    );
}

#[test]
fn a_host_that_shows_another_worker() {
    let mut card = seven();
    let effects = card.update(Event::Ask(Some("8".into())));
    assert_eq!(
        effects,
        [
            Effect::GetTalent("8".into()),
            Effect::GetActivity("8".into(), None)
        ]
    );
    assert_eq!(card.screen(), Screen::Loading);
    assert_eq!(card.update(Event::Ask(Some("8".into()))), []);
    card.update(Event::Ask(None));
    assert_eq!(card.person.number, "1", "no worker: my own card");
}

#[test]
fn a_host_that_changes_before_the_sign_in() {
    let (mut card, _) = Card::new(String::new(), Some("7".into()), false);
    card.update(Event::Prepared(Ok(ticket())));
    assert_eq!(card.update(Event::Ask(Some("8".into()))), []);
    card.update(Event::Act(Act::SignIn));
    let effects = card.update(Event::Claimed(Ok(Some(HOUR))));
    assert!(
        effects.contains(&Effect::GetTalent("8".into())),
        "{effects:?}"
    );
}

#[test]
fn acts_by_name() {
    assert_eq!(
        Act::named("open", Some("7".into())),
        Some(Act::Open("7".into()))
    );
    assert_eq!(Act::named("open", None), None);
    assert_eq!(Act::named("format-disk", None), None);
}
