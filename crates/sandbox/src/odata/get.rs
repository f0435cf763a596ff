//! `GET`: sets, rows, single properties, the service document and `$metadata`.

mod one;
mod set;

use http::StatusCode;

use super::OData;
use super::answer::Answer;
use super::ask::Ask;
use super::error::Failure;
use super::json;
use super::path::Resource;
use super::query::{self, Query};

/// Answers a GET.
pub(super) fn answer(
    service: &OData,
    ask: &Ask<'_>,
    resource: &Resource,
) -> Result<Answer, Failure> {
    let query = query::parse(ask.query, ask.accept, service.page_size)?;
    match resource {
        Resource::Service => Ok(service_document(service, ask)),
        Resource::Metadata => {
            let document = service.store.schema().document();
            Ok(Answer::new(
                StatusCode::OK,
                "application/xml; charset=utf-8",
                document,
            ))
        }
        Resource::Set(set) => set::page(service, ask, &query, set),
        Resource::Count(set) => set::count(service, ask, &query, set),
        Resource::Row { set, key } => one::row(service, ask, &query.for_one_row()?, set, key),
        Resource::Member { set, key, member } => {
            one::member(service, ask, &query.for_one_row()?, (set, key, member))
        }
        Resource::Batch => Err(Failure::method(ask.method, "POST")),
    }
}

/// All sets, by name.
fn service_document(service: &OData, ask: &Ask<'_>) -> Answer {
    let schema = service.store.schema();
    let sets: Vec<serde_json::Value> = schema
        .types()
        .iter()
        .map(|t| serde_json::json!({"name": t.set, "kind": "EntitySet", "url": t.set}))
        .collect();
    let context = format!("{}/$metadata", ask.root);
    let body = serde_json::json!({"@odata.context": context, "value": sets});
    Answer::json(StatusCode::OK, body.to_string().into())
}

/// `root/$metadata#fragment`, with the selected properties behind a set.
fn context(ask: &Ask<'_>, query: &Query, fragment: &str, end: &str) -> String {
    let select = query
        .select
        .as_deref()
        .filter(|select| !matches!(select.trim(), "" | "*"));
    let select = select
        .map(|select| format!("({select})"))
        .unwrap_or_default();
    format!("{}/$metadata#{fragment}{select}{end}", ask.root)
}

/// The answer with a JSON body; the content type says whether it has metadata.
fn json_answer(query: &Query, body: Vec<u8>) -> Answer {
    let metadata = if query.bare { "none" } else { "minimal" };
    let content_type = format!("application/json; odata.metadata={metadata}; charset=utf-8");
    Answer::new(StatusCode::OK, &content_type, body.into())
}
