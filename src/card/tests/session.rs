use super::*;

fn renewals(effects: &[Effect]) -> Vec<u32> {
    let wait = |effect: &Effect| match effect {
        Effect::Start(Timer::Renew, wait) => Some(*wait),
        _ => None,
    };
    effects.iter().filter_map(wait).collect()
}

#[test]
fn a_session_is_renewed_five_minutes_before_its_end_and_again() {
    let mut card = seven();
    for _ in 0..3 {
        assert_eq!(card.update(Event::Timer(Timer::Renew)), [Effect::Renew]);
        let effects = card.update(Event::Renewed(Ok(HOUR)));
        assert_eq!(effects, [Effect::Start(Timer::Renew, 55 * 60_000)]);
    }
    assert!(
        card.person.activity.here().is_some(),
        "nothing else changes"
    );
}

#[test]
fn the_last_session_of_a_sign_in_is_used_up() {
    let mut card = seven();
    card.update(Event::Timer(Timer::Renew));
    assert_eq!(card.update(Event::Renewed(Ok(RENEW_BEFORE_MS))), []);
}

#[test]
fn without_an_answer_it_is_tried_until_the_end_and_no_longer() {
    let mut card = seven();
    let (mut tries, mut waited) = (0, 0);
    loop {
        assert_eq!(card.update(Event::Timer(Timer::Renew)), [Effect::Renew]);
        tries += 1;
        let effects = card.update(Event::Renewed(fail(FailureKind::Unreachable)));
        let Some(wait) = renewals(&effects).pop() else {
            break;
        };
        waited += wait;
    }
    assert_eq!(
        (tries, waited),
        (15, 14 * RENEW_AGAIN_MS),
        "for the five minutes that were left"
    );
    assert_eq!(card.access, Access::FRESH, "the server decides");

    card.update(Event::Timer(Timer::Renew));
    card.update(Event::Renewed(Ok(HOUR)));
    let wait = Failure::new(FailureKind::TooMany, None, Some(60));
    let effects = card.update(Event::Renewed(Err(wait)));
    assert_eq!(
        renewals(&effects),
        [60_000],
        "never before the server's word"
    );
}

#[test]
fn renewed_by_an_earlier_question_is_no_loss() {
    let mut card = seven();
    let before = card.clone();
    // 409 `session_refreshed`.
    let taken = FailureKind::of(409, "session_refreshed");
    assert_eq!(card.update(Event::Renewed(fail(taken))), []);
    assert_eq!(card, before);
}

#[test]
fn a_session_that_cannot_be_renewed_is_over() {
    let mut card = seven();
    let ended = FailureKind::of(401, "session_ended");
    let effects = card.update(Event::Renewed(fail(ended)));
    assert_eq!((&card.access, card.why), (&Access::Out, Why::Ended));
    assert!(effects.contains(&Effect::Forget), "{effects:?}");
    assert_eq!(
        card.update(Event::Timer(Timer::Renew)),
        [],
        "nothing is left to renew"
    );
}

#[test]
fn after_a_sign_out_the_way_out_of_microsoft() {
    let mut card = own();
    let effects = card.update(Event::Act(Act::SignOut));
    assert!(effects.contains(&Effect::Stop(Timer::Renew)), "{effects:?}");
    let link = || Some("https://eloops.example/auth/microsoft-sign-out".to_owned());
    card.update(Event::SignedOut(link()));
    assert_eq!(card.microsoft_sign_out, link());
    card.update(Event::Prepared(Ok(ticket())));
    assert_eq!(
        card.microsoft_sign_out,
        link(),
        "it stays until the next sign-in"
    );

    let mut ended = seven();
    ended.update(Event::Activity("7".into(), fail(FailureKind::SignedOut)));
    ended.update(Event::SignedOut(link()));
    assert_eq!(ended.microsoft_sign_out, None, "nobody asked to leave");
}
