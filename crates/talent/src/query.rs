//! Query options of a read (Microsoft Learn: odata).

use std::fmt;

use crate::{Filter, literal};

/// The options of one read, written in the order they were given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query(Vec<(&'static str, String)>);

impl Query {
    /// No option.
    pub fn new() -> Self {
        Self::default()
    }

    /// `$select`: only these properties travel.
    #[must_use]
    pub fn select<'a>(self, properties: impl IntoIterator<Item = &'a str>) -> Self {
        let list = properties.into_iter().collect::<Vec<_>>().join(",");
        self.with("$select", list)
    }

    /// `$filter`.
    #[must_use]
    pub fn filter(self, filter: &Filter) -> Self {
        self.with("$filter", filter.as_str().to_owned())
    }

    /// `$orderby`, ascending. Paging by offset needs the key here.
    #[must_use]
    pub fn order_by(self, properties: &str) -> Self {
        self.with("$orderby", properties.to_owned())
    }

    /// `$top`: at most so many rows.
    #[must_use]
    pub fn top(self, rows: u32) -> Self {
        self.with("$top", rows.to_string())
    }

    /// `$skip`: without the first rows.
    #[must_use]
    pub fn skip(self, rows: u64) -> Self {
        self.with("$skip", rows.to_string())
    }

    /// `$count=true`: the first page says how many rows there are.
    #[must_use]
    pub fn count(self) -> Self {
        self.with("$count", "true".to_owned())
    }

    /// `cross-company=true`: rows of all companies, not only of the user's default one.
    #[must_use]
    pub fn cross_company(self) -> Self {
        self.with("cross-company", "true".to_owned())
    }

    fn with(mut self, name: &'static str, value: String) -> Self {
        self.0.retain(|(have, _)| *have != name);
        self.0.push((name, value));
        self
    }

    pub(crate) fn options(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(name, value)| (*name, value.as_str()))
    }
}

/// `?$select=…&$filter=…`, percent-encoded; nothing without options.
impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = '?';
        for (name, value) in &self.0 {
            write!(f, "{separator}{name}={}", literal::encode(value))?;
            separator = '&';
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_encoded_and_given_once() {
        let query = Query::new()
            .select(["PersonnelNumber", "Name"])
            .filter(&Filter::text("Name", "Ken & Sánchez").unwrap())
            .order_by("PersonnelNumber")
            .top(10)
            .skip(20)
            .top(5)
            .count()
            .cross_company();
        assert_eq!(
            query.to_string(),
            "?$select=PersonnelNumber,Name&$filter=Name%20eq%20'Ken%20%26%20S%C3%A1nchez'\
             &$orderby=PersonnelNumber&$skip=20&$top=5&$count=true&cross-company=true"
        );
        assert_eq!(Query::new().to_string(), "");
    }
}
