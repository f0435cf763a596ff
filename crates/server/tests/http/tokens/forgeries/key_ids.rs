use eloops_server::auth::token::Refusal::{Issuer, Malformed, Signature, Tenant, UnknownKey};
use serde_json::json;

use super::{Forger, List};
use crate::tokens::forger::{CONSUMERS, OTHER_TENANT, merge};

pub(super) fn list(forger: &Forger, list: &mut List) {
    list.add(
        "missing",
        forger.with_header(json!({"kid": null})),
        UnknownKey,
    );
    for kid in [
        json!(7),
        json!(true),
        json!(["ours"]),
        json!({"kid": "ours"}),
    ] {
        list.add(
            format!("{kid}"),
            forger.with_header(json!({"kid": kid})),
            UnknownKey,
        );
    }
    let null = forger.header().to_string().replace("\"ours\"", "null");
    list.add("null", forger.raw_header(&null), UnknownKey);
    let long = "o".repeat(256);
    for kid in [
        "",
        "unknown",
        "OURS",
        " ours",
        "ours ",
        "ours\u{0}",
        "ours\n",
        "ours,neighbour",
        "*",
        "../ours",
        "../../../../dev/null",
        "/etc/passwd",
        "file:///dev/null",
        "https://evil.example/keys",
        "ours' OR '1'='1",
        "ours'; DROP TABLE members; --",
        "ours UNION SELECT 'key'",
        "$(id)",
        "{{ours}}",
        "%6furs",
        "оurs",
        &long,
    ] {
        list.add(
            format!("{kid:?}"),
            forger.with_header(json!({"kid": kid})),
            UnknownKey,
        );
    }
    let very_long = "o".repeat(4000);
    list.add(
        "very long",
        forger.with_header(json!({"kid": very_long})),
        UnknownKey,
    );
    let twice = r#"{"alg":"RS256","typ":"JWT","kid":"unknown","kid":"ours"}"#;
    list.add("two of them", forger.raw_header(twice), Malformed);

    let named = |kid: &str| merge(forger.header(), json!({"kid": kid})).to_string();
    let claims = forger.claims();
    let text = claims.to_string();
    let (ours, other) = (forger.ours, forger.other);
    list.add(
        "ours, on another key's signature",
        other.sign(&named("ours"), &text),
        Signature,
    );
    list.add(
        "swapped for another published key's",
        ours.sign(&named("neighbour"), &text),
        Signature,
    );
    list.add(
        "ours, on another published key's signature",
        forger.neighbour.sign(&named("ours"), &text),
        Signature,
    );

    // Genuine signatures of keys that may not speak for our tenant.
    for (key, tenant) in [
        (&forger.consumers, CONSUMERS),
        (&forger.neighbour, OTHER_TENANT),
    ] {
        let kid = named(&key.kid);
        list.add(
            format!("{} for our tenant", key.kid),
            key.sign(&kid, &text),
            Issuer,
        );
        let own = merge(
            claims.clone(),
            json!({"tid": tenant, "iss": forger.issuer(tenant)}),
        );
        list.add(
            format!("{} for its own tenant", key.kid),
            key.sign(&kid, &own.to_string()),
            Tenant,
        );
        let mixed = merge(claims.clone(), json!({"iss": forger.issuer(tenant)}));
        list.add(
            format!("{} with its issuer and our tenant", key.kid),
            key.sign(&kid, &mixed.to_string()),
            Issuer,
        );
    }
}
