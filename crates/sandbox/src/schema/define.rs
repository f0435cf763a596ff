//! The form in which the entity tables are written down.

use super::{About, Kind, Navigation};

/// One entity, as its table in this folder states it.
pub(super) struct Definition {
    pub(super) set: &'static str,
    pub(super) name: &'static str,
    pub(super) ax: &'static str,
    /// The set whose rows this one shows.
    pub(super) view_of: Option<&'static str>,
    pub(super) key: &'static [&'static str],
    pub(super) fields: &'static [Fields],
    /// Properties that Talent refuses to store empty.
    pub(super) required: &'static [&'static str],
    pub(super) indexed: &'static [&'static str],
    /// Property, then the set and its key that must know a value which is not empty.
    pub(super) related: &'static [(&'static str, &'static str, &'static str)],
    pub(super) navigations: &'static [Navigation],
    pub(super) about: About,
}

/// Properties of one kind; names are separated by white space.
pub(super) enum Fields {
    /// These names.
    Plain(Kind, &'static str),
    /// `before` + each middle + each end; the end `-` stands for nothing.
    Cross {
        kind: Kind,
        before: &'static str,
        middles: &'static str,
        ends: &'static str,
    },
}

impl Fields {
    /// Kind and names, in order.
    pub(super) fn expand(&self) -> (Kind, Vec<String>) {
        match self {
            Self::Plain(kind, names) => {
                (*kind, names.split_whitespace().map(String::from).collect())
            }
            Self::Cross {
                kind,
                before,
                middles,
                ends,
            } => {
                let names = middles.split_whitespace().flat_map(|middle| {
                    ends.split_whitespace().map(move |end| {
                        let end = if end == "-" { "" } else { end };
                        format!("{before}{middle}{end}")
                    })
                });
                (*kind, names.collect())
            }
        }
    }
}
