//! Query options, before their names are looked up.

use percent_encoding::percent_decode_str;

use super::error::Failure;

/// The options of a query, decoded but not yet understood.
#[derive(Clone, Debug, Default)]
pub(super) struct Query {
    pub(super) select: Option<String>,
    pub(super) filter: Option<String>,
    pub(super) orderby: Option<String>,
    pub(super) expand: Option<String>,
    pub(super) top: Option<usize>,
    pub(super) skip: Option<usize>,
    pub(super) count: bool,
    /// `odata.metadata=none`: no context, no etags.
    pub(super) bare: bool,
    /// The query without `$skip` and `$top`, as it came.
    pub(super) rest: String,
    /// The query ends in `$skip=N&$top=<page size>`, so it is one of our own links and not
    /// somebody's wish for at most so many rows.
    pub(super) continues: bool,
}

/// Reads a query, still percent-encoded. `+` is not a space: Talent wants `%20`.
pub(super) fn parse(raw: &str, accept: &str, page_size: usize) -> Result<Query, Failure> {
    let mut query = Query {
        bare: says_none(accept),
        ..Query::default()
    };
    let mut seen: Vec<String> = Vec::new();
    let mut rest: Vec<&str> = Vec::new();
    for part in raw.split('&').filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        let (name, value) = (decode(name)?, decode(value)?);
        if name.starts_with('$') && seen.contains(&name) {
            let message = format!("Query option '{name}' was specified more than once.");
            return Err(Failure::bad(message));
        }
        match name.as_str() {
            "$select" => query.select = Some(value),
            "$filter" => query.filter = Some(value),
            "$orderby" => query.orderby = Some(value),
            "$expand" => query.expand = Some(value),
            "$top" => query.top = Some(number(&name, &value)?),
            "$skip" => query.skip = Some(number(&name, &value)?),
            "$count" => query.count = flag(&name, &value)?,
            "$format" => query.bare = format(&value)?,
            _ if name.starts_with('$') => {
                let message = format!("The query parameter '{name}' is not supported.");
                return Err(Failure::bad(message));
            }
            // `cross-company` among them: these entities are not kept per company.
            _ => {}
        }
        if !matches!(name.as_str(), "$top" | "$skip") {
            rest.push(part);
        }
        seen.push(name);
    }
    query.rest = rest.join("&");
    query.continues = query.top == Some(page_size)
        && matches!(seen.as_slice(), [.., skip, top] if skip == "$skip" && top == "$top");
    Ok(query)
}

impl Query {
    /// Refuses the options that make no sense for a single row.
    pub(super) fn for_one_row(self) -> Result<Self, Failure> {
        let listed = [
            ("$filter", self.filter.is_some()),
            ("$orderby", self.orderby.is_some()),
            ("$top", self.top.is_some()),
            ("$skip", self.skip.is_some()),
            ("$count", self.count),
        ];
        match listed.iter().find(|(_, given)| *given) {
            Some((name, _)) => Err(Failure::bad(format!(
                "The query parameter '{name}' cannot be applied to a single resource."
            ))),
            None => Ok(self),
        }
    }
}

fn decode(text: &str) -> Result<String, Failure> {
    let decoded = percent_decode_str(text).decode_utf8();
    decoded
        .map(Into::into)
        .map_err(|_| Failure::bad("The query is not valid UTF-8."))
}

fn number(name: &str, value: &str) -> Result<usize, Failure> {
    let number = value
        .trim()
        .parse::<u32>()
        .ok()
        .and_then(|number| usize::try_from(number).ok());
    number.ok_or_else(|| {
        Failure::bad(format!(
            "Invalid value '{value}' for {name} query option found. The {name} query option requires a non-negative integer value."
        ))
    })
}

fn flag(name: &str, value: &str) -> Result<bool, Failure> {
    match value {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(Failure::bad(format!(
            "Invalid value '{value}' for {name} query option found."
        ))),
    }
}

/// Only JSON is written; gives whether it shall be bare.
fn format(value: &str) -> Result<bool, Failure> {
    let media = value.split(';').next().unwrap_or_default().trim();
    if matches!(media, "json" | "application/json") {
        return Ok(says_none(value));
    }
    Err(Failure::bad(format!(
        "The value '{value}' of the query option '$format' is not supported."
    )))
}

fn says_none(media: &str) -> bool {
    media.replace(' ', "").contains("odata.metadata=none")
}
