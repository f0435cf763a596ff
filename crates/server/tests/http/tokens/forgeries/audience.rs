use eloops_server::auth::token::Refusal::{Audience, Client};
use serde_json::json;

use super::{Forger, List};
use crate::tokens::forger::CLIENT;

pub(super) fn list(forger: &Forger, list: &mut List) {
    let upper = CLIENT.to_uppercase();
    let braces = format!("{{{CLIENT}}}");
    let address = format!("api://{CLIENT}");
    for audience in [
        "",
        " ",
        "api://other",
        "api://eloops/",
        "api://eloops/access_as_user",
        "api://eloops ",
        " api://eloops",
        "api://eloop",
        "api://eloops2",
        "API://ELOOPS",
        "api://Eloops",
        "eloops",
        "api://",
        "*",
        "null",
        "https://contoso.operations.dynamics.com",
        "00000003-0000-0000-c000-000000000000",
        &upper,
        &braces,
        &address,
        "api://eloops,api://other",
        "api://eloops\u{0}",
    ] {
        list.add(
            format!("{audience:?}"),
            forger.with(json!({"aud": audience})),
            Audience,
        );
    }
    list.add("missing", forger.with(json!({"aud": null})), Audience);
    for value in [
        json!(["api://eloops"]),
        json!(["api://eloops", "api://other"]),
        json!([]),
        json!(7),
        json!(true),
        json!({"api://eloops": 1}),
    ] {
        list.add(
            format!("{value}"),
            forger.with(json!({"aud": value})),
            Audience,
        );
    }
    for client in [
        json!("other"),
        json!(""),
        json!("CARD"),
        json!("card "),
        json!("card,other"),
        json!(["card"]),
        json!(7),
    ] {
        list.add(
            format!("azp {client}"),
            forger.with(json!({"azp": client})),
            Client,
        );
    }
    list.add("azp missing", forger.with(json!({"azp": null})), Client);
    list.add(
        "appid in place of azp",
        forger.with(json!({"azp": null, "appid": "card"})),
        Client,
    );
    list.add(
        "an application's azp other",
        forger.application(json!({"azp": "other"})),
        Client,
    );
}
