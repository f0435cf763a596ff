//! What Microsoft asks for besides: the claims challenge.

use super::*;

const CLAIMS: &str = r#"{"access_token":{"acrs":{"essential":true,"value":"c1"}}}"#;

fn challenge() -> Event {
    let failure = Failure::from(FailureKind::of(401, "insufficient_claims"));
    Event::Talent("7".into(), Err(failure.needing(Some(CLAIMS.into()))))
}

/// Worker 7 with Eloops' half here and Talent's challenged.
fn challenged() -> Card {
    let mut card = signed_in(Some("7"));
    card.update(Event::Me(Ok(me("1", false))));
    card.update(Event::Activity(
        "7".into(),
        Ok(new_activity(activity("7", 120, 2))),
    ));
    assert_eq!(
        card.update(challenge()),
        [
            Effect::Stop(Timer::Claim),
            Effect::Stop(Timer::Pairing),
            Effect::Prepare
        ]
    );
    card.update(Event::Prepared(Ok(ticket())));
    card
}

#[test]
fn the_window_is_opened_with_the_claims_and_the_new_session_replaces_the_old_one() {
    let mut card = challenged();
    assert_eq!(card.screen(), Screen::Person);
    assert!(card.person.activity.here().is_some(), "Eloops' half stays");

    card.tenant = Some("contoso.example".into());
    card.locale = "he";
    let effects = card.update(Event::Act(Act::SignIn));
    let Some(Effect::OpenSignIn(address)) = effects.first() else {
        panic!("expected a window, got {effects:?}");
    };
    let expected = format!(
        "https://eloops.example/auth/start?challenge={}&locale=he&tenant=contoso.example&claims=eyJhY2Nlc3NfdG9rZW4iOnsiYWNycyI6eyJlc3NlbnRpYWwiOnRydWUsInZhbHVlIjoiYzEifX19",
        ticket().challenge
    );
    assert_eq!(*address, expected);
    assert!(
        effects.contains(&Effect::Focus(Focus::Challenge)),
        "{effects:?}"
    );

    assert_eq!(card.update(Event::Timer(Timer::Claim)), [Effect::Claim]);
    assert!(card.person.activity.here().is_some(), "Eloops' half stays");
    let effects = card.update(Event::Claimed(Ok(Some(HOUR))));
    let at = |wanted: &Effect| effects.iter().position(|effect| effect == wanted);
    assert!(
        at(&Effect::SignOut) < at(&Effect::TakeSession),
        "the old one is signed out, and then the new one taken: {effects:?}"
    );
    assert!(
        at(&Effect::TakeSession) < at(&Effect::GetTalent("7".into())),
        "and asked with: {effects:?}"
    );
    assert!(!effects.contains(&Effect::Forget), "{effects:?}");
    card.update(Event::SignedOut(Some("https://x.example".into())));
    assert_eq!(card.microsoft_sign_out, None);
    card.update(Event::Talent("7".into(), Ok(worker("7"))));
    assert!(card.person.talent.here().is_some());
    assert_eq!((&card.pairing, &card.challenge), (&Pairing::None, &None));
}

#[test]
fn somebody_else_in_the_window_sees_nothing_of_the_first() {
    let mut card = challenged();
    card.update(Event::Act(Act::SignIn));
    card.update(Event::Claimed(Ok(Some(HOUR))));
    let effects = card.update(Event::Me(Ok(me("2", false))));
    assert!(card.person.activity.waiting() && card.person.talent.waiting());
    assert!(
        effects.contains(&Effect::GetActivity("7".into(), None)),
        "{effects:?}"
    );
    assert_eq!(card.screen(), Screen::Loading);
}

#[test]
fn a_window_that_is_cancelled_or_late_can_be_opened_again() {
    let mut card = challenged();
    card.update(Event::Act(Act::SignIn));
    for late in [
        Event::Timer(Timer::Pairing),
        Event::Claimed(fail(FailureKind::Ended)),
    ] {
        let effects = card.update(late);
        assert!(effects.contains(&Effect::Prepare), "{effects:?}");
        assert_eq!(card.why, Why::Late);
        card.update(Event::Prepared(Ok(ticket())));
        let effects = card.update(Event::Act(Act::SignIn));
        assert!(
            matches!(&effects[0], Effect::OpenSignIn(address) if address.contains("&claims=")),
            "{effects:?}"
        );
    }
    let effects = card.update(Event::Act(Act::CancelSignIn));
    assert!(effects.contains(&Effect::Prepare), "{effects:?}");
    assert_eq!(card.access, Access::FRESH, "still signed in");
}

#[test]
fn a_challenge_that_comes_again_prepares_one_window() {
    let mut card = challenged();
    card.update(Event::Act(Act::SignIn));
    let waiting = card.pairing.clone();
    assert_eq!(card.update(challenge()), []);
    assert_eq!(card.pairing, waiting, "the open window stays the one");
    assert!(
        !card
            .update(Event::Act(Act::Retry))
            .contains(&Effect::GetTalent("7".into())),
        "the window comes first"
    );
}

#[test]
fn the_session_ending_meanwhile_ends_the_challenge_too() {
    let mut card = challenged();
    card.update(Event::Act(Act::SignIn));
    card.update(Event::Activity("7".into(), fail(FailureKind::SignedOut)));
    assert_eq!((&card.access, &card.challenge), (&Access::Out, &None));
    card.update(Event::Prepared(Ok(ticket())));
    let effects = card.update(Event::Act(Act::SignIn));
    assert!(
        matches!(&effects[0], Effect::OpenSignIn(address) if !address.contains("claims")),
        "{effects:?}"
    );
}

#[test]
fn a_host_is_asked_with_the_claims_once() {
    let (mut card, _) = Card::new(String::new(), Some("7".into()), true);
    card.update(Event::HostToken(false, Ok(())));
    card.update(Event::Activity(
        "7".into(),
        Ok(new_activity(activity("7", 120, 2))),
    ));
    let ask = || Effect::AskHost(Some(CLAIMS.into()));
    assert_eq!(card.update(challenge()), [ask()]);
    assert!(card.person.activity.here().is_some(), "Eloops' half stays");
    assert_eq!(
        card.update(Event::HostToken(true, Ok(()))),
        [Effect::GetMe, Effect::GetTalent("7".into())]
    );
    assert_eq!(card.update(challenge()), [], "not in circles");
    assert_eq!(
        card.person.talent.missing().map(|failure| failure.kind),
        Some(FailureKind::Challenged)
    );

    card.update(Event::Act(Act::Retry));
    assert_eq!(
        card.update(challenge()),
        [ask()],
        "unless the person wants it"
    );
    card.update(Event::HostToken(true, fail(FailureKind::SignedOut)));
    assert_eq!(card.screen(), Screen::Person, "Eloops' half stays");

    card.update(Event::Act(Act::Retry));
    card.update(Event::Talent("7".into(), Ok(worker("7"))));
    assert_eq!(card.update(challenge()), [ask()], "a new challenge");
}
