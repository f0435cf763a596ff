//! Calculating in a filter. OData 4.01 §5.1.1.2.

use super::Math;
use super::eval::Seen;
use crate::odata::error::Failure;

/// Two whole numbers give a whole number, except with `divby`; else a decimal.
pub(super) fn calculate(
    left: Seen<'_>,
    op: Math,
    right: Seen<'_>,
) -> Result<Seen<'static>, Failure> {
    let (Some(left_decimal), Some(right_decimal)) = (decimal(left), decimal(right)) else {
        return Err(Failure::bad("Only numbers can be calculated with."));
    };
    if matches!(op, Math::Div | Math::DivBy | Math::Mod) && right_decimal == 0.0 {
        return Err(Failure::bad("Divide by zero error encountered."));
    }
    if let (Seen::Int(left), Seen::Int(right), false) = (left, right, op == Math::DivBy) {
        let result = match op {
            Math::Add => left.checked_add(right),
            Math::Sub => left.checked_sub(right),
            Math::Mul => left.checked_mul(right),
            Math::Div | Math::DivBy => left.checked_div(right),
            Math::Mod => left.checked_rem(right),
        };
        return result.map(Seen::Int).ok_or_else(overflow);
    }
    let result = match op {
        Math::Add => left_decimal + right_decimal,
        Math::Sub => left_decimal - right_decimal,
        Math::Mul => left_decimal * right_decimal,
        Math::Div | Math::DivBy => left_decimal / right_decimal,
        Math::Mod => left_decimal % right_decimal,
    };
    if result.is_finite() {
        Ok(Seen::Decimal(result))
    } else {
        Err(overflow())
    }
}

fn decimal(value: Seen<'_>) -> Option<f64> {
    match value {
        Seen::Int(number) => Some(number as f64),
        Seen::Decimal(number) => Some(number),
        _ => None,
    }
}

fn overflow() -> Failure {
    Failure::bad("Arithmetic overflow error for data type numeric.")
}
