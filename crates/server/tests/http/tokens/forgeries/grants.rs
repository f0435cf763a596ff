use eloops_server::auth::token::Refusal::{Audience, IdToken, Malformed, Scope};
use serde_json::{Value, json};

use super::{Forger, List};
use crate::tokens::forger::{CLIENT, OID};

pub(super) fn list(forger: &Forger, list: &mut List) {
    for scope in [
        "",
        " ",
        "other",
        "access_as_user2",
        "xaccess_as_user",
        "access_as",
        "ACCESS_AS_USER",
        "access_as_user,profile",
        "profile,access_as_user",
        "access_as_user\tprofile",
        "access_as_user\u{a0}profile",
        "access_as_user\n",
        "*",
        "api://eloops/access_as_user",
        ".default",
        "Eloops.Admin",
        "openid profile email",
    ] {
        list.add(
            format!("scp {scope:?}"),
            forger.with(json!({"scp": scope})),
            Scope,
        );
    }
    for scope in [
        json!(["access_as_user"]),
        json!([]),
        json!(7),
        json!(true),
        json!({"access_as_user": true}),
    ] {
        list.add(
            format!("scp {scope}"),
            forger.with(json!({"scp": scope})),
            Malformed,
        );
    }
    let null = forger
        .claims()
        .to_string()
        .replace("\"access_as_user profile\"", "null");
    list.add("scp null", forger.raw_payload(&null), Malformed);
    people(forger, list);
    applications(forger, list);
    id_tokens(forger, list);
}

/// Roles, even the administrator's, never stand in for the scope.
fn people(forger: &Forger, list: &mut List) {
    let admin = json!(["Eloops.Admin"]);
    let tries = [
        (
            "roles in place of scp",
            json!({"scp": null, "roles": admin}),
            IdToken,
        ),
        (
            "roles in place of scp, idtyp user",
            json!({"scp": null, "roles": admin, "idtyp": "user"}),
            Scope,
        ),
        (
            "roles beside another scp",
            json!({"scp": "other", "roles": admin}),
            Scope,
        ),
        (
            "roles beside an empty scp",
            json!({"scp": "", "roles": admin}),
            Scope,
        ),
        ("neither scp nor roles", json!({"scp": null}), IdToken),
        (
            "wids in place of roles",
            json!({"scp": null, "wids": admin}),
            IdToken,
        ),
        (
            "groups in place of roles",
            json!({"scp": null, "groups": admin}),
            IdToken,
        ),
        ("roles a text", json!({"roles": "Eloops.Admin"}), Malformed),
    ];
    for (name, changes, rule) in tries {
        list.add(name, forger.with(changes), rule);
    }
}

fn applications(forger: &Forger, list: &mut List) {
    for roles in [
        json!([]),
        json!(["eloops.admin"]),
        json!(["ELOOPS.ADMIN"]),
        json!(["Eloops.Admin "]),
        json!(["Eloops"]),
        json!(["Eloops.Admin.Read"]),
        json!(["Eloops.Admin,Other"]),
        json!(["access_as_user"]),
    ] {
        list.add(
            format!("application's roles {roles}"),
            forger.application(json!({"roles": roles})),
            Scope,
        );
    }
    list.add(
        "application's roles missing",
        forger.application(json!({"roles": null})),
        Scope,
    );
    for roles in [
        json!("Eloops.Admin"),
        json!([["Eloops.Admin"]]),
        json!([null]),
        json!([7]),
        json!([{"role": "Eloops.Admin"}]),
        json!({"Eloops.Admin": true}),
        json!(true),
    ] {
        list.add(
            format!("application's roles {roles}"),
            forger.application(json!({"roles": roles})),
            Malformed,
        );
    }
    let tries = [
        (
            "scp on an application",
            json!({"scp": "access_as_user"}),
            IdToken,
        ),
        (
            "scp in place of roles",
            json!({"scp": "access_as_user", "roles": null}),
            IdToken,
        ),
        ("empty scp on an application", json!({"scp": ""}), IdToken),
        ("idtyp device", json!({"idtyp": "device"}), IdToken),
        ("idtyp App", json!({"idtyp": "App"}), IdToken),
        ("idtyp empty", json!({"idtyp": ""}), IdToken),
        ("idtyp a list", json!({"idtyp": ["app"]}), IdToken),
        ("idtyp true", json!({"idtyp": true}), IdToken),
        ("idtyp user", json!({"idtyp": "user"}), Scope),
        (
            "no idtyp and a pairwise subject",
            json!({"idtyp": null, "sub": "pairwise"}),
            IdToken,
        ),
        (
            "no idtyp and no subject",
            json!({"idtyp": null, "sub": null}),
            IdToken,
        ),
        (
            "no idtyp and a client id as audience",
            json!({"idtyp": null, "aud": CLIENT}),
            IdToken,
        ),
    ];
    for (name, changes, rule) in tries {
        list.add(name, forger.application(changes), rule);
    }
    let device = forger.with(json!({"idtyp": "device"}));
    list.add("a device with a person's scope", device, IdToken);
}

/// Genuine in all but their purpose: they say who signed in, not that anybody may call us.
fn id_tokens(forger: &Forger, list: &mut List) {
    let id_token = json!({
        "aud": CLIENT, "azp": null, "scp": null, "nonce": "n-1", "preferred_username": "jodi@contoso.com",
    });
    let with = |changes: Value| {
        let mut claims = id_token.clone();
        let members = claims.as_object_mut().unwrap();
        members.extend(changes.as_object().unwrap().clone());
        forger.with(claims)
    };
    for (name, changes, rule) in [
        ("id token", json!({}), IdToken),
        (
            "id token with a role",
            json!({"roles": ["Eloops.Admin"]}),
            IdToken,
        ),
        (
            "id token with a role and its own subject",
            json!({"roles": ["Eloops.Admin"], "sub": OID}),
            IdToken,
        ),
        (
            "id token of an allowed client",
            json!({"azp": "card", "roles": ["Eloops.Admin"]}),
            IdToken,
        ),
        (
            "id token of another app",
            json!({"aud": "other", "roles": ["Eloops.Admin"]}),
            Audience,
        ),
        (
            "id token for the API's address",
            json!({"aud": "api://eloops", "roles": ["Eloops.Admin"]}),
            IdToken,
        ),
    ] {
        list.add(name, with(changes), rule);
    }
}
