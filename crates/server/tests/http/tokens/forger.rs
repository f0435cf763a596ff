use std::sync::LazyLock;

use eloops_server::auth::token::{Policy, Refusal};
use serde_json::{Value, json};

use super::signer::{Signer, signed_part};

pub(crate) const TENANT: &str = "11111111-1111-1111-1111-111111111111";
pub(crate) const OTHER_TENANT: &str = "22222222-2222-2222-2222-222222222222";
/// The tenant of personal accounts.
pub(crate) const CONSUMERS: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";
/// Client id of the app: it signs people in, and as an audience it names the API.
pub(crate) const CLIENT: &str = "2f0c8b1e-5d3a-4c47-9a55-0d9a4f1f7c11";
/// The only client application whose tokens are accepted.
pub(crate) const CARD: &str = "card";
pub(crate) const OID: &str = "4545AC9B-a78d-4721-b626-f0f700517eab";

/// A token that must not get in, and the rule that has to stop it.
pub(crate) struct Forgery {
    pub(crate) name: String,
    pub(crate) token: String,
    pub(crate) rule: Refusal,
}

/// Makes tokens of one sign-in service at one time.
pub(crate) struct Forger {
    /// Root of the sign-in service.
    pub(crate) root: String,
    /// Seconds since the epoch.
    pub(crate) now: f64,
    /// Published, for every tenant.
    pub(crate) ours: &'static Signer,
    /// The same `kid`, another key: not published.
    pub(crate) other: &'static Signer,
    /// Published, for personal accounts only.
    pub(crate) consumers: Signer,
    /// Published, for another tenant only.
    pub(crate) neighbour: Signer,
}

/// Making a key takes a moment; all tests share these, and only their issuers differ.
static KEYS: LazyLock<[Signer; 2]> =
    LazyLock::new(|| [Signer::new("ours", ""), Signer::new("ours", "")]);

impl Forger {
    pub(crate) fn new(root: &str, now: f64) -> Self {
        let [ours, other] = &*KEYS;
        let only = |kid, tenant| Signer::new(kid, &format!("{root}/{tenant}/v2.0"));
        Self {
            root: root.to_owned(),
            now,
            ours,
            other,
            consumers: only("consumers", CONSUMERS),
            neighbour: only("neighbour", OTHER_TENANT),
        }
    }

    /// The issuer of keys for every tenant.
    pub(crate) fn common_issuer(&self) -> String {
        format!("{}/{{tenantid}}/v2.0", self.root)
    }

    pub(crate) fn issuer(&self, tenant: &str) -> String {
        format!("{}/{tenant}/v2.0", self.root)
    }

    pub(crate) fn policy() -> Policy {
        Policy {
            audiences: vec!["api://eloops".to_owned(), CLIENT.to_owned()],
            tenants: vec![TENANT.to_owned()],
            clients: Some(vec![CARD.to_owned()]),
            sign_in_client: CLIENT.to_owned(),
        }
    }

    pub(crate) fn header(&self) -> Value {
        json!({"typ": "JWT", "alg": "RS256", "kid": "ours"})
    }

    /// A user's claims for our API.
    pub(crate) fn claims(&self) -> Value {
        json!({
            "aud": "api://eloops", "iss": self.issuer(TENANT), "tid": TENANT, "ver": "2.0", "oid": OID,
            "sub": "pairwise", "azp": CARD, "scp": "access_as_user profile", "name": "Jodi ÿÿ~~>>??",
            "iat": self.now - 60.0, "nbf": self.now - 60.0, "exp": self.now + 3600.0,
        })
    }

    /// An application's changes to them.
    pub(crate) fn as_application(&self) -> Value {
        json!({"scp": null, "idtyp": "app", "roles": ["Eloops.Admin"], "sub": OID, "name": null})
    }

    /// A genuine header and payload, signed.
    pub(crate) fn genuine(&self) -> String {
        self.with(json!({}))
    }

    /// With some claims replaced, or removed where the value is null.
    pub(crate) fn with(&self, changes: Value) -> String {
        let payload = merge(self.claims(), changes).to_string();
        self.ours.sign(&self.header().to_string(), &payload)
    }

    /// An application's token with further changes.
    pub(crate) fn application(&self, changes: Value) -> String {
        let claims = merge(self.claims(), self.as_application());
        let payload = merge(claims, changes).to_string();
        self.ours.sign(&self.header().to_string(), &payload)
    }

    /// With some members of the header replaced or removed.
    pub(crate) fn with_header(&self, changes: Value) -> String {
        self.raw_header(&merge(self.header(), changes).to_string())
    }

    /// With any text as its header.
    pub(crate) fn raw_header(&self, header: &str) -> String {
        self.ours.sign(header, &self.claims().to_string())
    }

    /// With any text as its payload.
    pub(crate) fn raw_payload(&self, payload: &str) -> String {
        self.ours.sign(&self.header().to_string(), payload)
    }

    /// With a member more at the end of the payload, even one that stands there already.
    pub(crate) fn payload_and(&self, member: &str) -> String {
        let mut payload = self.claims().to_string();
        payload.pop();
        self.raw_payload(&format!("{payload},{member}}}"))
    }

    /// What stands before the signature of a genuine token.
    pub(crate) fn signed(&self) -> String {
        signed_part(&self.header().to_string(), &self.claims().to_string())
    }
}

/// Members replaced, or removed where the value is null.
pub(crate) fn merge(mut object: Value, changes: Value) -> Value {
    let members = object.as_object_mut().unwrap();
    for (name, value) in changes.as_object().unwrap() {
        if value.is_null() {
            members.remove(name);
        } else {
            members.insert(name.clone(), value.clone());
        }
    }
    object
}
