//! The command as a script sees it: exit status, what goes to which stream, and sentences that say what to do.

#![allow(clippy::unwrap_used, reason = "a test may")]

use std::process::{Command, Output};

fn eloops(args: &[&str], variables: &[(&str, &str)]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    Command::new(env!("CARGO_BIN_EXE_eloops"))
        .args(args)
        .current_dir(folder.path())
        .env_clear()
        .envs(variables.iter().copied())
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn usage_errors_end_with_two() {
    for args in [
        &[] as &[&str],
        &["snyc"],
        &["sync", "--direction", "sideways"],
        &["sync", "--nonsense"],
    ] {
        let output = eloops(args, &[]);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", said(&output));
        assert!(output.stdout.is_empty(), "{args:?} wrote to stdout");
    }
}

#[test]
fn missing_settings_are_all_named_at_once() {
    let output = eloops(&["sync"], &[]);
    assert_eq!(output.status.code(), Some(1));
    let said = said(&output);
    for name in ["ELOOPS_TENANT", "ELOOPS_CLIENT_ID", "ELOOPS_TALENT_URL"] {
        assert!(said.contains(name), "{name} is not named in:\n{said}");
    }
}

#[test]
fn a_mistyped_variable_is_pointed_out() {
    let output = eloops(&["sync"], &[("ELOOPS_TENNANT", "x")]);
    let said = said(&output);
    assert!(
        said.contains("ELOOPS_TENNANT") && said.contains("ELOOPS_TENANT"),
        "{said}"
    );
}

#[test]
fn a_talent_that_does_not_answer_fails_the_run_in_words_and_in_json() {
    // Port 9 (discard) of this machine: nobody listens there.
    let variables = [
        ("ELOOPS_TENANT", "11111111-1111-1111-1111-111111111111"),
        ("ELOOPS_AUTHORITY", "http://127.0.0.1:9"),
        ("ELOOPS_CLIENT_ID", "eloops-server"),
        ("ELOOPS_CLIENT_SECRET", "sandbox-secret"),
        ("ELOOPS_TALENT_URL", "http://127.0.0.1:9"),
    ];
    let output = eloops(&["sync", "--direction", "in", "--json"], &variables);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    let run: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(run["state"], "failed", "{run}");
    assert_eq!(run["direction"], "in");
    assert!(
        run["error"]
            .as_str()
            .is_some_and(|error| error.contains("127.0.0.1")),
        "{run}"
    );
}

#[test]
fn an_expired_certificate_is_warned_of_with_its_date() {
    let pair = rcgen::KeyPair::generate_for(&rcgen::PKCS_RSA_SHA256).unwrap();
    let mut params = rcgen::CertificateParams::new(vec![]).unwrap();
    params.not_before = rcgen::date_time_ymd(2024, 1, 1);
    params.not_after = rcgen::date_time_ymd(2025, 1, 1);
    let pem = pair.serialize_pem() + &params.self_signed(&pair).unwrap().pem();
    let variables = [
        ("ELOOPS_TENANT", "11111111-1111-1111-1111-111111111111"),
        ("ELOOPS_AUTHORITY", "http://127.0.0.1:9"),
        ("ELOOPS_CLIENT_ID", "eloops-server"),
        ("ELOOPS_CLIENT_CERTIFICATE", pem.as_str()),
        ("ELOOPS_TALENT_URL", "http://127.0.0.1:9"),
    ];
    let output = eloops(&["sync", "--direction", "in"], &variables);
    let said = said(&output);
    assert!(
        said.contains("WARN") && said.contains("expired on 2025-01-01"),
        "{said}"
    );
}
