//! `$filter`, as far as finance and operations has it: no `in`, no `has` (Microsoft Learn: odata).

use crate::literal;

/// A boolean expression, not yet percent-encoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter(String);

/// A value that cannot be compared for equality.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FilterError {
    /// In `eq`, Talent takes `*` for any text: `Name eq '*retail*'`.
    #[error("a value with `*` cannot be looked up exactly, because Talent reads it as a wildcard")]
    Wildcard,
    /// A control character.
    #[error("a value with control characters cannot be looked up")]
    Control,
}

impl Filter {
    /// `property eq 'value'`.
    ///
    /// The comparison at Talent's side ignores case, so check the rows that come back.
    ///
    /// # Errors
    /// [`FilterError`] for values that would match more than themselves.
    pub fn text(property: &str, value: &str) -> Result<Self, FilterError> {
        if value.contains('*') {
            return Err(FilterError::Wildcard);
        }
        if value.chars().any(char::is_control) {
            return Err(FilterError::Control);
        }
        Ok(Self(format!("{property} eq {}", literal::text(value))))
    }

    /// `property eq` an enum's member; `edm` is e.g. [`crate::WorkerStatus::EDM`].
    pub fn member(property: &str, edm: &str, member: &str) -> Self {
        Self(format!("{property} eq {}", literal::member(edm, member)))
    }

    /// Both must hold.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(format!("({}) and ({})", self.0, other.0))
    }

    /// One of them must hold.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(format!("({}) or ({})", self.0, other.0))
    }

    /// The expression, not yet percent-encoded.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::WorkerStatus;

    #[test]
    fn expressions() {
        let name = Filter::text("LastName", "D'Hers").unwrap();
        let status = Filter::member(
            "WorkerStatus",
            WorkerStatus::EDM,
            WorkerStatus::Employed.as_str(),
        );
        assert_eq!(
            name.and(status).as_str(),
            "(LastName eq 'D''Hers') and \
             (WorkerStatus eq Microsoft.Dynamics.DataEntities.HcmWorkerStatus'Employed')"
        );
    }

    #[test]
    fn a_wildcard_is_not_a_value() {
        assert_eq!(
            Filter::text("PersonnelNumber", "0*"),
            Err(FilterError::Wildcard)
        );
        assert_eq!(
            Filter::text("PersonnelNumber", "0\n"),
            Err(FilterError::Control)
        );
    }
}
