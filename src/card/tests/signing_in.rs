use super::*;

#[test]
fn the_paired_window_from_the_first_look_to_the_numbers() {
    let (mut card, first) = Card::new("https://eloops.example".into(), Some("7".into()), false);
    assert_eq!(first, [Effect::Prepare]);
    assert_eq!(card.screen(), Screen::SignIn);
    assert_eq!(
        card.update(Event::Act(Act::SignIn)),
        [],
        "a click before the ticket opens nothing"
    );

    card.update(Event::Prepared(Ok(ticket())));
    let effects = card.update(Event::Act(Act::SignIn));
    let address = format!(
        "https://eloops.example/auth/start?challenge={}",
        ticket().challenge
    );
    assert_eq!(effects[0], Effect::OpenSignIn(address));
    assert!(
        effects.contains(&Effect::Start(Timer::Claim, 1_000)),
        "{effects:?}"
    );
    assert!(
        effects.contains(&Effect::Start(Timer::Pairing, 120_000)),
        "{effects:?}"
    );

    assert_eq!(card.update(Event::Timer(Timer::Claim)), [Effect::Claim]);
    assert_eq!(
        card.update(Event::Claimed(Ok(None))),
        [Effect::Start(Timer::Claim, 1_000)]
    );

    let effects = card.update(Event::Claimed(Ok(Some(HOUR))));
    assert_eq!(
        effects,
        [
            Effect::Stop(Timer::Claim),
            Effect::Stop(Timer::Pairing),
            Effect::TakeSession,
            Effect::GetMe,
            Effect::GetTalent("7".into()),
            Effect::GetActivity("7".into(), None),
            Effect::Start(Timer::Renew, HOUR - RENEW_BEFORE_MS),
        ],
        "both halves are asked for at once"
    );
    assert_eq!(card.screen(), Screen::Loading);
}

#[test]
fn two_minutes_are_enough() {
    let (mut card, _) = Card::new(String::new(), None, false);
    card.update(Event::Prepared(Ok(ticket())));
    card.update(Event::Act(Act::SignIn));
    let effects = card.update(Event::Timer(Timer::Pairing));
    assert_eq!((&card.pairing, card.why), (&Pairing::Preparing, Why::Late));
    assert!(
        effects.contains(&Effect::Prepare),
        "a fresh secret: {effects:?}"
    );
    assert_eq!(
        card.update(Event::Claimed(Ok(Some(HOUR)))),
        [],
        "a late answer signs nobody in"
    );
}

#[test]
fn a_lost_claim_is_asked_again_and_a_refused_one_is_said() {
    let (mut card, _) = Card::new(String::new(), None, false);
    card.update(Event::Prepared(Ok(ticket())));
    card.update(Event::Act(Act::SignIn));
    let lost = card.update(Event::Claimed(fail(FailureKind::Unreachable)));
    assert_eq!(lost, [Effect::Start(Timer::Claim, 2_000)]);
    let wait = Failure::new(FailureKind::TooMany, None, Some(7));
    assert_eq!(
        card.update(Event::Claimed(Err(wait))),
        [Effect::Start(Timer::Claim, 7_000)]
    );
    let mut cancelled = card.clone();
    cancelled.update(Event::Claimed(fail(FailureKind::Ended)));
    assert_eq!(
        (&cancelled.pairing, cancelled.why),
        (&Pairing::Preparing, Why::Late),
        "cancelled in the window"
    );
    card.update(Event::Claimed(fail(FailureKind::Refused)));
    assert!(
        matches!(card.pairing, Pairing::Failed(_)),
        "{:?}",
        card.pairing
    );
    assert!(
        card.update(Event::Act(Act::Retry))
            .contains(&Effect::Prepare)
    );
}

#[test]
fn signing_out_leaves_nothing() {
    let mut card = own();
    let effects = card.update(Event::Act(Act::SignOut));
    assert_eq!(effects[0], Effect::SignOut, "before the token is dropped");
    assert!(
        effects.contains(&Effect::Forget) && effects.contains(&Effect::Stop(Timer::Poll)),
        "{effects:?}"
    );
    let (fresh, _) = Card::new("https://eloops.example".into(), None, false);
    assert_eq!(
        card,
        Card {
            why: Why::Left,
            ..fresh
        }
    );
    card.update(Event::Activity(
        "1".into(),
        Ok(new_activity(activity("1", 1, 1))),
    ));
    assert!(card.person.activity.waiting(), "a late answer is nobody's");
}

#[test]
fn a_session_that_ended_asks_for_a_sign_in() {
    let mut card = seven();
    let effects = card.update(Event::Activity("7".into(), fail(FailureKind::SignedOut)));
    assert_eq!(
        (&card.access, &card.pairing, card.why),
        (&Access::Out, &Pairing::Preparing, Why::Ended)
    );
    assert!(effects.contains(&Effect::Forget), "{effects:?}");
    assert!(card.person.talent.waiting(), "nothing stays on the screen");
}

#[test]
fn a_host_is_asked_for_a_token_and_once_more_when_it_is_refused() {
    let (mut card, first) = Card::new(String::new(), Some("7".into()), true);
    assert_eq!(first, [Effect::AskHost(None)]);
    assert!(
        card.update(Event::HostToken(false, Ok(())))
            .contains(&Effect::GetActivity("7".into(), None))
    );

    let refused = || Event::Activity("7".into(), fail(FailureKind::SignedOut));
    assert_eq!(card.update(refused()), [Effect::AskHost(None)]);
    card.update(Event::HostToken(false, Ok(())));
    card.update(refused());
    assert_eq!(
        card.screen(),
        Screen::Failed(FailureKind::SignedOut),
        "not in circles"
    );
    assert_eq!(
        card.update(Event::Act(Act::Retry)),
        [Effect::AskHost(None)],
        "unless the person wants it"
    );

    assert_eq!(
        card.update(Event::Act(Act::SignOut)),
        [],
        "the host signs in and out"
    );
    card.update(Event::HostToken(false, fail(FailureKind::SignedOut)));
    assert_eq!(card.screen(), Screen::Failed(FailureKind::SignedOut));
}

/// A host's card for the worker 7, both halves here.
fn hosted() -> Card {
    let (mut card, _) = Card::new(String::new(), Some("7".into()), true);
    card.update(Event::HostToken(false, Ok(())));
    card.update(Event::Me(Ok(me("1", true))));
    card.update(Event::Talent("7".into(), Ok(worker("7"))));
    card.update(Event::Activity(
        "7".into(),
        Ok(new_activity(activity("7", 120, 2))),
    ));
    card
}

#[test]
fn questions_refused_together_ask_the_host_once() {
    let (mut card, _) = Card::new(String::new(), Some("7".into()), true);
    card.update(Event::HostToken(false, Ok(())));
    let refused = || fail(FailureKind::SignedOut);
    assert_eq!(
        card.update(Event::Me(refused())),
        [Effect::AskHost(None)],
        "a host's cache may give a token that has ended"
    );
    for event in [
        Event::Talent("7".into(), fail(FailureKind::SignedOut)),
        Event::Activity("7".into(), fail(FailureKind::SignedOut)),
    ] {
        assert_eq!(card.update(event), [], "the host is being asked");
    }
    assert_eq!(card.screen(), Screen::Loading);
    assert_eq!(
        card.update(Event::HostToken(false, Ok(()))),
        [
            Effect::GetMe,
            Effect::GetTalent("7".into()),
            Effect::GetActivity("7".into(), None),
        ],
        "everything is asked again"
    );
    let effects = card.update(Event::Me(refused()));
    assert!(effects.contains(&Effect::Forget), "once only: {effects:?}");
    assert_eq!(card.screen(), Screen::Failed(FailureKind::SignedOut));
}

#[test]
fn what_was_refused_with_the_hosts_last_token_is_asked_again() {
    let (mut card, _) = Card::new(String::new(), None, true);
    card.update(Event::HostToken(false, Ok(())));
    card.update(Event::Me(Ok(me("1", false))));
    card.update(Event::Act(Act::Privacy));
    card.update(Event::Visibility(fail(FailureKind::SignedOut)));
    card.update(Event::Views(false, fail(FailureKind::SignedOut)));
    let effects = card.update(Event::HostToken(false, Ok(())));
    for wanted in [Effect::GetVisibility, Effect::GetViews(None)] {
        assert!(effects.contains(&wanted), "{wanted:?} in {effects:?}");
    }
}

#[test]
fn a_host_that_signs_in_somebody_else_shows_nothing_of_the_one_before() {
    for stronger in [false, true] {
        let mut card = hosted();
        let effects = card.update(Event::HostToken(stronger, Ok(())));
        assert!(effects.contains(&Effect::GetMe), "{effects:?}");
        let effects = card.update(Event::Me(Ok(me("2", false))));
        assert!(effects.contains(&Effect::DropAnswers), "{effects:?}");
        assert!(effects.contains(&Effect::GetActivity("7".into(), None)));
        assert!(card.person.activity.waiting() && card.person.talent.waiting());
    }
}

#[test]
fn a_host_without_another_token_leaves_nothing_of_the_last() {
    let mut card = hosted();
    card.update(Event::Activity("7".into(), fail(FailureKind::SignedOut)));
    let effects = card.update(Event::HostToken(false, fail(FailureKind::SignedOut)));
    assert!(effects.contains(&Effect::Forget), "{effects:?}");
    assert!(card.me.waiting() && card.person.activity.waiting());
    card.update(Event::Act(Act::Retry));
    assert!(
        card.update(Event::HostToken(false, Ok(())))
            .contains(&Effect::GetMe),
        "it may be somebody else"
    );
}
