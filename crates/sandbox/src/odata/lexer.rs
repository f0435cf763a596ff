//! The words of `$filter` and of keys. OData 4.01 ABNF, as far as Talent takes it.

use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use super::error::Failure;
use crate::rows::Value;

/// One word.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Open,
    Close,
    Comma,
    Slash,
    Equals,
    Minus,
    /// A name or an operator.
    Word(String),
    /// A literal that is no enum member.
    Literal(Value),
    /// `Namespace.Type'Member'`.
    Member {
        of: String,
        member: String,
    },
}

/// Splits a text into words.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, Failure> {
    let mut rest = text;
    let mut tokens = Vec::new();
    while let Some(first) = rest.chars().next() {
        let single = match first {
            '(' => Some(Token::Open),
            ')' => Some(Token::Close),
            ',' => Some(Token::Comma),
            '/' => Some(Token::Slash),
            '=' => Some(Token::Equals),
            _ => None,
        };
        if let Some(token) = single {
            tokens.push(token);
            rest = &rest[1..];
        } else if first == ' ' || first == '\t' {
            rest = &rest[1..];
        } else if first == '\'' {
            let (value, after) = quoted(rest, text)?;
            tokens.push(Token::Literal(Value::from(value)));
            rest = after;
        } else {
            let (token, after) = word(rest, text)?;
            tokens.push(token);
            rest = after;
        }
    }
    Ok(tokens)
}

/// A text in single quotes; a quote inside is doubled.
fn quoted<'a>(rest: &'a str, text: &str) -> Result<(String, &'a str), Failure> {
    let mut value = String::new();
    let mut characters = rest.char_indices().skip(1).peekable();
    while let Some((at, character)) = characters.next() {
        if character != '\'' {
            value.push(character);
        } else if characters.next_if(|(_, next)| *next == '\'').is_some() {
            value.push('\'');
        } else {
            return Ok((value, &rest[at + 1..]));
        }
    }
    Err(Failure::bad(format!(
        "There is an unterminated string literal in '{text}'."
    )))
}

/// A name, an operator, or a literal without quotes.
fn word<'a>(rest: &'a str, text: &str) -> Result<(Token, &'a str), Failure> {
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | ':' | '-' | '+' | '$');
    let end = rest.find(|c| !inside(c)).unwrap_or(rest.len());
    let (word, after) = rest.split_at(end);
    if let Some(token) = literal(word) {
        return Ok((token, after));
    }
    if word.starts_with('-') {
        return Ok((Token::Minus, &rest[1..]));
    }
    let mut characters = word.chars();
    let name = characters
        .next()
        .is_some_and(|c| c.is_alphabetic() || c == '_' || c == '$')
        && characters.all(|c| c.is_alphanumeric() || matches!(c, '_' | '.'));
    if !name {
        let shown = rest.chars().next().unwrap_or(' ');
        let at = text.len() - rest.len();
        let message =
            format!("Syntax error: character '{shown}' is not valid at position {at} in '{text}'.");
        return Err(Failure::bad(message));
    }
    if after.starts_with('\'') && word.contains('.') {
        let (member, after) = quoted(after, text)?;
        return Ok((
            Token::Member {
                of: word.to_owned(),
                member,
            },
            after,
        ));
    }
    Ok((Token::Word(word.to_owned()), after))
}

fn literal(word: &str) -> Option<Token> {
    let digit = |c: char| c.is_ascii_digit();
    let numeric = word.strip_prefix('-').unwrap_or(word).starts_with(digit);
    let value = if let (36, Ok(guid)) = (word.len(), Uuid::try_parse(word)) {
        Value::Guid(guid)
    } else if !numeric {
        return None;
    } else if let Ok(number) = word.parse::<i64>() {
        Value::Int(number)
    } else if let Ok(moment) = word.parse::<Timestamp>() {
        Value::from(moment)
    } else if let (10, Ok(day)) = (word.len(), word.parse::<Date>()) {
        Value::midnight(day)
    } else {
        Value::Decimal(
            word.parse::<f64>()
                .ok()
                .filter(|number| number.is_finite())?,
        )
    };
    Some(Token::Literal(value))
}
