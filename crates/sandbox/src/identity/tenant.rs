//! The first part of a path: which tenant is meant.

use super::error::AadError;
use crate::Sandbox;

/// What `{tenant}` names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tenant {
    /// The sandbox's tenant, by its id or its domain.
    Own,
    /// `common` or `organizations`: any tenant.
    Any,
}

impl Tenant {
    /// # Errors
    /// AADSTS90002 for a tenant that is not here.
    pub(crate) fn parse(text: &str, sandbox: &Sandbox) -> Result<Self, AadError> {
        match text {
            "common" | "organizations" => Ok(Self::Any),
            _ if text == sandbox.options.tenant || text == sandbox.domain => Ok(Self::Own),
            _ => Err(AadError::new(
                "invalid_request",
                90_002,
                format!(
                    "Tenant '{text}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud."
                ),
            )),
        }
    }
}
