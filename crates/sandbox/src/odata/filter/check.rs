//! Whether two operands can be compared or calculated with.

use super::{Comparison, Math, Operand, Test, Wildcard};
use crate::odata::error::Failure;
use crate::rows::Value;
use crate::schema::Kind;

/// The type of an operand, as far as it matters.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Text,
    Number,
    Time,
    Guid,
    Null,
    Enum(&'static str),
    Binary,
}

fn class(operand: &Operand) -> Class {
    match operand {
        Operand::Property(property) => match property.kind {
            Kind::Text => Class::Text,
            Kind::Int32 | Kind::Int64 | Kind::Decimal => Class::Number,
            Kind::Guid => Class::Guid,
            Kind::Date | Kind::UtcDateTime | Kind::OpenEnd => Class::Time,
            Kind::Enum(of) => Class::Enum(of.name),
            Kind::Binary => Class::Binary,
        },
        Operand::Value(value) => match value {
            Value::Null => Class::Null,
            Value::Text(_) => Class::Text,
            Value::Int(_) | Value::Decimal(_) => Class::Number,
            Value::Time(_) => Class::Time,
            Value::Guid(_) => Class::Guid,
            // A member is resolved against its property, so it never stands alone here.
            Value::Member(_) | Value::Bytes(_) | Value::Drawn(_) => Class::Binary,
        },
        Operand::Math { .. } => Class::Number,
    }
}

fn name(operand: &Operand) -> String {
    match operand {
        Operand::Property(property) => property.kind.edm(),
        Operand::Value(Value::Null) => "<null>".into(),
        Operand::Value(Value::Text(_)) => "Edm.String".into(),
        Operand::Value(Value::Int(_)) => "Edm.Int32".into(),
        Operand::Value(Value::Time(_)) => "Edm.DateTimeOffset".into(),
        Operand::Value(Value::Guid(_)) => "Edm.Guid".into(),
        Operand::Value(Value::Decimal(_)) | Operand::Math { .. } => "Edm.Decimal".into(),
        Operand::Value(_) => "Edm.Binary".into(),
    }
}

fn incompatible(left: &str, right: &str, kind: &str) -> Failure {
    Failure::bad(format!(
        "A binary operator with incompatible types was detected. Found operand types '{left}' and '{right}' for operator kind '{kind}'."
    ))
}

/// A comparison of two operands.
pub(super) fn compare(left: Operand, op: Comparison, right: Operand) -> Result<Test, Failure> {
    let equality = matches!(op, Comparison::Eq | Comparison::Ne);
    let comparable = match (class(&left), class(&right)) {
        (Class::Binary, _) | (_, Class::Binary) => false,
        (Class::Null, _) | (_, Class::Null) => equality,
        (Class::Enum(_) | Class::Guid, _) if !equality => false,
        (left, right) => left == right,
    };
    if !comparable {
        return Err(incompatible(&name(&left), &name(&right), op.kind()));
    }
    if let (Operand::Property(property), Operand::Value(Value::Text(text))) = (&left, &right)
        && equality
        && let Some(wildcard) = Wildcard::new(text)
    {
        let negated = op == Comparison::Ne;
        return Ok(Test::Like {
            property: property.clone(),
            wildcard,
            negated,
        });
    }
    Ok(Test::Compare { left, op, right })
}

/// Comparison of an enum property with a member, `Namespace.Type'Member'`.
pub(super) fn member(
    operand: &Operand,
    op: Comparison,
    of: &str,
    member: &str,
) -> Result<Test, Failure> {
    let Operand::Property(property) = operand else {
        return Err(incompatible(&name(operand), of, op.kind()));
    };
    let known = match property.kind {
        Kind::Enum(known) if of == known.full_name() => known,
        _ => return Err(incompatible(&property.kind.edm(), of, op.kind())),
    };
    if !matches!(op, Comparison::Eq | Comparison::Ne) {
        return Err(Failure::bad(format!(
            "The operator kind '{}' is not supported for the enum type '{of}'; only 'eq' and 'ne' are.",
            op.kind()
        )));
    }
    let position = known.position(member).ok_or_else(|| {
        let message = format!("The string '{member}' is not a valid enumeration type constant.");
        Failure::bad(message)
    })?;
    let right = Operand::Value(Value::Member(position));
    Ok(Test::Compare {
        left: Operand::Property(property.clone()),
        op,
        right,
    })
}

/// A calculation with two numbers.
pub(super) fn math(left: Operand, op: Math, right: Operand) -> Result<Operand, Failure> {
    if class(&left) != Class::Number || class(&right) != Class::Number {
        return Err(incompatible(
            &name(&left),
            &name(&right),
            &format!("{op:?}"),
        ));
    }
    Ok(Operand::Math {
        left: Box::new(left),
        op,
        right: Box::new(right),
    })
}
