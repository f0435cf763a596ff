//! The `claims` parameter of a sign-in (OpenID Connect Core §5.5), by which an app answers a
//! claims challenge (Microsoft Learn: claims-challenge).

use serde_json::{Map, Value};

use super::error::AadError;

/// Client capabilities: they announce what an app can do and demand nothing of the person.
const CAPABILITIES: &str = "xms_cc";

/// What a sign-in was asked to show.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct RequestedClaims(Map<String, Value>);

impl RequestedClaims {
    /// Reads the parameter's JSON.
    ///
    /// # Errors
    /// AADSTS9002313 when it is not a JSON object.
    pub(crate) fn parse(text: &str) -> Result<Self, AadError> {
        serde_json::from_str(text).map(Self).map_err(|error| {
            AadError::new(
                "invalid_request",
                9_002_313,
                format!("Invalid request. The parameter 'claims' is not a JSON object: {error}."),
            )
        })
    }

    /// The same from a value a test gives.
    pub(crate) fn from_members(members: Map<String, Value>) -> Self {
        Self(members)
    }

    /// Whether nothing was asked.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the person must do something more than being signed in.
    pub(crate) fn demands_interaction(&self) -> bool {
        self.access_token()
            .is_some_and(|members| members.keys().any(|name| name != CAPABILITIES))
    }

    /// Whether everything the challenge wants was asked of this sign-in; more is fine, as clients
    /// add their capabilities to it.
    pub(crate) fn meet(&self, challenge: &Map<String, Value>) -> bool {
        holds_members(&self.0, challenge)
    }

    /// Values of a claim asked for the access token: one as `value`, several as `values`.
    pub(crate) fn values(&self, claim: &str) -> Vec<Value> {
        let Some(asked) = self.access_token().and_then(|members| members.get(claim)) else {
            return vec![];
        };
        match (asked.get("value"), asked.get("values")) {
            (Some(value), _) => vec![value.clone()],
            (None, Some(Value::Array(values))) => values.clone(),
            _ => vec![],
        }
    }

    fn access_token(&self) -> Option<&Map<String, Value>> {
        self.0.get("access_token").and_then(Value::as_object)
    }
}

fn holds_members(found: &Map<String, Value>, wanted: &Map<String, Value>) -> bool {
    wanted
        .iter()
        .all(|(name, value)| found.get(name).is_some_and(|found| holds(found, value)))
}

fn holds(found: &Value, wanted: &Value) -> bool {
    match (found, wanted) {
        (Value::Object(found), Value::Object(wanted)) => holds_members(found, wanted),
        _ => found == wanted,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn members(value: Value) -> Map<String, Value> {
        value.as_object().cloned().unwrap()
    }

    #[test]
    fn a_challenge_is_met_by_the_same_claims_and_by_more() {
        let challenge = members(json!({ "access_token": { "polids": { "values": ["a"] } } }));
        for (asked, meets) in [
            (r#"{"access_token":{"polids":{"values":["a"]}}}"#, true),
            (
                r#"{"access_token":{"xms_cc":{"values":["cp1"]},"polids":{"essential":true,"values":["a"]}}}"#,
                true,
            ),
            (r#"{"access_token":{"polids":{"values":["b"]}}}"#, false),
            (r#"{"access_token":{"xms_cc":{"values":["cp1"]}}}"#, false),
            (r#"{"id_token":{"polids":{"values":["a"]}}}"#, false),
            ("{}", false),
        ] {
            let asked_claims = RequestedClaims::parse(asked).unwrap();
            assert_eq!(asked_claims.meet(&challenge), meets, "{asked}");
        }
    }

    #[test]
    fn capabilities_alone_demand_nothing_of_the_person() {
        let capable =
            RequestedClaims::parse(r#"{"access_token":{"xms_cc":{"values":["cp1"]}}}"#).unwrap();
        assert!(!capable.demands_interaction());
        assert_eq!(capable.values("xms_cc"), vec![json!("cp1")]);
        let stepped =
            RequestedClaims::parse(r#"{"access_token":{"acrs":{"essential":true,"value":"c1"}}}"#)
                .unwrap();
        assert!(stepped.demands_interaction());
        assert_eq!(stepped.values("acrs"), vec![json!("c1")]);
    }

    #[test]
    fn what_is_no_object_is_refused() {
        for text in ["", "[]", "\"claims\"", "{", "null"] {
            assert!(RequestedClaims::parse(text).is_err(), "{text}");
        }
    }
}
