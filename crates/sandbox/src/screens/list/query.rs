//! What the list is asked for.

use serde::Deserialize;

use crate::{
    rows::{RowKey, Tables},
    screens::{encoded, line},
};

/// The parameters of `/`. All are optional; empty is the same as absent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(in crate::screens) struct ListQuery {
    /// Words that must all occur.
    q: String,
    /// A member of `HcmWorkerStatus`.
    pub(super) status: String,
    /// A member of `HcmWorkerRelationType`.
    #[serde(rename = "type")]
    pub(super) kind: String,
    /// An operating unit number.
    pub(super) department: String,
    /// The personnel number of a manager: the direct reports.
    pub(super) reports_to: String,
    sort: String,
    page: String,
}

/// A column to sort by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Name,
    Number,
}

impl Column {
    fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Number => "number",
        }
    }
}

impl ListQuery {
    /// The words to search for.
    pub(super) fn words(&self) -> &str {
        self.q.trim()
    }

    /// The page, from 1.
    pub(super) fn page(&self) -> usize {
        self.page.parse().unwrap_or(1).max(1)
    }

    /// The column and whether it runs backwards; personnel numbers unless asked otherwise.
    pub(super) fn order(&self) -> (Column, bool) {
        let (backwards, word) = match self.sort.strip_prefix('-') {
            Some(word) => (true, word),
            None => (false, self.sort.as_str()),
        };
        let column = if word == "name" {
            Column::Name
        } else {
            Column::Number
        };
        (column, backwards)
    }

    /// The address of another page of the same list.
    pub(super) fn at_page(&self, page: usize) -> String {
        self.address(&self.sort, page)
    }

    /// The address of the same list in the order of a column; a second time backwards.
    pub(super) fn sorted_by(&self, column: Column) -> String {
        let word = column.word();
        let again = self.order() == (column, false);
        self.address(
            &if again {
                format!("-{word}")
            } else {
                word.to_owned()
            },
            1,
        )
    }

    /// The address of this list as it is.
    pub(super) fn here(&self) -> String {
        self.at_page(self.page())
    }

    /// The entry of the navigation that this list is, if it is one: with nothing else asked for.
    pub(super) fn in_navigation(&self) -> Option<String> {
        if !self.words().is_empty() || !self.reports_to.is_empty() {
            return None;
        }
        Some(self.address("", 1))
    }

    /// What the list is called.
    pub(super) fn title(&self, tables: &Tables) -> String {
        if !self.reports_to.is_empty() {
            let manager = tables.get("Workers", &RowKey::of(&[&self.reports_to]));
            let name = manager.map_or_else(|| self.reports_to.clone(), |found| line::name(&found));
            return format!("Direct reports of {name}");
        }
        if !self.department.is_empty() {
            let name = line::department(tables, &self.department);
            return if name.is_empty() {
                self.department.clone()
            } else {
                name.to_owned()
            };
        }
        match (self.status.as_str(), self.kind.as_str()) {
            ("", "") => "Workers".into(),
            ("", kind) => format!("{kind}s"),
            (status, _) => format!("{status} workers"),
        }
    }

    fn address(&self, sort: &str, page: usize) -> String {
        let page = if page > 1 {
            page.to_string()
        } else {
            String::new()
        };
        let parameters = [
            ("q", self.words()),
            ("status", &self.status),
            ("type", &self.kind),
            ("department", &self.department),
            ("reports_to", &self.reports_to),
            ("sort", sort),
            ("page", &page),
        ];
        let given = parameters.iter().filter(|(_, value)| !value.is_empty());
        let pairs: Vec<String> = given
            .map(|(name, value)| format!("{name}={}", encoded(value)))
            .collect();
        if pairs.is_empty() {
            "/".into()
        } else {
            format!("/?{}", pairs.join("&"))
        }
    }
}
