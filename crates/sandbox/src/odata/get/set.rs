//! A page of a set, and how many rows it has.

use http::StatusCode;

use super::{context, json, json_answer};
use crate::odata::OData;
use crate::odata::answer::Answer;
use crate::odata::ask::Ask;
use crate::odata::error::Failure;
use crate::odata::json::Hit;
use crate::odata::query::Query;
use crate::odata::select::{self, Wish};
use crate::odata::shape::Shape;
use crate::odata::{filter, order};
use crate::rows::Tables;
use crate::schema::EntityType;

/// `GET Workers`.
pub(super) fn page(
    service: &OData,
    ask: &Ask<'_>,
    query: &Query,
    set: &str,
) -> Result<Answer, Failure> {
    let sees = &ask.caller.sees;
    let page_size = service.page_size.max(1);
    // Rows are shared, not copied; the lock is given back before anything is written.
    let (shape, hits, matched, more) = service.store.read(|tables| {
        let entity = entity(tables, set)?;
        let (select, expand) = (query.select.as_deref(), query.expand.as_deref());
        let shape = Shape::new(tables.schema(), entity, select, expand, !query.bare)?;
        let limit = query.top.unwrap_or(page_size).min(page_size);
        let wish = wish(entity, query, limit)?;
        let page = select::page(tables, entity, sees, &wish)?;
        let rows = page.rows.into_iter();
        let hits: Vec<Hit> = rows
            .map(|row| select::hit(tables, entity, row, &shape, sees))
            .collect();
        Ok::<_, Failure>((shape, hits, page.matched, page.more))
    })?;
    let mut out = Vec::with_capacity(256 + hits.len() * 40 * (shape.columns.len() + 2));
    out.push(b'{');
    if !query.bare {
        out.extend_from_slice(b"\"@odata.context\":");
        json::text(&mut out, &context(ask, query, set, ""));
        out.push(b',');
    }
    if query.count {
        out.extend_from_slice(format!("\"@odata.count\":{matched},").as_bytes());
    }
    out.extend_from_slice(b"\"value\":[");
    for hit in &hits {
        json::hit(&mut out, hit, &shape, None);
        out.push(b',');
    }
    json::close(&mut out, b']');
    if let Some(link) = next_link(ask, query, set, page_size).filter(|_| more) {
        out.extend_from_slice(b",\"@odata.nextLink\":");
        json::text(&mut out, &link);
    }
    out.push(b'}');
    Ok(json_answer(query, out))
}

/// `GET Workers/$count`.
pub(super) fn count(
    service: &OData,
    ask: &Ask<'_>,
    query: &Query,
    set: &str,
) -> Result<Answer, Failure> {
    let matched = service.store.read(|tables| {
        let entity = entity(tables, set)?;
        let mut wish = wish(entity, query, 0)?;
        wish.count = true;
        select::page(tables, entity, &ask.caller.sees, &wish).map(|page| page.matched)
    })?;
    Ok(Answer::new(
        StatusCode::OK,
        "text/plain; charset=utf-8",
        matched.to_string().into(),
    ))
}

fn entity<'a>(tables: &'a Tables, set: &str) -> Result<&'a EntityType, Failure> {
    tables
        .schema()
        .set(set)
        .ok_or_else(|| Failure::no_segment(set))
}

fn wish(entity: &EntityType, query: &Query, limit: usize) -> Result<Wish, Failure> {
    let filter = query
        .filter
        .as_deref()
        .map(|text| filter::parse(entity, text))
        .transpose()?;
    Ok(Wish {
        filter,
        order: order::parse(entity, query.orderby.as_deref())?,
        skip: query.skip.unwrap_or(0),
        limit,
        count: query.count,
    })
}

/// The way to the next page: the query as it came with an offset, on the host's own `/data`
/// even where the request came in under a namespace. `None` when all wanted rows are in this one.
fn next_link(ask: &Ask<'_>, query: &Query, set: &str, page_size: usize) -> Option<String> {
    let skip = query.skip.unwrap_or(0).saturating_add(page_size);
    let offset = match query.top {
        Some(top) if !query.continues => {
            // The other order of the two keeps this apart from an unbounded walk.
            let left = top.checked_sub(page_size).filter(|left| *left > 0)?;
            format!("$top={left}&$skip={skip}")
        }
        _ => format!("$skip={skip}&$top={page_size}"),
    };
    let and = if query.rest.is_empty() { "" } else { "&" };
    Some(format!("{}/{set}?{}{and}{offset}", ask.root, query.rest))
}
