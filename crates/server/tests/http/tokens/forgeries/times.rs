use eloops_server::auth::token::Refusal::{self, Expired, Malformed, NotYetValid};
use serde_json::{Value, json};

use super::{Forger, List};

pub(super) fn list(forger: &Forger, list: &mut List) {
    let now = forger.now;
    let never: [Value; 9] = [
        json!("1900000000"),
        json!(""),
        json!("never"),
        json!(true),
        json!([now + 600.0]),
        json!({"seconds": now}),
        json!(-1),
        json!(1e300),
        json!(-1e300),
    ];
    for (name, rule) in [("exp", Expired), ("nbf", NotYetValid)] {
        list.add(
            format!("{name} missing"),
            forger.with(json!({name: null})),
            rule,
        );
        for value in &never {
            list.add(
                format!("{name} {value}"),
                forger.with(json!({name: value})),
                rule,
            );
        }
        for (text, rule) in [
            ("null", rule),
            ("1e400", Malformed),
            ("-1e400", Malformed),
            ("NaN", Malformed),
            ("Infinity", Malformed),
            ("0x7fffffff", Malformed),
            ("01900000000", Malformed),
            ("9007199254740993", rule),
            ("1e16", rule),
            ("99999999999999999999999999", rule),
        ] {
            list.add(
                format!("{name} written {text}"),
                raw(forger, name, text),
                rule,
            );
        }
    }
    let moments: [(&str, f64, Refusal); 8] = [
        ("exp", now - 60.0, Expired),
        ("exp", now - 60.5, Expired),
        ("exp", now - 3600.0, Expired),
        ("exp", 0.0, Expired),
        // Milliseconds where seconds belong would be a year in five digits; as nbf they lie ahead.
        ("nbf", now * 1000.0, NotYetValid),
        ("nbf", now + 60.5, NotYetValid),
        ("nbf", now + 61.0, NotYetValid),
        ("nbf", now + 3600.0, NotYetValid),
    ];
    for (name, moment, rule) in moments {
        list.add(
            format!("{name} {:+}", moment - now),
            forger.with(json!({name: moment})),
            rule,
        );
    }
    list.add(
        "both past",
        forger.with(json!({"exp": now - 100.0, "nbf": now - 200.0})),
        Expired,
    );
    list.add(
        "both ahead",
        forger.with(json!({"exp": now + 200.0, "nbf": now + 100.0})),
        NotYetValid,
    );
}

/// A claim written as no JSON library would write it.
fn raw(forger: &Forger, name: &str, text: &str) -> String {
    let claims = forger.claims();
    let (with, without) = (claims.to_string(), format!("\"{name}\":{}", claims[name]));
    assert!(with.contains(&without), "{with} holds {without}");
    forger.raw_payload(&with.replace(&without, &format!("\"{name}\":{text}")))
}
