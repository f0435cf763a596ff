//! The keys document of a sign-in service, and a token checked with whatever keys it brings.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../crates/server/src/auth"]
#[allow(dead_code, reason = "two files of a larger module")]
mod auth {
    pub mod key_document;
    pub mod token;
}

use auth::key_document::KeyDocument;
use auth::token::{Policy, verify_access_token};

/// `{"typ":"JWT","alg":"RS256","kid":"ours"}`, an empty object, and a signature that fits nothing.
const TOKEN: &str = "eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiIsImtpZCI6Im91cnMifQ.e30.AAAA";

fuzz_target!(|data: &[u8]| {
    let Ok(document) = serde_json::from_slice::<KeyDocument>(data) else {
        return;
    };
    let policy = Policy {
        audiences: vec!["api://eloops".to_owned()],
        tenants: vec!["11111111-1111-1111-1111-111111111111".to_owned()],
        clients: None,
        sign_in_client: "eloops-server".to_owned(),
    };
    for key in document.into_signing_keys("https://login.example/{tenantid}/v2.0") {
        assert!(verify_access_token(TOKEN, &key, &policy, 1_800_000_000.0).is_err());
    }
});
