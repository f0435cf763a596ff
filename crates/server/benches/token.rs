//! Time to believe or refuse a token with the keys at hand, in µs: `npm run bench -- tokens`. Prints one JSON object.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement that cannot go on says so by panicking, and its result is its output"
)]

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use async_trait::async_trait;
use eloops_server::auth::believe::believe;
use eloops_server::auth::keys::{KeyCache, KeySource};
use eloops_server::auth::token::{Policy, SigningKey};
use serde_json::{Value, json};

#[path = "../tests/http/tokens/signer.rs"]
#[allow(dead_code, reason = "shared with the tests, which forge in more ways")]
mod signer;

use signer::Signer;

const TENANT: &str = "11111111-1111-1111-1111-111111111111";
const NOW: f64 = 1_800_000_000.0;
/// Tokens of as many people; each is checked many times.
const PEOPLE: usize = 500;
const ROUNDS: usize = 100;

/// Publishes one key for ever.
struct Published(SigningKey);

#[async_trait]
impl KeySource for Published {
    async fn fetch_keys(&self) -> Result<Vec<SigningKey>, String> {
        Ok(vec![self.0.clone()])
    }
}

fn main() {
    let signer = Signer::new("ours", "https://login.example/{tenantid}/v2.0");
    let keys = KeyCache::new(Arc::new(Published(signer.published())));
    let policy = Policy {
        audiences: vec!["api://eloops".to_owned()],
        tenants: vec![TENANT.to_owned()],
        clients: None,
        sign_in_client: "eloops-server".to_owned(),
    };
    let genuine: Vec<String> = (0..PEOPLE).map(|person| token(&signer, person)).collect();
    let forged: Vec<String> = genuine.iter().map(|token| forge(token)).collect();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let measure = |tokens: &[String], believed: bool| {
        let mut times = Vec::with_capacity(PEOPLE * ROUNDS);
        for round in 0..=ROUNDS {
            for token in tokens {
                let start = Instant::now();
                let answer = runtime.block_on(believe(&keys, &policy, black_box(token), NOW));
                let took = start.elapsed();
                assert_eq!(answer.is_ok(), believed, "{answer:?}");
                // The first round fills the caches.
                if round > 0 {
                    times.push(took.as_nanos());
                }
            }
        }
        times.sort_unstable();
        let at = |share: usize| {
            #[expect(clippy::cast_precision_loss, reason = "nanoseconds of a moment")]
            let micros = times[(times.len() - 1) * share / 1000] as f64 / 1000.0;
            (micros * 10.0).round() / 10.0
        };
        json!({"p50_us": at(500), "p99_us": at(990), "p99_9_us": at(999), "tokens": times.len()})
    };
    let figures = json!({
        "bytes_per_token": genuine[0].len(),
        "believed": measure(&genuine, true),
        "refused_for_its_signature": measure(&forged, false),
    });
    println!("{figures}");
}

/// As large as Entra's are for a person without groups.
fn token(signer: &Signer, person: usize) -> String {
    let opaque = "0.AXkAxxMtR3Vt1kq4Kr0p5xJ5aFdsbG9vcHMtdGFsZW50LXRlc3QtdG9rZW4tb3BhcXVlLXZhbHVl";
    let claims: Value = json!({
        "aud": "api://eloops", "iss": format!("https://login.example/{TENANT}/v2.0"), "tid": TENANT, "ver": "2.0",
        "oid": format!("4545ac9b-a78d-4721-b626-{person:012}"), "sub": format!("pairwise-{person}"), "azp": "card",
        "azpacr": "0", "scp": "access_as_user", "name": format!("Person {person}"),
        "preferred_username": format!("person.{person}@contoso.com"), "aio": opaque, "rh": opaque, "uti": opaque,
        "iat": NOW - 60.0, "nbf": NOW - 60.0, "exp": NOW + 3600.0,
    });
    let header = json!({"typ": "JWT", "alg": "RS256", "kid": "ours"});
    signer.sign(&header.to_string(), &claims.to_string())
}

/// The same claims under another signature.
fn forge(token: &str) -> String {
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let turned: String = signature.chars().rev().collect();
    // The last character may hold no bits beyond the end.
    format!("{signed}.{}A", &turned[..turned.len() - 1])
}
