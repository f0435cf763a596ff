use eloops_server::auth::token::Refusal::{Header, Malformed};
use serde_json::{Value, json};

use super::{Forger, List};

pub(super) fn list(forger: &Forger, list: &mut List) {
    let own_key = forger.other.jwk();
    let members: [(&str, Value); 12] = [
        ("jku", json!("https://evil.example/keys")),
        (
            "jku",
            json!(format!("{}/common/discovery/v2.0/keys", forger.root)),
        ),
        ("jwk", own_key),
        ("jwk", json!({})),
        ("x5u", json!("https://evil.example/cert.pem")),
        ("x5c", json!(["MIIB"])),
        ("x5c", json!([])),
        ("crit", json!(["exp"])),
        ("crit", json!([])),
        ("zip", json!("DEF")),
        ("enc", json!("A256GCM")),
        ("b64", json!(false)),
    ];
    for (name, value) in members {
        let token = forger.with_header(json!({name: value.clone()}));
        list.add(
            format!("{name} {value}")
                .chars()
                .take(60)
                .collect::<String>(),
            token,
            Header,
        );
    }
    let null = r#"{"alg":"RS256","kid":"ours","jwk":null}"#;
    list.add("jwk null", forger.raw_header(null), Header);
    for typ in [
        json!("JWE"),
        json!("logout+jwt"),
        json!("secevent+jwt"),
        json!("dpop+jwt"),
        json!("JWT "),
        json!(""),
        json!(7),
        json!(["JWT"]),
        json!({"JWT": 1}),
    ] {
        list.add(
            format!("typ {typ}"),
            forger.with_header(json!({"typ": typ})),
            Header,
        );
    }
    for (name, text, rule) in [
        (
            "alg twice",
            r#"{"alg":"none","alg":"RS256","kid":"ours"}"#,
            Malformed,
        ),
        (
            "alg twice, once escaped",
            r#"{"al\u0067":"none","alg":"RS256","kid":"ours"}"#,
            Malformed,
        ),
        (
            "typ twice",
            r#"{"typ":"JWT","typ":"JWT","alg":"RS256","kid":"ours"}"#,
            Malformed,
        ),
        (
            "jku escaped",
            r#"{"alg":"RS256","kid":"ours","\u006aku":"https://evil.example"}"#,
            Header,
        ),
        ("empty", "", Malformed),
        ("an array", r#"["RS256","ours"]"#, Malformed),
        ("a text", r#""RS256""#, Malformed),
        ("null", "null", Malformed),
        ("cut", r#"{"alg":"RS256","kid":"ours""#, Malformed),
        (
            "two objects",
            r#"{"alg":"RS256","kid":"ours"}{}"#,
            Malformed,
        ),
        (
            "a byte order mark",
            "\u{feff}{\"alg\":\"RS256\",\"kid\":\"ours\"}",
            Malformed,
        ),
        (
            "a comment",
            r#"{"alg":"RS256",/**/"kid":"ours"}"#,
            Malformed,
        ),
        ("single quotes", "{'alg':'RS256','kid':'ours'}", Malformed),
        (
            "a comma too many",
            r#"{"alg":"RS256","kid":"ours",}"#,
            Malformed,
        ),
    ] {
        list.add(name, forger.raw_header(text), rule);
    }
    let deep = format!(
        r#"{{"alg":"RS256","kid":"ours","x":{}{}}}"#,
        "[".repeat(2000),
        "]".repeat(2000)
    );
    list.add("deep nesting", forger.raw_header(&deep), Malformed);
}
