use eloops_server::auth::token::Refusal::{Issuer, Tenant, Version};
use serde_json::{Value, json};

use super::{Forger, List};
use crate::tokens::forger::{CONSUMERS, OTHER_TENANT, TENANT};

pub(super) fn list(forger: &Forger, list: &mut List) {
    let root = &forger.root;
    let ours = forger.issuer(TENANT);
    let bare = root.split_once("://").unwrap().1;
    let texts = [
        String::new(),
        "https://login.microsoftonline.com/common/v2.0".to_owned(),
        format!("{root}/common/v2.0"),
        format!("{root}/organizations/v2.0"),
        format!("{root}/{{tenantid}}/v2.0"),
        format!("{root}/{OTHER_TENANT}/v2.0"),
        format!("{root}/{CONSUMERS}/v2.0"),
        format!("{root}/{TENANT}"),
        format!("{root}/{TENANT}/"),
        format!("https://sts.windows.net/{TENANT}/"),
        format!("{ours}/"),
        format!("{ours}?"),
        format!("{ours}#"),
        format!("{ours} "),
        format!(" {ours}"),
        ours.to_uppercase(),
        ours.replace("/v2.0", "/V2.0"),
        ours.replace("/v2.0", "/v1.0"),
        ours.replace("/v2.0", "//v2.0"),
        ours.replace("/v2.0", "/x/../v2.0"),
        format!("{root}.evil.example/{TENANT}/v2.0"),
        format!("{root}@evil.example/{TENANT}/v2.0"),
        format!("https://evil.example/{TENANT}/v2.0"),
        format!("https://evil.example/{bare}/{TENANT}/v2.0"),
        format!("https://evil.example/{TENANT}/v2.0#{ours}"),
        format!("x{ours}"),
        format!("{bare}/{TENANT}/v2.0"),
        format!("//{bare}/{TENANT}/v2.0"),
        "javascript:alert(1)".to_owned(),
    ];
    for text in texts {
        list.add(
            format!("{text:?}"),
            forger.with(json!({"iss": text})),
            Issuer,
        );
    }
    list.add("missing", forger.with(json!({"iss": null})), Issuer);
    for value in [json!(7), json!([ours]), json!({"iss": ours})] {
        list.add(
            format!("{value}"),
            forger.with(json!({"iss": value})),
            Issuer,
        );
    }
    tenants(forger, list);
    versions(forger, list);
}

fn tenants(forger: &Forger, list: &mut List) {
    let both = |tenant: &str| json!({"tid": tenant, "iss": forger.issuer(tenant)});
    list.add(
        "tid other",
        forger.with(json!({"tid": OTHER_TENANT})),
        Issuer,
    );
    for tenant in [
        OTHER_TENANT,
        CONSUMERS,
        "00000000-0000-0000-0000-000000000000",
    ] {
        list.add(
            format!("tid and issuer {tenant}"),
            forger.with(both(tenant)),
            Tenant,
        );
    }
    let braces = format!("{{{TENANT}}}");
    let bare = TENANT.replace('-', "");
    let urn = format!("urn:uuid:{TENANT}");
    let longer = format!("{TENANT} ");
    let nul = format!("{TENANT}\0");
    let path = format!("x/../{TENANT}");
    for tenant in [
        "",
        "common",
        "contoso.example",
        "*",
        "{tenantid}",
        &braces,
        &bare,
        &urn,
        &longer,
        &nul,
        &path,
    ] {
        list.add(
            format!("tid {tenant:?}"),
            forger.with(json!({"tid": tenant})),
            Tenant,
        );
        list.add(
            format!("tid and issuer {tenant:?}"),
            forger.with(both(tenant)),
            Tenant,
        );
    }
    list.add("tid missing", forger.with(json!({"tid": null})), Tenant);
    let values: [Value; 3] = [json!(1), json!([TENANT]), json!({"tid": TENANT})];
    for value in values {
        list.add(
            format!("tid {value}"),
            forger.with(json!({"tid": value})),
            Tenant,
        );
    }
}

fn versions(forger: &Forger, list: &mut List) {
    list.add("ver missing", forger.with(json!({"ver": null})), Version);
    for ver in [
        json!("1.0"),
        json!(2.0),
        json!(2),
        json!("2"),
        json!("2.0 "),
        json!("3.0"),
        json!(["2.0"]),
    ] {
        list.add(
            format!("ver {ver}"),
            forger.with(json!({"ver": ver})),
            Version,
        );
    }
    let version_1 = json!({
        "ver": "1.0", "iss": format!("https://sts.windows.net/{TENANT}/"), "aud": "api://eloops", "azp": null,
        "appid": "card", "upn": "jodi@contoso.com",
    });
    list.add("a whole version 1 token", forger.with(version_1), Version);
}
