use super::*;

fn polled(effects: &[Effect]) -> Option<u32> {
    effects.iter().find_map(|effect| match effect {
        Effect::Start(Timer::Poll, after) => Some(*after),
        _ => None,
    })
}

#[test]
fn each_half_is_drawn_when_it_comes() {
    let mut card = signed_in(Some("7"));
    assert_eq!(card.screen(), Screen::Loading);
    let effects = card.update(Event::Talent("7".into(), Ok(worker("7"))));
    assert_eq!(effects, [Effect::GetImage(Image::Photo("7".into()))]);
    assert_eq!(card.screen(), Screen::Person);
    let mut with_video = activity("7", 120, 2);
    with_video
        .uploads
        .recent
        .push(*upload("film", UploadKind::Video));
    let effects = card.update(Event::Activity("7".into(), Ok(new_activity(with_video))));
    let thumbnail = |id: &str| Effect::GetImage(Image::Thumbnail(id.into()));
    assert_eq!(
        effects,
        [
            thumbnail("u0"),
            thumbnail("u1"),
            Effect::Start(Timer::Poll, POLL_EVERY_MS)
        ]
    );
}

#[test]
fn an_open_card_is_read_again_with_its_etag_while_it_is_seen() {
    let mut card = seven();
    let again = [Effect::GetActivity("7".into(), Some("\"e1\"".into()))];
    assert_eq!(card.update(Event::Timer(Timer::Poll)), again);
    assert_eq!(card.update(Event::Visible(true)), [], "not twice at a time");
    let effects = card.update(Event::Activity(
        "7".into(),
        Ok(Fresh::Same("2026-11-22T09:00:00Z".into())),
    ));
    assert_eq!(polled(&effects), Some(POLL_EVERY_MS));
    assert_eq!(
        card.person
            .activity
            .here()
            .map(|activity| activity.as_of.as_str()),
        Some("2026-11-22T09:00:00Z")
    );

    card.update(Event::Visible(false));
    assert_eq!(
        card.update(Event::Timer(Timer::Poll)),
        [],
        "a hidden card asks nothing"
    );
    assert_eq!(
        card.update(Event::Visible(true)),
        again,
        "and asks at once when it is seen again"
    );
}

#[test]
fn changed_numbers_are_said_and_only_new_pictures_are_fetched() {
    let mut card = seven();
    card.update(Event::Timer(Timer::Poll));
    let effects = card.update(Event::Activity(
        "7".into(),
        Ok(new_activity(activity("7", 150, 3))),
    ));
    assert_eq!(card.notice, Some(Notice::Changed));
    assert_eq!(effects[0], Effect::GetImage(Image::Thumbnail("u2".into())));
    assert_eq!(effects.len(), 2, "{effects:?}");
}

#[test]
fn a_refresh_reads_both_halves_and_says_how_it_went() {
    let mut card = seven();
    let effects = card.update(Event::Act(Act::Refresh));
    assert_eq!(
        effects,
        [
            Effect::GetActivity("7".into(), Some("\"e1\"".into())),
            Effect::GetTalent("7".into())
        ]
    );
    card.update(Event::Activity(
        "7".into(),
        Ok(Fresh::Same("2026-11-22T09:00:00Z".into())),
    ));
    assert_eq!(card.notice, Some(Notice::Unchanged));
}

#[test]
fn a_failing_server_is_asked_ever_more_seldom_and_the_numbers_stay() {
    let mut card = seven();
    let mut waits = Vec::new();
    for _ in 0..6 {
        card.update(Event::Timer(Timer::Poll));
        waits.extend(polled(
            &card.update(Event::Activity("7".into(), fail(FailureKind::Server))),
        ));
    }
    assert_eq!(waits, [30_000, 60_000, 120_000, 240_000, 240_000, 240_000]);
    assert!(card.person.activity.here().is_some() && card.person.stale.is_some());
    card.update(Event::Timer(Timer::Poll));
    let wait = Failure::new(FailureKind::TooMany, None, Some(600));
    let effects = card.update(Event::Activity("7".into(), Err(wait)));
    assert_eq!(
        polled(&effects),
        Some(600_000),
        "never before the server's own word"
    );
    card.update(Event::Timer(Timer::Poll));
    let effects = card.update(Event::Activity("7".into(), Ok(Fresh::Same(String::new()))));
    assert_eq!(
        (polled(&effects), card.person.stale),
        (Some(POLL_EVERY_MS), None)
    );
}

#[test]
fn access_that_is_taken_away_takes_the_data_with_it() {
    for kind in [FailureKind::NotAllowed, FailureKind::Inactive] {
        let mut card = seven();
        card.update(Event::Activity("7".into(), fail(kind)));
        card.update(Event::Talent("7".into(), fail(kind)));
        assert_eq!(card.screen(), Screen::Failed(kind));
        assert!(card.person.talent.here().is_none() && card.person.activity.here().is_none());
    }
}

#[test]
fn half_an_answer_is_shown_and_the_other_half_asked_again() {
    let mut card = signed_in(Some("7"));
    card.update(Event::Talent("7".into(), fail(FailureKind::Server)));
    card.update(Event::Activity(
        "7".into(),
        Ok(new_activity(activity("7", 1, 0))),
    ));
    assert_eq!(card.screen(), Screen::Person);
    let effects = card.update(Event::Act(Act::Retry));
    assert!(
        effects.contains(&Effect::GetTalent("7".into())),
        "{effects:?}"
    );
}

#[test]
fn two_failures_show_the_one_that_says_more() {
    let mut card = signed_in(Some("7"));
    card.update(Event::Talent("7".into(), fail(FailureKind::NotAllowed)));
    card.update(Event::Activity("7".into(), fail(FailureKind::Server)));
    assert_eq!(card.screen(), Screen::Failed(FailureKind::Server));
    card.update(Event::Me(fail(FailureKind::Inactive)));
    assert_eq!(
        card.screen(),
        Screen::Failed(FailureKind::Inactive),
        "the viewer's own state comes first"
    );
}

#[test]
fn the_network_coming_back_tries_again() {
    let mut card = signed_in(Some("7"));
    card.update(Event::Talent("7".into(), fail(FailureKind::Offline)));
    card.update(Event::Activity("7".into(), fail(FailureKind::Offline)));
    assert_eq!(card.screen(), Screen::Failed(FailureKind::Offline));
    let effects = card.update(Event::Online);
    assert!(
        effects.contains(&Effect::GetTalent("7".into())),
        "{effects:?}"
    );
    assert!(
        effects.contains(&Effect::GetActivity("7".into(), None)),
        "{effects:?}"
    );
    assert_eq!(card.screen(), Screen::Loading);
}
