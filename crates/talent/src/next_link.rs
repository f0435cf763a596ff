//! `@odata.nextLink`, put back on the configured root.
//!
//! Standalone Talent gives links without a usable host or namespace (inferred from what clients in the
//! field do), and a token must never follow a link to another host. So nothing of the link's address is
//! used but its query.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::{Query, Root, literal};

/// The link to the next page leads astray. Neither case is cured by asking again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// It names another entity set.
    #[error("Talent's link to the next page of {0} does not lead to {0}")]
    OtherSet(&'static str),
    /// It was followed before, or pages keep coming without a new row.
    #[error("Talent's links to the next page of {0} go round in a circle")]
    Circle(&'static str),
}

/// What may stand in a query that a server has written, `%` included; the rest is encoded.
const QUERY: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The address of the next page below `root`.
///
/// Options of the first request that the link leaves out, `$select` above all, are put back, so that
/// a later page asks for no more than the first one did.
pub(crate) fn rebase(
    root: &Root,
    set: &'static str,
    first: &Query,
    link: &str,
) -> Result<String, LinkError> {
    let link = link.split('#').next().unwrap_or_default();
    let (path, query) = link.split_once('?').ok_or(LinkError::OtherSet(set))?;
    let last = path.rsplit('/').next().unwrap_or_default();
    if !(last.is_empty() && path.is_empty() || last.eq_ignore_ascii_case(set)) {
        return Err(LinkError::OtherSet(set));
    }
    let mut url = format!(
        "{}/{set}?{}",
        root.data(),
        utf8_percent_encode(query, QUERY)
    );
    for (name, value) in first.options() {
        // The count is known by now, and how far to go is the server's to say.
        if matches!(name, "$top" | "$skip" | "$count") || names(query).any(|have| is(have, name)) {
            continue;
        }
        if !url.ends_with(['?', '&']) {
            url.push('&');
        }
        url.push_str(name);
        url.push('=');
        url.push_str(&literal::encode(value));
    }
    Ok(url)
}

fn names(query: &str) -> impl Iterator<Item = &str> {
    query
        .split('&')
        .map(|option| option.split('=').next().unwrap_or_default())
}

/// `$` may come encoded.
fn is(have: &str, name: &str) -> bool {
    let bare = have.strip_prefix("%24").or_else(|| have.strip_prefix('$'));
    match (bare, name.strip_prefix('$')) {
        (Some(have), Some(name)) => have.eq_ignore_ascii_case(name),
        _ => have.eq_ignore_ascii_case(name),
    }
}

#[cfg(test)]
mod tests;
