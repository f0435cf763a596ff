//! What a path asks for. OData 4.01 URL conventions §4, as far as Talent takes them.

use percent_encoding::percent_decode_str;

use super::error::Failure;
use super::lexer::{Token, tokens};
use crate::rows::{RowKey, Value, fits};
use crate::schema::EntityType;

/// What a path asks for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Resource {
    /// The service document.
    Service,
    /// `$metadata`.
    Metadata,
    /// `$batch`.
    Batch,
    /// `Workers`.
    Set(String),
    /// `Workers/$count`.
    Count(String),
    /// `Workers(PersonnelNumber='000001')`.
    Row { set: String, key: Key },
    /// `Workers('000001')/Name` or `Workers('000001')/Positions`.
    Member {
        set: String,
        key: Key,
        member: String,
    },
}

/// Key values with their names; the short form has one value without a name.
pub(super) type Key = Vec<(Option<String>, Value)>;

/// Reads the part of a path behind the service's root, still percent-encoded.
pub(super) fn parse(path: &str) -> Result<Resource, Failure> {
    let path = percent_decode_str(path)
        .decode_utf8()
        .map_err(|_| Failure::bad("The request URI is not valid UTF-8."))?;
    let path = path.trim_start_matches('/').trim_end_matches('/');
    match path {
        "" => return Ok(Resource::Service),
        "$metadata" => return Ok(Resource::Metadata),
        "$batch" => return Ok(Resource::Batch),
        _ => {}
    }
    let end = path.find(['(', '/']).unwrap_or(path.len());
    let (set, rest) = path.split_at(end);
    let set = set.to_owned();
    let words = tokens(rest)?;
    match words.as_slice() {
        [] => Ok(Resource::Set(set)),
        [Token::Slash, Token::Word(word)] if word == "$count" => Ok(Resource::Count(set)),
        [Token::Slash, Token::Word(word), ..] => Err(Failure::no_segment(word)),
        [Token::Open, inside @ .., Token::Close] => Ok(Resource::Row {
            set,
            key: key(inside, path)?,
        }),
        [
            Token::Open,
            inside @ ..,
            Token::Close,
            Token::Slash,
            Token::Word(member),
        ] => {
            let member = member.clone();
            Ok(Resource::Member {
                set,
                key: key(inside, path)?,
                member,
            })
        }
        _ => Err(bad_key(path)),
    }
}

fn key(words: &[Token], path: &str) -> Result<Key, Failure> {
    words
        .split(|word| *word == Token::Comma)
        .map(|part| match part {
            [Token::Literal(value)] => Ok((None, value.clone())),
            [Token::Word(name), Token::Equals, Token::Literal(value)] => {
                Ok((Some(name.clone()), value.clone()))
            }
            _ => Err(bad_key(path)),
        })
        .collect()
}

fn bad_key(path: &str) -> Failure {
    Failure::bad(format!(
        "Bad Request - Error in query syntax: the key in '{path}' is not valid."
    ))
}

/// The row key that these values stand for; every field of the entity key must be there.
pub(super) fn row_key(entity: &EntityType, key: &Key) -> Result<RowKey, Failure> {
    let mut values: Vec<&Value> = Vec::with_capacity(key.len());
    for property in entity.key_properties() {
        let found = match key.as_slice() {
            [(None, value)] if entity.key.len() == 1 => Some(value),
            named => named
                .iter()
                .find(|(name, _)| name.as_deref() == Some(&*property.name))
                .map(|(_, value)| value),
        };
        let value = found
            .filter(|value| fits(property.kind, value))
            .ok_or_else(|| {
                Failure::bad(format!(
                    "The key of '{}' needs a value for '{}' of the type '{}'.",
                    entity.set,
                    property.name,
                    property.kind.edm()
                ))
            })?;
        values.push(value);
    }
    if key.len() == entity.key.len() {
        Ok(RowKey::new(values))
    } else {
        Err(Failure::bad(format!(
            "The key of '{}' has {} fields.",
            entity.set,
            entity.key.len()
        )))
    }
}
