use super::*;

fn picked() -> Box<Picked> {
    Box::new(Picked {
        key: "1".into(),
        name: "hills.png".into(),
        video: false,
        preview: None,
    })
}

#[test]
fn a_posted_file_raises_the_numbers_in_the_open_card() {
    let mut card = own();
    assert_eq!(
        card.update(Event::Picked(picked())),
        [Effect::Focus(Focus::Caption)]
    );
    assert_eq!(card.update(Event::Act(Act::Post)), [Effect::Post]);
    assert_eq!(
        card.update(Event::Act(Act::Post)),
        [],
        "a second click posts nothing twice"
    );
    let effects = card.update(Event::Posted(Ok(upload("new", UploadKind::Photo))));
    assert_eq!(card.notice, Some(Notice::Posted(10)));
    assert!(
        effects.contains(&Effect::GetActivity("1".into(), Some("\"e1\"".into()))),
        "{effects:?}"
    );
    card.update(Event::Activity(
        "1".into(),
        Ok(new_activity(activity("1", 40, 4))),
    ));
    assert_eq!(
        card.person
            .activity
            .here()
            .map(|activity| activity.uploads.total),
        Some(4)
    );
    assert_eq!(card.notice, Some(Notice::Posted(10)), "the good news stays");
}

#[test]
fn numbers_read_before_the_post_are_read_once_more() {
    let mut card = own();
    card.update(Event::Picked(picked()));
    card.update(Event::Act(Act::Post));
    card.update(Event::Timer(Timer::Poll));
    let effects = card.update(Event::Posted(Ok(upload("new", UploadKind::Photo))));
    assert!(
        !effects
            .iter()
            .any(|effect| matches!(effect, Effect::GetActivity(..))),
        "{effects:?}"
    );
    let effects = card.update(Event::Activity("1".into(), Ok(Fresh::Same(String::new()))));
    assert_eq!(
        effects,
        [Effect::GetActivity("1".into(), Some("\"e1\"".into()))]
    );
}

#[test]
fn a_refused_file_stays_for_another_try() {
    let mut card = own();
    card.update(Event::Picked(picked()));
    card.update(Event::Act(Act::Post));
    card.update(Event::Posted(fail(FailureKind::TooLarge)));
    assert_eq!(
        card.composer,
        Composer::Open(picked(), Some(FailureKind::TooLarge.into()))
    );
    assert_eq!(card.update(Event::Act(Act::Post)), [Effect::Post]);
}

#[test]
fn giving_up_drops_the_file() {
    let mut card = own();
    card.update(Event::Picked(picked()));
    assert_eq!(
        card.update(Event::Act(Act::CancelPost)),
        [Effect::DropFile, Effect::Focus(Focus::Add)]
    );
    assert_eq!(card.composer, Composer::Closed);
}

#[test]
fn nobody_posts_on_another_card() {
    let mut card = seven();
    assert_eq!(card.update(Event::Picked(picked())), [Effect::DropFile]);
    assert_eq!(card.update(Event::Act(Act::Post)), []);
}
