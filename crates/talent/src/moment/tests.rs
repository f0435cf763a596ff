use proptest::prelude::*;

use super::*;

fn moment(text: &str) -> Moment {
    text.parse()
        .unwrap_or_else(|_| panic!("{text} should be a moment"))
}

#[test]
fn the_two_values_that_mean_none_and_open() {
    assert_eq!(Moment::EMPTY, moment("1900-01-01T00:00:00Z"));
    assert_eq!(Moment::OPEN, moment("2154-12-31T23:59:59Z"));
    for empty in ["1900-01-01T12:00:00Z", "1900-01-01T00:00:00Z", "1900-01-01"] {
        assert!(moment(empty).is_empty(), "{empty}");
        assert_eq!(moment(empty).day(), None);
    }
    for open in [
        "2154-12-31T23:59:59Z",
        "2154-12-31T12:00:00Z",
        "9999-12-31T23:59:59Z",
    ] {
        assert!(moment(open).is_open(), "{open}");
    }
    assert!(!moment("1900-01-02T00:00:00Z").is_empty());
}

#[test]
fn the_last_day_still_counts() {
    let today = Day::from_civil(2026, 11, 22).unwrap();
    assert!(!moment("2026-11-22T00:00:00Z").is_over(today));
    assert!(moment("2026-11-21T23:59:59Z").is_over(today));
    assert!(!Moment::OPEN.is_over(today) && !Moment::EMPTY.is_over(today));
    assert!(moment("2026-11-22T12:00:00Z").has_begun(today));
    assert!(!moment("2026-11-23T00:00:00Z").has_begun(today));
    assert!(Moment::EMPTY.has_begun(today) && !Moment::OPEN.has_begun(today));
}

#[test]
fn offsets_and_fractions() {
    assert_eq!(
        moment("2026-11-22T01:30:00.1234567+02:00").to_string(),
        "2026-11-21T23:30:00Z"
    );
    assert_eq!(
        moment("2026-02-28T23:59:59-00:01").to_string(),
        "2026-03-01T00:00:59Z"
    );
    for bad in [
        "",
        "2026-11-22T",
        "2026-02-29T00:00:00Z",
        "2026-13-01",
        "2026-11-22 08:00:00Z",
        "2026-11-22T24:00:00Z",
        "2026-11-22T08:00:00",
        "2026-11-22T08:00:00.Z",
        "2026-11-22T08:00:00Zé",
        "éééééééé",
    ] {
        assert_eq!(bad.parse::<Moment>(), Err(NotAMoment), "{bad}");
    }
}

#[test]
fn from_json() {
    let read = |json| serde_json::from_str::<Moment>(json);
    assert!(read("null").unwrap().is_empty());
    assert!(read("\"\"").unwrap().is_empty());
    assert!(read("12").is_err());
    let error = read("\"Sánchez\"").unwrap_err().to_string();
    assert!(
        !error.contains("Sánchez"),
        "an error must not repeat the value: {error}"
    );
}

proptest! {
    #[test]
    fn days_are_written_and_read_again(days in -719_162i32..=2_932_896) {
        let day = Day(days);
        let (year, month, of_month) = day.civil();
        prop_assert_eq!(Day::from_civil(year, month, of_month), Some(day));
    }

    #[test]
    fn moments_are_written_and_read_again(seconds in -62_135_596_800i64..=253_402_300_799) {
        let moment = Moment::from_unix_seconds(seconds);
        prop_assert_eq!(moment.to_string().parse::<Moment>(), Ok(moment));
    }

    #[test]
    fn any_text_is_read_or_refused(text: String) {
        let _ = text.parse::<Moment>();
    }

    #[test]
    fn any_number_is_a_moment(seconds: i64) {
        let _ = Moment::from_unix_seconds(seconds).to_string();
    }
}
