//! Who is asking: filled in by the middleware that checked the bearer.

use std::collections::HashSet;
use std::sync::Arc;

/// The verified sender of a request, as an extension of the request.
#[derive(Clone, Debug)]
pub struct Caller {
    /// An app itself (client credentials) rather than a user's delegated rights. Only an app
    /// may write.
    pub app: bool,
    /// The object id of the user, or of the app.
    pub oid: String,
    /// The user's own personnel number, where the user is a worker.
    pub personnel_number: Option<String>,
    /// Whose rows are visible.
    pub sees: Sees,
}

/// Whose rows a caller may read. Rows about nobody, such as departments, are seen by all.
#[derive(Clone, Debug)]
pub enum Sees {
    /// Everybody's.
    Everything,
    /// Those of the workers with these personnel numbers.
    Workers(Arc<HashSet<String>>),
}

impl Sees {
    /// Rows about this worker are visible.
    #[must_use]
    pub fn worker(&self, personnel_number: &str) -> bool {
        match self {
            Self::Everything => true,
            Self::Workers(numbers) => numbers.contains(personnel_number),
        }
    }
}
