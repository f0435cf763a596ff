use eloops_server::auth::token::Refusal::{Bound, Subject};
use serde_json::json;

use super::{Forger, List};
use crate::tokens::forger::OID;

pub(super) fn list(forger: &Forger, list: &mut List) {
    list.add("oid missing", forger.with(json!({"oid": null})), Subject);
    let braces = format!("{{{OID}}}");
    let bare = OID.replace('-', "");
    let urn = format!("urn:uuid:{OID}");
    let spaced = format!("{OID} ");
    let long = "4".repeat(5000);
    for oid in [
        "",
        " ",
        "Jodi",
        "jodi@contoso.com",
        "' OR 1=1 --",
        "%",
        &braces,
        &bare,
        &urn,
        &spaced,
        &long,
    ] {
        let name: String = format!("oid {oid:?}").chars().take(60).collect();
        list.add(name, forger.with(json!({"oid": oid})), Subject);
    }
    for oid in [json!(7), json!(true), json!([OID]), json!({"oid": OID})] {
        list.add(
            format!("oid {oid}"),
            forger.with(json!({"oid": oid})),
            Subject,
        );
    }
    list.add(
        "only sub",
        forger.with(json!({"oid": null, "sub": OID})),
        Subject,
    );
    for cnf in [
        json!({"jwk": {"kty": "RSA"}}),
        json!({"x5t#S256": "AA"}),
        json!(""),
    ] {
        list.add(
            format!("cnf {cnf}"),
            forger.with(json!({"cnf": cnf})),
            Bound,
        );
    }
}
