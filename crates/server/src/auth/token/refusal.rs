/// The rule a token broke. For the log and the tests; a caller only learns `invalid_token`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Longer than [`super::MAX_TOKEN_BYTES`].
    #[error("the token is too long")]
    TooLong,
    /// Not three base64url parts with JSON objects in the first two, or a member stands twice.
    #[error("the token is not a well-formed signed JWT")]
    Malformed,
    /// Another algorithm than RS256.
    #[error("the token's algorithm is not RS256")]
    Algorithm,
    /// A header member that would let the token bring its own key, extensions we do not know, or another kind of JWT.
    #[error("the token's header names a key, an extension or a type of its own")]
    Header,
    /// `kid` is missing or names no published key.
    #[error("the token's key is unknown")]
    UnknownKey,
    /// The signature does not fit.
    #[error("the token's signature does not fit")]
    Signature,
    /// Not a version 2.0 token.
    #[error("the token is not of version 2.0")]
    Version,
    /// `iss` is not the key's issuer for `tid`.
    #[error("the token's issuer does not fit its tenant or its key")]
    Issuer,
    /// `tid` is not a GUID or not one of ours.
    #[error("the token's tenant is not one of ours")]
    Tenant,
    /// `aud` is not ours.
    #[error("the token is meant for somebody else")]
    Audience,
    /// `exp` is missing, no number, or past.
    #[error("the token is expired or has no expiry")]
    Expired,
    /// `nbf` is missing, no number, or ahead.
    #[error("the token is not valid yet or has no beginning")]
    NotYetValid,
    /// `oid` is missing or no GUID.
    #[error("the token names no object id")]
    Subject,
    /// An id token, or a mixture of a user's and an application's token.
    #[error("the token is not an access token")]
    IdToken,
    /// Bound to a key whose holder would have to prove it.
    #[error("the token is bound to a key and is no bearer token")]
    Bound,
    /// Neither the delegated scope nor, for an application, the app role.
    #[error("the token grants nothing here")]
    Scope,
    /// `azp` is not in the configured list.
    #[error("the token's client application is not allowed")]
    Client,
    /// The nonce is missing or another sign-in's.
    #[error("the id token's nonce belongs to another sign-in")]
    Nonce,
}
