//! `$filter`: what is asked of a row. OData 4.01 §5.1.1, with Talent's limits (Microsoft Learn,
//! odata: no `in`, no `has`; wildcard equality; enum members only with `eq` and `ne`).

mod check;
mod eval;
mod math;
mod parse;
mod wildcard;

use crate::rows::Value;
use crate::schema::Property;

pub(super) use eval::{Seen, order};
pub(super) use parse::parse;
pub(super) use wildcard::Wildcard;

/// A condition on a row.
#[derive(Clone, Debug)]
pub(super) enum Test {
    /// All of them.
    And(Vec<Test>),
    /// Any of them.
    Or(Vec<Test>),
    Not(Box<Test>),
    Compare {
        left: Operand,
        op: Comparison,
        right: Operand,
    },
    /// `Name eq '*ann*'`.
    Like {
        property: Property,
        wildcard: Wildcard,
        negated: bool,
    },
    /// `true` or `false`.
    Fixed(bool),
}

/// Something with a value.
#[derive(Clone, Debug)]
pub(super) enum Operand {
    Property(Property),
    Value(Value),
    Math {
        left: Box<Operand>,
        op: Math,
        right: Box<Operand>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    Eq,
    Ne,
    Gt,
    Ge,
    Lt,
    Le,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Math {
    Add,
    Sub,
    Mul,
    /// Whole numbers give a whole number.
    Div,
    /// Always a decimal.
    DivBy,
    Mod,
}

impl Comparison {
    pub(super) fn named(word: &str) -> Option<Self> {
        Some(match word {
            "eq" => Self::Eq,
            "ne" => Self::Ne,
            "gt" => Self::Gt,
            "ge" => Self::Ge,
            "lt" => Self::Lt,
            "le" => Self::Le,
            _ => return None,
        })
    }

    /// The name in ODataLib's messages.
    pub(super) fn kind(self) -> &'static str {
        match self {
            Self::Eq => "Equal",
            Self::Ne => "NotEqual",
            Self::Gt => "GreaterThan",
            Self::Ge => "GreaterThanOrEqual",
            Self::Lt => "LessThan",
            Self::Le => "LessThanOrEqual",
        }
    }
}

#[cfg(test)]
mod tests;
