use serde::{Deserialize, Serialize};

/// A list: every collection endpoint answers in this shape.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    /// This page's items.
    pub items: Vec<T>,
    /// Pass as `cursor` to get the next page; absent or null on the last one.
    #[serde(default)]
    pub next_cursor: Option<String>,
}
