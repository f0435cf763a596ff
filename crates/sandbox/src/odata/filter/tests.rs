//! Filters on random rows against a plain evaluation of the same condition.

use proptest::prelude::*;

use crate::odata::caller::Sees;
use crate::odata::order;
use crate::odata::select::{self, Wish};
use crate::rows::{Store, Value};
use crate::schema::Schema;
use crate::schema::enums::WORKER_STATUS;

/// What the conditions can ask of a worker.
#[derive(Clone, Debug)]
struct Person {
    first: String,
    party: u8,
    dependents: i64,
    status: u8,
    born: i64,
}

#[derive(Clone, Debug)]
enum Ask {
    First(&'static str, String),
    FirstLike(String),
    Party(u8),
    Number(u8),
    Dependents {
        add: i64,
        modulo: i64,
        op: &'static str,
        than: i64,
    },
    Status {
        is: bool,
        status: u8,
    },
    Born(&'static str, i64),
    Not(Box<Ask>),
    And(Vec<Ask>),
    Or(Vec<Ask>),
}

fn number(at: usize) -> String {
    format!("{at:06}")
}

fn compares<T: PartialOrd>(left: T, op: &str, right: T) -> bool {
    match op {
        "eq" => left == right,
        "ne" => left != right,
        "gt" => left > right,
        "ge" => left >= right,
        "lt" => left < right,
        _ => left <= right,
    }
}

/// `*` matches any run: by trying every split.
fn like(pattern: &[char], text: &[char]) -> bool {
    match pattern {
        [] => text.is_empty(),
        ['*', rest @ ..] => (0..=text.len()).any(|at| like(rest, &text[at..])),
        [first, rest @ ..] => text.first() == Some(first) && like(rest, &text[1..]),
    }
}

impl Ask {
    fn holds(&self, at: usize, person: &Person) -> bool {
        match self {
            Self::First(op, text) => compares(person.first.as_str(), op, text),
            Self::FirstLike(pattern) => {
                let (pattern, text): (Vec<char>, Vec<char>) =
                    (pattern.chars().collect(), person.first.chars().collect());
                like(&pattern, &text)
            }
            Self::Party(party) => person.party == *party,
            Self::Number(number) => at == usize::from(*number),
            Self::Dependents {
                add,
                modulo,
                op,
                than,
            } => compares((person.dependents + add) % modulo, op, *than),
            Self::Status { is, status } => (person.status == *status) == *is,
            Self::Born(op, day) => compares(person.born, op, *day),
            Self::Not(ask) => !ask.holds(at, person),
            Self::And(asks) => asks.iter().all(|ask| ask.holds(at, person)),
            Self::Or(asks) => asks.iter().any(|ask| ask.holds(at, person)),
        }
    }

    fn text(&self) -> String {
        let joined = |asks: &[Self], word: &str| {
            let parts: Vec<String> = asks.iter().map(|ask| format!("({})", ask.text())).collect();
            parts.join(word)
        };
        match self {
            Self::First(op, text) => format!("FirstName {op} '{}'", text.replace('\'', "''")),
            Self::FirstLike(pattern) => format!("FirstName eq '{}'", pattern.replace('\'', "''")),
            Self::Party(party) => format!("PartyNumber eq '{party}'"),
            Self::Number(at) => format!("'{}' eq PersonnelNumber", number(usize::from(*at))),
            Self::Dependents {
                add,
                modulo,
                op,
                than,
            } => {
                format!("(NumberOfDependents add {add}) mod {modulo} {op} {than}")
            }
            Self::Status { is, status } => format!(
                "WorkerStatus {} Microsoft.Dynamics.DataEntities.HcmWorkerStatus'{}'",
                if *is { "eq" } else { "ne" },
                WORKER_STATUS.member(*status)
            ),
            Self::Born(op, day) => format!("BirthDate {op} {}", moment(*day)),
            Self::Not(ask) => format!("not ({})", ask.text()),
            Self::And(asks) => joined(asks, " and "),
            Self::Or(asks) => joined(asks, " or "),
        }
    }
}

fn moment(day: i64) -> jiff::Timestamp {
    jiff::Timestamp::from_second(day * 86_400).expect("a small day is a moment")
}

fn people() -> impl Strategy<Value = Vec<Person>> {
    let first = prop_oneof![
        Just(""),
        Just("Ann"),
        Just("Anna"),
        Just("O'Neil"),
        Just("Zoë")
    ];
    let person = (first, 0..4_u8, 0..5_i64, 0..3_u8, -2..3_i64);
    let person = person.prop_map(|(first, party, dependents, status, born)| Person {
        first: first.into(),
        party,
        dependents,
        status,
        born,
    });
    prop::collection::vec(person, 0..12)
}

fn asks() -> impl Strategy<Value = Ask> {
    let op = || prop::sample::select(vec!["eq", "ne", "gt", "ge", "lt", "le"]);
    let leaf = prop_oneof![
        (op(), "(|A|Ann|Anna|O'Neil|Zo.)").prop_map(|(op, text)| Ask::First(op, text)),
        r"[An'*]{0,3}\*[nael*]{0,3}".prop_map(Ask::FirstLike),
        (0..5_u8).prop_map(Ask::Party),
        (0..12_u8).prop_map(Ask::Number),
        (0..4_i64, 1..4_i64, op(), -1..4_i64).prop_map(|(add, modulo, op, than)| Ask::Dependents {
            add,
            modulo,
            op,
            than
        }),
        (any::<bool>(), 0..3_u8).prop_map(|(is, status)| Ask::Status { is, status }),
        (op(), -2..3_i64).prop_map(|(op, day)| Ask::Born(op, day)),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            inner.clone().prop_map(|ask| Ask::Not(Box::new(ask))),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Ask::And),
            prop::collection::vec(inner, 2..4).prop_map(Ask::Or),
        ]
    })
}

fn store(people: &[Person]) -> Store {
    let store = Store::new("_Custom");
    store.write(|tables| {
        for (at, person) in people.iter().enumerate() {
            let fields = [
                ("PersonnelNumber", Value::from(number(at))),
                ("FirstName", Value::from(person.first.as_str())),
                ("PartyNumber", Value::from(person.party.to_string())),
                ("NumberOfDependents", Value::Int(person.dependents)),
                ("WorkerStatus", Value::Member(person.status)),
                ("BirthDate", Value::Time(person.born * 86_400)),
            ];
            tables.insert("Workers", &fields).expect("the row fits");
        }
    });
    store
}

proptest! {
    #[test]
    fn finds_what_a_plain_evaluation_finds(
        people in people(),
        ask in asks(),
        skip in 0..4_usize,
        limit in 0..6_usize,
        by in prop::sample::select(vec![None, Some("PersonnelNumber"), Some("FirstName desc")]),
    ) {
        let mut expected: Vec<usize> = (0..people.len())
            .filter(|at| ask.holds(*at, &people[*at]))
            .collect();
        let matched = expected.len();
        if by == Some("FirstName desc") {
            expected.sort_by(|a, b| people[*b].first.cmp(&people[*a].first).then(a.cmp(b)));
        }
        let expected: Vec<String> =
            expected.into_iter().skip(skip).take(limit).map(number).collect();

        store(&people).read(|tables| {
            let entity = tables.schema().set("Workers").expect("there are workers");
            let filter = super::parse(entity, &ask.text()).map_err(|f| f.message).expect("it parses");
            let order = order::parse(entity, by).expect("the order is known");
            let wish = Wish { filter: Some(filter), order, skip, limit, count: true };
            let page = select::page(tables, entity, &Sees::Everything, &wish).expect("it evaluates");
            let found: Vec<&str> = page.rows.iter().map(|row| row.key().as_str()).collect();
            prop_assert_eq!(found, expected, "{}", ask.text());
            prop_assert_eq!(page.matched, matched);
            prop_assert_eq!(page.more, matched > skip + limit);
            Ok(())
        })?;
    }

    #[test]
    fn never_panics(
        text in "( |\\(|\\)|not|and|or|eq|in|add|div|mod|-|'|'a\\*'|0|9223372036854775807|1\\.5|FirstName|NumberOfDependents|ObjectId|WorkerStatus|BirthDate|1990-01-01|null|true|Microsoft.Dynamics.DataEntities.NoYes'No'|,|/|\\PC){0,30}",
    ) {
        let schema = Schema::new("_Custom");
        let entity = schema.set("Workers").expect("there are workers");
        let row = store(&[Person {
            first: "Ann".into(), party: 1, dependents: 0, status: 0, born: 0,
        }]);
        if let Ok(test) = super::parse(entity, &text) {
            row.read(|tables| {
                for record in tables.records("Workers") {
                    let _any = test.holds(record.row);
                }
            });
        }
    }
}

#[test]
fn refuses_what_talent_refuses() {
    let schema = Schema::new("_Custom");
    let entity = schema.set("Workers").expect("there are workers");
    let status = "Microsoft.Dynamics.DataEntities.HcmWorkerStatus";
    let cases = [
        ("PersonnelNumber in ('1','2')", "'in' is not supported"),
        (
            &format!("WorkerStatus has {status}'Employed'"),
            "'has' is not supported",
        ),
        (
            "contains(Name,'x')",
            "unknown function with name 'contains'",
        ),
        ("Nobody eq 'x'", "property named 'Nobody'"),
        ("WorkerStatus eq 'Employed'", "incompatible types"),
        (
            &format!("WorkerStatus gt {status}'Employed'"),
            "only 'eq' and 'ne'",
        ),
        (
            &format!("WorkerStatus eq {status}'Gone'"),
            "not a valid enumeration type constant",
        ),
        (
            &format!("Gender eq {status}'Employed'"),
            "incompatible types",
        ),
        ("NumberOfDependents eq '1'", "incompatible types"),
        ("BirthDate eq '1990-01-01T12:00:00Z'", "incompatible types"),
        ("Name", "single boolean value"),
        ("not Name eq 'x'", "single boolean value"),
        ("Name eq 'x", "unterminated"),
        ("Name eq 'x' and", "Syntax error"),
        ("(Name eq 'x'", "Syntax error"),
        ("Name+eq+'x'", "Syntax error"),
        ("Title/TitleId eq 'x'", "path through 'Title'"),
        (&"(".repeat(10_000), "node count limit"),
        (&"not ".repeat(10_000), "node count limit"),
        (
            &format!("1 {} eq 2", "add 1 ".repeat(10_000)),
            "node count limit",
        ),
    ];
    for (text, expected) in cases {
        let message = super::parse(entity, text)
            .map(|_| ())
            .expect_err(text)
            .message;
        assert!(
            message.contains(expected),
            "{text}: {message:?} does not say {expected:?}"
        );
    }
}
