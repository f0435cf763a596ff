use eloops_api::Problem;

/// The refusals that every endpoint shares, for the documentation.
#[derive(utoipa::IntoResponses)]
pub enum Denied {
    /// No bearer, or one that is not valid here: `unauthenticated`, `invalid_token`, `session_ended`.
    #[response(status = 401, content_type = "application/problem+json")]
    Unauthenticated(Problem),
    /// Known, but not allowed: `insufficient_scope`, `member_inactive`, `member_pending`, `no_member`, `forbidden`,
    /// `balance_hidden`.
    #[response(status = 403, content_type = "application/problem+json")]
    Forbidden(Problem),
    /// Nothing here that the caller may know of: `not_found`.
    #[response(status = 404, content_type = "application/problem+json")]
    NotFound(Problem),
    /// Too much within a minute: `too_many_requests`; wait as long as `Retry-After` says.
    #[response(status = 429, content_type = "application/problem+json")]
    TooManyRequests(Problem),
}
