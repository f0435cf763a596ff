//! The few rows a filter can be true for, where an index or the key tells.

use std::sync::Arc;

use super::filter::{Comparison, Operand, Test};
use crate::rows::{Row, RowKey, Tables};
use crate::schema::EntityType;

/// Rows among which are all that meet the filter, in key order; `None` means any row can.
pub(super) fn candidates<'a>(
    tables: &'a Tables,
    entity: &EntityType,
    test: &Test,
) -> Option<Vec<&'a Arc<Row>>> {
    match test {
        Test::Compare {
            left: Operand::Property(property),
            op: Comparison::Eq,
            right: Operand::Value(value),
        }
        | Test::Compare {
            left: Operand::Value(value),
            op: Comparison::Eq,
            right: Operand::Property(property),
        } => {
            let table = tables.table(entity);
            if property.key && entity.key.len() == 1 {
                return Some(table.get(&RowKey::new([value])).into_iter().collect());
            }
            table.find(property, value)
        }
        Test::And(all) => all
            .iter()
            .filter_map(|test| candidates(tables, entity, test))
            .min_by_key(Vec::len),
        Test::Or(any) => {
            let mut rows: Vec<&Arc<Row>> = Vec::new();
            for test in any {
                rows.extend(candidates(tables, entity, test)?);
            }
            rows.sort_unstable_by(|a, b| a.key().cmp(b.key()));
            rows.dedup_by(|a, b| Arc::ptr_eq(a, b));
            Some(rows)
        }
        _ => None,
    }
}
