//! Choosing the rows of a page, under the store's lock.

use std::sync::Arc;

use super::caller::Sees;
use super::candidates::candidates;
use super::error::Failure;
use super::filter::Test;
use super::json::Hit;
use super::order::Order;
use super::shape::Shape;
use super::visible::Visible;
use crate::rows::{Row, Tables};
use crate::schema::{EntityType, Navigation};

/// What is asked of a set.
pub(super) struct Wish {
    pub(super) filter: Option<Test>,
    pub(super) order: Order,
    pub(super) skip: usize,
    /// Most rows to give.
    pub(super) limit: usize,
    /// Whether all that match shall be counted.
    pub(super) count: bool,
}

/// The rows of one page.
#[derive(Debug)]
pub(super) struct Page<'a> {
    pub(super) rows: Vec<&'a Arc<Row>>,
    /// How many match in all; exact only when it was asked for.
    pub(super) matched: usize,
    /// More rows follow.
    pub(super) more: bool,
}

/// Chooses the rows of a page.
pub(super) fn page<'a>(
    tables: &'a Tables,
    entity: &EntityType,
    sees: &Sees,
    wish: &Wish,
) -> Result<Page<'a>, Failure> {
    let table = tables.table(entity);
    let visible = Visible::new(tables, entity, sees);
    let end = wish.skip.saturating_add(wish.limit);
    if wish.filter.is_none() && visible.is_all() && wish.order.is_key_order {
        let rows = table.rows_from(wish.skip).take(wish.limit).collect();
        return Ok(Page {
            rows,
            matched: table.len(),
            more: table.len() > end,
        });
    }
    let few = wish
        .filter
        .as_ref()
        .and_then(|test| candidates(tables, entity, test));
    let source: Box<dyn Iterator<Item = &'a Arc<Row>>> = match few {
        Some(rows) => Box::new(rows.into_iter()),
        None => Box::new(table.rows_from(0)),
    };
    let (mut rows, mut matched) = (Vec::new(), 0);
    for row in source {
        let meets = wish
            .filter
            .as_ref()
            .map_or(Ok(true), |test| test.holds(row))?;
        if !meets || !visible.row(row) {
            continue;
        }
        matched += 1;
        if !wish.order.is_key_order || (matched > wish.skip && matched <= end) {
            rows.push(row);
        } else if matched > end && !wish.count {
            break;
        }
    }
    if !wish.order.is_key_order {
        rows.sort_unstable_by(|a, b| wish.order.compare(a, b));
        rows = rows.into_iter().skip(wish.skip).take(wish.limit).collect();
    }
    Ok(Page {
        rows,
        matched,
        more: matched > end,
    })
}

/// The rows a navigation leads to, as far as the caller may see them.
pub(super) fn related(
    tables: &Tables,
    entity: &EntityType,
    row: &Row,
    navigation: &Navigation,
    sees: &Sees,
) -> Vec<Arc<Row>> {
    let target = tables.schema().set(navigation.target);
    let ends =
        target.and_then(|t| Some((entity.column(navigation.from)?, t, t.column(navigation.to)?)));
    let Some((from, target, to)) = ends else {
        return Vec::new();
    };
    let value = row.value(from);
    if value == from.kind.default_value() {
        return Vec::new();
    }
    let visible = Visible::new(tables, target, sees);
    let rows = tables.rows_with(target, to, &value);
    rows.into_iter()
        .filter(|row| visible.row(row))
        .cloned()
        .collect()
}

/// A row with what the shape expands.
pub(super) fn hit(
    tables: &Tables,
    entity: &EntityType,
    row: &Arc<Row>,
    shape: &Shape,
    sees: &Sees,
) -> Hit {
    let expand = shape.expanded.iter();
    let related = expand
        .map(|e| related(tables, entity, row, e.navigation, sees))
        .collect();
    Hit {
        row: row.clone(),
        related,
    }
}
