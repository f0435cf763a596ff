use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use eloops_server::auth::token::MAX_TOKEN_BYTES;
use eloops_server::auth::token::Refusal::{Algorithm, Malformed, Signature, TooLong, Version};
use serde_json::json;

use super::{Forger, List};

pub(super) fn list(forger: &Forger, list: &mut List) {
    let genuine = forger.genuine();
    for token in [
        ".",
        "..",
        "...",
        "a.b",
        "a.b.c",
        "a.b.c.d.e",
        "null",
        "undefined",
        "[object Object]",
        "eyJ",
    ] {
        list.add(format!("{token:?}"), token.to_owned(), Malformed);
    }
    let parts: Vec<&str> = genuine.split('.').collect();
    let [header, payload, signature] = parts[..] else {
        panic!("three parts: {genuine}")
    };
    for (name, token, rule) in [
        ("header alone", header.to_owned(), Malformed),
        ("two parts", format!("{header}.{payload}"), Malformed),
        ("a fourth part", format!("{genuine}.x"), Malformed),
        ("a dot behind", format!("{genuine}."), Malformed),
        ("a dot in front", format!(".{genuine}"), Malformed),
        (
            "five parts, as a JWE",
            format!("{header}.{payload}.{signature}.{payload}.{signature}"),
            Malformed,
        ),
        ("twice", format!("{genuine}.{genuine}"), Malformed),
        ("no payload", format!("{header}..{signature}"), Signature),
        ("no header", format!(".{payload}.{signature}"), Malformed),
        (
            "payload first",
            format!("{payload}.{header}.{signature}"),
            Algorithm,
        ),
        ("a space in front", format!(" {genuine}"), Malformed),
        ("a newline in front", format!("\n{genuine}"), Malformed),
        ("in quotes", format!("\"{genuine}\""), Malformed),
        ("with its scheme", format!("Bearer {genuine}"), Malformed),
        (
            "two with a comma",
            format!("{genuine},{genuine}"),
            Malformed,
        ),
        ("padded header", genuine.replacen('.', "=.", 1), Malformed),
        (
            "too long",
            format!("{genuine}{}", "A".repeat(MAX_TOKEN_BYTES)),
            TooLong,
        ),
        (
            "too long, signed",
            forger.with(json!({"name": "x".repeat(MAX_TOKEN_BYTES)})),
            TooLong,
        ),
        ("full-width dots", genuine.replace('.', "．"), Malformed),
    ] {
        list.add(name, token, rule);
    }
    encodings(forger, list, header);
    payloads(forger, list);
}

/// Payloads that are not written as base64url, but signed as they are.
fn encodings(forger: &Forger, list: &mut List, header: &str) {
    let text = forger.claims().to_string();
    let strict = URL_SAFE_NO_PAD.encode(&text);
    let padded = URL_SAFE.encode(format!("{text} {}", " ".repeat(3 - text.len() % 3)));
    assert!(padded.ends_with('='), "{padded}");
    let standard = STANDARD_NO_PAD.encode(&text);
    assert_ne!(standard, strict, "the name brings characters that differ");
    let halves = strict.split_at(strict.len() / 2);
    for (name, payload) in [
        ("padded payload", padded),
        ("payload in standard base64", standard),
        ("space in the payload", format!("{} {}", halves.0, halves.1)),
        (
            "newline in the payload",
            format!("{}\n{}", halves.0, halves.1),
        ),
        ("payload not encoded", text.replace('.', "")),
    ] {
        let token = forger.ours.sign_text(&format!("{header}.{payload}"));
        list.add(name, token, Malformed);
    }
    let latin = [b"{\"name\":\"".as_slice(), &[0xff, 0xfe], b"\"}"].concat();
    let token = forger
        .ours
        .sign_text(&format!("{header}.{}", URL_SAFE_NO_PAD.encode(latin)));
    list.add("payload not UTF-8", token, Malformed);
}

fn payloads(forger: &Forger, list: &mut List) {
    let genuine = forger.claims().to_string();
    let nested = format!("{{\"x\":{}1{}}}", "[".repeat(3000), "]".repeat(3000));
    for (name, payload, rule) in [
        ("empty payload", String::new(), Malformed),
        ("empty object", "{}".to_owned(), Version),
        ("payload an array", format!("[{genuine}]"), Malformed),
        ("payload a text", json!(genuine).to_string(), Malformed),
        ("payload null", "null".to_owned(), Malformed),
        ("payload a number", "1".to_owned(), Malformed),
        (
            "payload cut",
            genuine[..genuine.len() - 1].to_owned(),
            Malformed,
        ),
        ("payload and more", format!("{genuine}x"), Malformed),
        ("two payloads", format!("{genuine}{genuine}"), Malformed),
        (
            "payload behind a byte order mark",
            format!("\u{feff}{genuine}"),
            Malformed,
        ),
        ("payload behind a NUL", format!("\0{genuine}"), Malformed),
        ("deep nesting in the payload", nested, Malformed),
        (
            "a lone surrogate",
            genuine.replacen("Jodi", "\\ud800", 1),
            Malformed,
        ),
        (
            "a raw control character",
            genuine.replacen("Jodi", "\u{1}", 1),
            Malformed,
        ),
    ] {
        list.add(name, forger.raw_payload(&payload), rule);
    }
    for member in [
        "aud", "iss", "tid", "exp", "nbf", "scp", "oid", "ver", "azp",
    ] {
        let twice = format!("\"{member}\":{}", forger.claims()[member]);
        list.add(
            format!("{member} twice"),
            forger.payload_and(&twice),
            Malformed,
        );
    }
    list.add(
        "oid twice, once escaped",
        forger.payload_and(r#""\u006fid":"somebody""#),
        Malformed,
    );
    list.add(
        "unknown member twice",
        forger.payload_and(r#""x":1,"x":1"#),
        Malformed,
    );
}
