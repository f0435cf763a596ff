use serde_json::json;

use super::*;

/// Positions from `(id, holder, reports to)`; an empty text is nobody.
fn seats(seats: &[(&str, &str, &str)]) -> Vec<Position> {
    let seat = |(id, holder, up): &(&str, &str, &str)| json!({"PositionId": id, "WorkerPersonnelNumber": holder, "ReportsToPositionId": up});
    rows(seats.iter().map(seat).collect())
}

fn employed(numbers: &[&str]) -> Vec<Worker> {
    let worker = |number: &&str| json!({"PersonnelNumber": number, "WorkerStatus": "Employed"});
    rows(numbers.iter().map(worker).collect())
}

fn line_of_one(positions: Vec<Position>) -> String {
    let all = Rows {
        workers: employed(&["1", "2", "3"]),
        positions,
        ..Rows::default()
    };
    let company = all.company();
    format!("{:?}", company.record(&all.workers[0]).line)
}

#[test]
fn up_to_the_first_seat_that_somebody_else_holds() {
    let cases = [
        (
            vec![("A", "1", "B"), ("B", "2", "")],
            r#"Manager { number: "2", passed: 0 }"#,
        ),
        (
            vec![
                ("A", "1", "B"),
                ("B", "", "C"),
                ("C", "", "D"),
                ("D", "2", ""),
            ],
            r#"Manager { number: "2", passed: 2 }"#,
        ),
        (
            vec![("A", "1", "B"), ("B", "1", "C"), ("C", "2", "")],
            r#"Manager { number: "2", passed: 0 }"#,
        ),
        (vec![("A", "1", "")], "Top"),
        (vec![("A", "1", "B"), ("B", "1", "")], "Top"),
        (vec![("A", "1", "B"), ("B", "", "")], "Broken(Vacant)"),
        (vec![("A", "1", "B")], "Broken(UnknownPosition)"),
        (vec![("A", "1", "A")], "Broken(Circle)"),
        (
            vec![("A", "1", "B"), ("B", "", "C"), ("C", "", "B")],
            "Broken(Circle)",
        ),
        (vec![("B", "2", "")], "Broken(NoPosition)"),
    ];
    for (positions, want) in cases {
        assert_eq!(line_of_one(seats(&positions)), want, "{positions:?}");
    }
}

#[test]
fn a_seat_left_or_not_yet_taken_is_vacant() {
    for dates in [
        json!({"WorkerAssignmentEnd": "2026-11-21T23:59:59Z"}),
        json!({"WorkerAssignmentStart": "2026-11-23T00:00:00Z"}),
    ] {
        let mut above =
            json!({"PositionId": "B", "WorkerPersonnelNumber": "2", "ReportsToPositionId": "C"});
        above
            .as_object_mut()
            .unwrap()
            .extend(dates.as_object().unwrap().clone());
        let positions = rows(json!([
            {"PositionId": "A", "WorkerPersonnelNumber": "1", "ReportsToPositionId": "B"},
            above,
            {"PositionId": "C", "WorkerPersonnelNumber": "3"}]));
        assert_eq!(
            line_of_one(positions),
            r#"Manager { number: "3", passed: 1 }"#,
            "{dates}"
        );
    }
}

#[test]
fn a_reporting_line_has_dates_too() {
    for dates in [
        json!({"ReportsToExpiration": "2026-11-21T23:59:59Z"}),
        json!({"ReportsToEffective": "2026-11-23T00:00:00Z"}),
    ] {
        let mut seat =
            json!({"PositionId": "A", "WorkerPersonnelNumber": "1", "ReportsToPositionId": "B"});
        seat.as_object_mut()
            .unwrap()
            .extend(dates.as_object().unwrap().clone());
        let positions = rows(json!([seat, {"PositionId": "B", "WorkerPersonnelNumber": "2"}]));
        assert_eq!(line_of_one(positions), "Top", "{dates}");
    }
}

#[test]
fn a_manager_who_has_left_is_passed_and_one_whose_row_was_not_read_is_not() {
    let all = Rows {
        workers: rows(json!([
            {"PersonnelNumber": "1", "WorkerStatus": "Employed"},
            {"PersonnelNumber": "2", "WorkerStatus": "Terminated"}])),
        positions: seats(&[("A", "1", "B"), ("B", "2", "C"), ("C", "3", "")]),
        ..Rows::default()
    };
    let company = all.company();
    assert_eq!(
        company.record(&all.workers[0]).line,
        Line::Manager {
            number: "3",
            passed: 1
        }
    );
}

proptest! {
    /// Whatever the positions are: it ends, nobody manages themselves, a manager holds a seat, and the
    /// same feed gives the same lines.
    #[test]
    fn lines_of_any_company(
        chart in proptest::collection::vec((0usize..8, proptest::option::of(0usize..12)), 0..12),
    ) {
        let numbers = ["", "1", "2", "3", "4", "5", "6", "7"];
        let ids: Vec<String> = (0..12).map(|at| format!("P{at}")).collect();
        let positions: Vec<_> = chart
            .iter()
            .enumerate()
            .map(|(at, (holder, up))| (&*ids[at], numbers[*holder], up.map_or("", |up| &*ids[up])))
            .collect();
        let all = Rows { workers: employed(&numbers[1..]), positions: seats(&positions), ..Rows::default() };
        let company = all.company();
        for worker in &all.workers {
            let line = company.record(worker).line;
            if let Some(manager) = line.manager() {
                prop_assert_ne!(manager, &*worker.personnel_number);
                prop_assert!(positions.iter().any(|(_, holder, _)| *holder == manager));
            }
            prop_assert_eq!(line, all.company().record(worker).line);
        }
    }
}
