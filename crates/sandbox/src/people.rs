//! The directory: who can sign in. Every worker with a sign-in name, and one administrator.

use std::collections::HashSet;

use uuid::Uuid;

use crate::{
    company::identifiers,
    rows::{Record, RowKey, Store, Tables, Value},
};

/// The app role of Eloops' administrators.
pub(crate) const ADMIN_ROLE: &str = "Eloops.Admin";

/// Somebody with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Person {
    /// Object id of the account.
    pub(crate) oid: Uuid,
    /// Name as the directory shows it: first and last name.
    pub(crate) name: String,
    /// User principal name.
    pub(crate) sign_in_name: String,
    pub(crate) title: String,
    /// Personnel number; the administrator has none.
    pub(crate) number: Option<String>,
    /// There is a picture of this worker.
    pub(crate) has_portrait: bool,
    /// App roles.
    pub(crate) roles: Vec<&'static str>,
}

/// The accounts, read from Talent's workers.
#[derive(Debug, Clone)]
pub(crate) struct People {
    store: Store,
    administrator: Person,
}

impl People {
    pub(crate) fn new(store: Store, domain: &str) -> Self {
        let sign_in_name = format!("admin@{domain}");
        let administrator = Person {
            oid: identifiers::object_id(&sign_in_name),
            name: "Eloops Administrator".to_owned(),
            sign_in_name,
            title: "Holds the role Eloops.Admin".to_owned(),
            number: None,
            has_portrait: false,
            roles: vec![ADMIN_ROLE],
        };
        Self {
            store,
            administrator,
        }
    }

    /// The one who holds `Eloops.Admin`.
    pub(crate) fn administrator(&self) -> &Person {
        &self.administrator
    }

    /// By object id.
    pub(crate) fn by_oid(&self, oid: Uuid) -> Option<Person> {
        if oid == self.administrator.oid {
            return Some(self.administrator.clone());
        }
        self.first("ObjectId", &Value::Guid(oid))
    }

    /// By sign-in name, without regard to case.
    pub(crate) fn by_sign_in_name(&self, name: &str) -> Option<Person> {
        let name = name.trim().to_lowercase();
        if name == self.administrator.sign_in_name {
            return Some(self.administrator.clone());
        }
        self.first("IdentityEmail", &Value::from(name))
    }

    /// By personnel number.
    pub(crate) fn by_number(&self, number: &str) -> Option<Person> {
        self.store
            .read(|tables| person(tables, tables.get("Workers", &RowKey::of(&[number]))?))
    }

    /// Those whose name, number or sign-in name holds every word of `query`, the administrator
    /// first; at most `limit`. The second value says whether there are more.
    pub(crate) fn search(&self, query: &str, limit: usize) -> (Vec<Person>, bool) {
        let words: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
        let matches = |person: &Person| {
            let number = person.number.as_deref().unwrap_or_default();
            let text = format!("{} {} {number}", person.name, person.sign_in_name).to_lowercase();
            words.iter().all(|word| text.contains(word.as_str()))
        };
        let mut found: Vec<Person> = self.store.read(|tables| {
            std::iter::once(self.administrator.clone())
                .chain(
                    tables
                        .records("Workers")
                        .filter_map(|worker| person(tables, worker)),
                )
                .filter(matches)
                .take(limit + 1)
                .collect()
        });
        let more = found.len() > limit;
        found.truncate(limit);
        (found, more)
    }

    /// The personnel numbers of the worker and of everybody below, down the lines of positions.
    pub(crate) fn line_of(&self, number: &str) -> HashSet<String> {
        self.store.read(|tables| line_of(tables, number))
    }

    fn first(&self, property: &str, value: &Value) -> Option<Person> {
        self.store.read(|tables| {
            let found = tables.find("Workers", property, value);
            found.into_iter().find_map(|worker| person(tables, worker))
        })
    }
}

/// The account of a worker; none without a sign-in name.
fn person(tables: &Tables, worker: Record<'_>) -> Option<Person> {
    let sign_in_name = worker.text("IdentityEmail");
    let Some(Value::Guid(oid)) = worker.value("ObjectId") else {
        return None;
    };
    if sign_in_name.is_empty() || oid.is_nil() {
        return None;
    }
    let parts = [worker.text("FirstName"), worker.text("LastName")];
    Some(Person {
        oid,
        name: parts
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" "),
        sign_in_name: sign_in_name.to_owned(),
        title: worker.text("TitleId").to_owned(),
        number: Some(worker.text("PersonnelNumber").to_owned()),
        has_portrait: has_portrait(tables, worker),
        roles: vec![],
    })
}

/// There is a picture of the worker in Talent.
pub(crate) fn has_portrait(tables: &Tables, worker: Record<'_>) -> bool {
    tables
        .get("PersonImages", &RowKey::of(&[worker.text("PartyNumber")]))
        .is_some()
}

fn line_of(tables: &Tables, number: &str) -> HashSet<String> {
    let own = tables.find("Positions", "WorkerPersonnelNumber", &Value::from(number));
    let mut open: Vec<String> = own
        .iter()
        .map(|p| p.text("PositionId").to_owned())
        .collect();
    let mut seen: HashSet<String> = open.iter().cloned().collect();
    let mut numbers = HashSet::from([number.to_owned()]);
    // Vacant positions and circles are both possible: every position is visited once.
    while let Some(position) = open.pop() {
        for below in tables.find("Positions", "ReportsToPositionId", &Value::from(position)) {
            let id = below.text("PositionId").to_owned();
            if seen.insert(id.clone()) {
                let holder = below.text("WorkerPersonnelNumber");
                if !holder.is_empty() {
                    numbers.insert(holder.to_owned());
                }
                open.push(id);
            }
        }
    }
    numbers
}

#[cfg(test)]
mod tests;
