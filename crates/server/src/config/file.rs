use std::{
    collections::BTreeMap,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use toml::{Table, Value};

use super::{
    error::Problem,
    keys::{self, KEYS, Scope},
};

const DEFAULT_FILE: &str = "eloops.toml";
/// The one key of a `[[network]]` that is no setting elsewhere.
const NETWORK_NAME: &str = "name";

/// `eloops.toml` as texts by name.
#[derive(Debug, Default)]
pub(super) struct File {
    pub(super) path: PathBuf,
    pub(super) top: BTreeMap<String, String>,
    pub(super) networks: Vec<BTreeMap<String, String>>,
}

/// Reads the file; one that was not named need not be there.
pub(super) fn read(named: Option<&Path>, problems: &mut Vec<Problem>) -> File {
    let path = named.unwrap_or(Path::new(DEFAULT_FILE)).to_path_buf();
    let mut problem = |message: String| {
        problems.push(Problem {
            place: path.display().to_string(),
            message,
        });
    };
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound && named.is_none() => {
            return File {
                path,
                ..File::default()
            };
        }
        Err(error) => {
            problem(format!("cannot be read ({error})"));
            return File {
                path,
                ..File::default()
            };
        }
    };
    let table: Table = match text.parse() {
        Ok(table) => table,
        Err(error) => {
            problem(format!("is not valid TOML: {error}"));
            return File {
                path,
                ..File::default()
            };
        }
    };
    let mut file = File {
        path: path.clone(),
        ..File::default()
    };
    for (name, value) in table {
        match (name.as_str(), value) {
            ("network", Value::Array(tables)) => {
                for (at, table) in tables.into_iter().enumerate() {
                    let place = format!("{}, [[network]] number {}", path.display(), at + 1);
                    match table {
                        Value::Table(table) => file.networks.push(network(table, &place, problems)),
                        _ => problems.push(Problem {
                            place,
                            message: "has to be a table: write [[network]]".to_owned(),
                        }),
                    }
                }
            }
            ("network", _) => problems.push(Problem {
                place: path.display().to_string(),
                message: "[network] holds one network; write [[network]], once for each".to_owned(),
            }),
            (name, value) => {
                let known = KEYS.iter().map(|key| key.name).chain(["network"]);
                insert(
                    &mut file.top,
                    name,
                    value,
                    known,
                    &path.display().to_string(),
                    problems,
                );
            }
        }
    }
    file
}

fn network(table: Table, place: &str, problems: &mut Vec<Problem>) -> BTreeMap<String, String> {
    let mut values = BTreeMap::new();
    for (name, value) in table {
        if keys::find(&name).is_some_and(|key| key.scope == Scope::Server) {
            problems.push(Problem {
                place: format!("{name} in {place}"),
                message: "belongs to the server; move it above the first [[network]]".to_owned(),
            });
            continue;
        }
        let known = KEYS
            .iter()
            .filter(|key| key.scope == Scope::Network)
            .map(|key| key.name)
            .chain([NETWORK_NAME]);
        insert(&mut values, &name, value, known, place, problems);
    }
    values
}

fn insert<'k>(
    values: &mut BTreeMap<String, String>,
    name: &str,
    value: Value,
    known: impl Iterator<Item = &'k str> + Clone,
    place: &str,
    problems: &mut Vec<Problem>,
) {
    let place = format!("{name} in {place}");
    if !known.clone().any(|key| key == name) {
        let message = match keys::nearest(name, known) {
            Some(meant) => format!("is no setting; {meant} is meant?"),
            None => "is no setting; eloops --help lists them".to_owned(),
        };
        problems.push(Problem { place, message });
        return;
    }
    match text(value) {
        Some(text) => {
            values.insert(name.to_owned(), text);
        }
        None => problems.push(Problem {
            place,
            message: "has to be a text, a number, or a list of texts".to_owned(),
        }),
    }
}

fn text(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Integer(number) => Some(number.to_string()),
        Value::Array(items) => {
            let texts: Option<Vec<String>> = items.into_iter().map(text).collect();
            texts.map(|texts| texts.join(","))
        }
        _ => None,
    }
}
