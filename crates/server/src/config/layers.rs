use std::{cell::RefCell, collections::BTreeMap, fmt, path::PathBuf};

use super::{
    error::Problem,
    file::{self, File},
    keys::{self, KEYS, Key, Scope},
};

/// Where settings come from, before they are put together.
#[derive(Debug, Clone, Default)]
pub struct Layers {
    /// Flags by the setting's name.
    pub flags: BTreeMap<String, String>,
    /// The environment's variables, all of them.
    pub variables: BTreeMap<String, String>,
    /// The file, when one was named; else `eloops.toml` if it is there.
    pub file: Option<PathBuf>,
}

/// Where a value was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    Flag(&'static Key),
    Variable(&'static Key),
    File(&'static Key, PathBuf, Option<usize>),
    Default(&'static Key),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(key) => write!(f, "--{}", key.flag()),
            Self::Variable(key) | Self::Default(key) => f.write_str(&key.variable()),
            Self::File(key, path, None) => write!(f, "{} in {}", key.name, path.display()),
            Self::File(key, path, Some(at)) => {
                write!(
                    f,
                    "{} in {}, [[network]] number {}",
                    key.name,
                    path.display(),
                    at + 1
                )
            }
        }
    }
}

/// A value and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) value: String,
    pub(super) place: Place,
}

/// All layers, asked setting by setting; collects what is wrong.
#[derive(Debug)]
pub(super) struct Settings {
    layers: Layers,
    file: File,
    pub(super) problems: RefCell<Vec<Problem>>,
}

impl Settings {
    pub(super) fn new(layers: Layers) -> Self {
        let mut problems = Vec::new();
        let file = file::read(layers.file.as_deref(), &mut problems);
        let settings = Self {
            layers,
            file,
            problems: RefCell::new(problems),
        };
        settings.check_variables();
        settings.check_networks();
        settings
    }

    /// How many networks there are: one, unless the file holds several.
    pub(super) fn networks(&self) -> usize {
        self.file.networks.len().max(1)
    }

    /// The name in the file's `[[network]]` number `at`.
    pub(super) fn network_name(&self, at: usize) -> Option<String> {
        self.file.networks.get(at)?.get("name").cloned()
    }

    /// The value that counts, for a server's setting or for the network number `at`.
    pub(super) fn find(&self, name: &str, at: usize) -> Option<Found> {
        let key = keys::find(name)?;
        if let Some(value) = self.layers.flags.get(name) {
            return Some(Found {
                value: value.clone(),
                place: Place::Flag(key),
            });
        }
        if let Some(value) = self
            .layers
            .variables
            .get(&key.variable())
            .filter(|v| !v.is_empty())
        {
            return Some(Found {
                value: value.clone(),
                place: Place::Variable(key),
            });
        }
        let own = self
            .file
            .networks
            .get(at)
            .filter(|_| key.scope == Scope::Network);
        if let Some(value) = own.and_then(|table| table.get(name)) {
            let place = Place::File(key, self.file.path.clone(), Some(at));
            return Some(Found {
                value: value.clone(),
                place,
            });
        }
        if let Some(value) = self.file.top.get(name) {
            let place = Place::File(key, self.file.path.clone(), None);
            return Some(Found {
                value: value.clone(),
                place,
            });
        }
        key.default.map(|value| Found {
            value: value.to_owned(),
            place: Place::Default(key),
        })
    }

    /// Reads a setting; notes the problem and gives nothing when it is missing or wrong.
    pub(super) fn read<T>(
        &self,
        name: &str,
        at: usize,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let Some(found) = self.find(name, at) else {
            let message = keys::find(name).map_or("unknown", |key| key.help);
            self.note(self.place(name, at), format!("is not set: {message}"));
            return None;
        };
        match parse(&found.value) {
            Ok(value) => Some(value),
            Err(message) => {
                self.note(found.place.to_string(), message);
                None
            }
        }
    }

    /// Other programs' variables whose names begin so, and that are set.
    pub(super) fn variables<'s>(
        &'s self,
        start: &'s str,
    ) -> impl Iterator<Item = (&'s str, &'s str)> {
        let set = self.layers.variables.iter();
        set.filter(move |(name, value)| name.starts_with(start) && !value.is_empty())
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Where a missing setting would be looked for first.
    pub(super) fn place(&self, name: &str, at: usize) -> String {
        match keys::find(name) {
            Some(key) if self.networks() > 1 && key.scope == Scope::Network => {
                Place::File(key, self.file.path.clone(), Some(at)).to_string()
            }
            Some(key) => key.variable(),
            None => name.to_owned(),
        }
    }

    pub(super) fn note(&self, place: String, message: impl Into<String>) {
        let problem = Problem {
            place,
            message: message.into(),
        };
        let mut problems = self.problems.borrow_mut();
        // A setting of all networks is wrong once, not once for each.
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }

    /// A mistyped variable would be ignored silently.
    fn check_variables(&self) {
        let known: Vec<String> = KEYS.iter().map(Key::variable).collect();
        for name in self
            .layers
            .variables
            .keys()
            .filter(|name| name.starts_with("ELOOPS_"))
        {
            let ours = name == "ELOOPS_CONFIG";
            if ours || name.starts_with("ELOOPS_TEST_") || known.contains(name) {
                continue;
            }
            // Only a near miss is refused: other programs may have settings of their own.
            if let Some(meant) = keys::nearest(name, known.iter().map(String::as_str)) {
                self.note(name.clone(), format!("is no setting; {meant} is meant?"));
            }
        }
    }

    /// With several networks, a flag or variable would set the same tenant for all of them.
    fn check_networks(&self) {
        if self.file.networks.len() < 2 {
            return;
        }
        for key in KEYS.iter().filter(|key| key.scope == Scope::Network) {
            let place = if self.layers.flags.contains_key(key.name) {
                Place::Flag(key)
            } else if self
                .layers
                .variables
                .get(&key.variable())
                .is_some_and(|v| !v.is_empty())
            {
                Place::Variable(key)
            } else {
                continue;
            };
            self.note(
                place.to_string(),
                format!(
                    "speaks of one network, and {} holds {}; set {} in each [[network]] instead",
                    self.file.path.display(),
                    self.file.networks.len(),
                    key.name
                ),
            );
        }
    }
}
