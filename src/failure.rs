//! What can go wrong between the card and a server, as few cases as a person can be told apart.

/// A request that did not bring what was asked for. Boxed, as it is one arm of every answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure(Box<Details>);

/// What is known about a failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Details {
    /// What to tell the person.
    pub kind: FailureKind,
    /// The request's id, to quote to support.
    pub reference: Option<String>,
    /// Seconds the server asked us to wait before the next try.
    pub retry_after: Option<u32>,
    /// What would help: the claims that Microsoft asks for, as JSON, or the page for an administrator's
    /// consent.
    pub needs: Option<String>,
}

impl Failure {
    /// A failure that a server's answer tells of.
    pub fn new(kind: FailureKind, reference: Option<String>, retry_after: Option<u32>) -> Self {
        Self(Box::new(Details {
            kind,
            reference,
            retry_after,
            needs: None,
        }))
    }

    /// With what would help.
    #[must_use]
    pub fn needing(mut self, needs: Option<String>) -> Self {
        self.0.needs = needs;
        self
    }

    /// The wait that the server asked for, in milliseconds.
    pub fn wait_ms(&self) -> Option<u32> {
        Some(self.retry_after?.saturating_mul(1_000))
    }
}

impl std::ops::Deref for Failure {
    type Target = Details;

    fn deref(&self) -> &Details {
        &self.0
    }
}

/// The cases that have a text of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureKind {
    /// The browser has no network.
    Offline,
    /// The browser has a network, but no answer came.
    Unreachable,
    /// The token is missing, wrong or has ended.
    SignedOut,
    /// No such person, or not for this viewer; the server does not say which.
    NotAllowed,
    /// The signed-in person's own membership has ended.
    Inactive,
    /// The signed-in account belongs to no member.
    NotLinked,
    /// Microsoft asks for more before Talent answers.
    Challenged,
    /// An administrator has not consented to Talent being asked in a person's name.
    NoConsent,
    /// The file is larger than the server takes.
    TooLarge,
    /// The file is no photo or video that the server knows.
    WrongType,
    /// The signed-in person's own membership has not begun.
    NotBegun,
    /// A sign-in that was cancelled or took too long.
    Ended,
    /// Too many requests in a short time.
    TooMany,
    /// The server had a fault.
    Server,
    /// The server refused for a reason that the card has no words for.
    Refused,
    /// An answer came that the card cannot read.
    Unreadable,
}

impl FailureKind {
    /// The case behind an error's HTTP status and problem `code`. The code decides where it is
    /// known; otherwise the status does.
    pub fn of(status: u16, code: &str) -> Self {
        match code {
            "member_inactive" => return Self::Inactive,
            "member_pending" => return Self::NotBegun,
            "no_member" => return Self::NotLinked,
            "insufficient_claims" => return Self::Challenged,
            "consent_missing" => return Self::NoConsent,
            "unreadable_picture" => return Self::WrongType,
            _ => {}
        }
        match status {
            401 => Self::SignedOut,
            403 | 404 => Self::NotAllowed,
            410 => Self::Ended,
            413 => Self::TooLarge,
            415 => Self::WrongType,
            429 => Self::TooMany,
            500..=599 => Self::Server,
            _ => Self::Refused,
        }
    }

    /// Whether this answer takes away what an earlier answer gave: then nothing of it may stay on
    /// the screen.
    pub fn withdraws(self) -> bool {
        matches!(
            self,
            Self::NotAllowed | Self::Inactive | Self::NotBegun | Self::NotLinked
        )
    }
}

impl From<FailureKind> for Failure {
    fn from(kind: FailureKind) -> Self {
        Self::new(kind, None, None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_decides_before_the_status() {
        assert_eq!(
            FailureKind::of(401, "member_inactive"),
            FailureKind::Inactive
        );
        assert_eq!(
            FailureKind::of(403, "member_inactive"),
            FailureKind::Inactive
        );
        assert_eq!(
            FailureKind::of(401, "token_expired"),
            FailureKind::SignedOut
        );
    }

    #[test]
    fn every_status_has_a_case() {
        let cases = [
            (403, FailureKind::NotAllowed),
            (404, FailureKind::NotAllowed),
            (410, FailureKind::Ended),
            (413, FailureKind::TooLarge),
            (415, FailureKind::WrongType),
            (422, FailureKind::Refused),
            (429, FailureKind::TooMany),
            (500, FailureKind::Server),
            (503, FailureKind::Server),
        ];
        for (status, kind) in cases {
            assert_eq!(FailureKind::of(status, ""), kind, "status {status}");
        }
    }

    #[test]
    fn only_refusals_withdraw() {
        assert!(FailureKind::NotAllowed.withdraws());
        assert!(FailureKind::Inactive.withdraws());
        assert!(!FailureKind::Offline.withdraws());
        assert!(!FailureKind::Server.withdraws());
    }
}
