//! One row, one of its properties, or what it leads to.

use std::sync::Arc;

use http::header::ETAG;

use super::{context, json, json_answer};
use crate::odata::OData;
use crate::odata::answer::Answer;
use crate::odata::ask::Ask;
use crate::odata::error::Failure;
use crate::odata::json::Hit;
use crate::odata::path::{Key, row_key};
use crate::odata::query::Query;
use crate::odata::select;
use crate::odata::shape::Shape;
use crate::odata::visible::Visible;
use crate::rows::{Row, RowError, Tables};
use crate::schema::{EntityType, Navigation};

/// `GET Workers('000001')`.
pub(super) fn row(
    service: &OData,
    ask: &Ask<'_>,
    query: &Query,
    set: &str,
    key: &Key,
) -> Result<Answer, Failure> {
    let (shape, hit) = service.store.read(|tables| {
        let (entity, row) = find(tables, ask, set, key)?;
        let (select, expand) = (query.select.as_deref(), query.expand.as_deref());
        let shape = Shape::new(tables.schema(), entity, select, expand, !query.bare)?;
        let hit = select::hit(tables, entity, row, &shape, &ask.caller.sees);
        Ok::<_, Failure>((shape, hit))
    })?;
    Ok(single(ask, query, set, &shape, &hit))
}

/// `GET Workers('000001')/Name` or `…/Positions`.
pub(super) fn member(
    service: &OData,
    ask: &Ask<'_>,
    query: &Query,
    (set, key, member): (&str, &Key, &str),
) -> Result<Answer, Failure> {
    let found = service.store.read(|tables| {
        let (entity, row) = find(tables, ask, set, key)?;
        if let Some(property) = entity.property(member) {
            return Ok::<_, Failure>(Member::Property(property.clone(), row.clone()));
        }
        let navigation = entity
            .navigation(member)
            .ok_or_else(|| Failure::no_segment(member))?;
        let target = tables
            .schema()
            .set(navigation.target)
            .ok_or_else(|| Failure::no_segment(navigation.target))?;
        let select = query.select.as_deref();
        let shape = Shape::new(tables.schema(), target, select, None, !query.bare)?;
        let rows = select::related(tables, entity, row, navigation, &ask.caller.sees);
        Ok(Member::Rows(navigation, shape, rows))
    })?;
    match found {
        Member::Property(property, row) => {
            let raw_key = ask.path.trim_start_matches('/');
            let mut out = vec![b'{'];
            if !query.bare {
                out.extend_from_slice(b"\"@odata.context\":");
                json::text(&mut out, &format!("{}/$metadata#{raw_key}", ask.root));
                out.push(b',');
            }
            out.extend_from_slice(b"\"value\":");
            json::value(&mut out, property.kind, &row.value(&property));
            out.push(b'}');
            Ok(json_answer(query, out))
        }
        Member::Rows(navigation, shape, rows) if navigation.many => {
            Ok(many(ask, query, navigation.target, &shape, rows))
        }
        Member::Rows(navigation, shape, rows) => match rows.into_iter().next() {
            Some(row) => {
                let hit = Hit {
                    row,
                    related: Vec::new(),
                };
                Ok(single(ask, query, navigation.target, &shape, &hit))
            }
            None => Ok(Answer::no_content()),
        },
    }
}

enum Member {
    Property(crate::schema::Property, Arc<Row>),
    Rows(&'static Navigation, Shape, Vec<Arc<Row>>),
}

/// The row, when it is there and visible; else the same 404.
fn find<'a>(
    tables: &'a Tables,
    ask: &Ask<'_>,
    set: &str,
    key: &Key,
) -> Result<(&'a EntityType, &'a Arc<Row>), Failure> {
    let entity = tables
        .schema()
        .set(set)
        .ok_or_else(|| Failure::no_segment(set))?;
    let key = row_key(entity, key)?;
    let visible = Visible::new(tables, entity, &ask.caller.sees);
    let row = tables
        .table(entity)
        .get(&key)
        .filter(|row| visible.row(row));
    Ok((entity, row.ok_or_else(|| RowError::not_found(&key))?))
}

fn single(ask: &Ask<'_>, query: &Query, set: &str, shape: &Shape, hit: &Hit) -> Answer {
    let context = (!query.bare).then(|| context(ask, query, set, "/$entity"));
    let mut out = Vec::new();
    json::hit(&mut out, hit, shape, context.as_deref());
    json_answer(query, out).with(ETAG, hit.row.etag())
}

fn many(ask: &Ask<'_>, query: &Query, set: &str, shape: &Shape, rows: Vec<Arc<Row>>) -> Answer {
    let mut out = vec![b'{'];
    if !query.bare {
        out.extend_from_slice(b"\"@odata.context\":");
        json::text(&mut out, &context(ask, query, set, ""));
        out.push(b',');
    }
    out.extend_from_slice(b"\"value\":[");
    for row in rows {
        json::hit(
            &mut out,
            &Hit {
                row,
                related: Vec::new(),
            },
            shape,
            None,
        );
        out.push(b',');
    }
    json::close(&mut out, b']');
    out.push(b'}');
    json_answer(query, out)
}
