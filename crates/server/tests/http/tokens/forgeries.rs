//! The list of forgeries, by what is wrong with them.

mod algorithms;
mod audience;
mod grants;
mod header;
mod issuer;
mod key_ids;
mod shape;
mod signature;
mod subject;
mod times;

use eloops_server::auth::token::Refusal;

use super::forger::{Forger, Forgery};

type Family = fn(&Forger, &mut List);

/// All of them; no two have the same name or the same text.
pub(crate) fn all(forger: &Forger) -> Vec<Forgery> {
    let families: [(&str, Family); 10] = [
        ("alg", algorithms::list),
        ("kid", key_ids::list),
        ("header", header::list),
        ("signature", signature::list),
        ("shape", shape::list),
        ("iss", issuer::list),
        ("aud", audience::list),
        ("time", times::list),
        ("subject", subject::list),
        ("grant", grants::list),
    ];
    let mut list = List::default();
    for (family, add) in families {
        list.family = family;
        add(forger, &mut list);
    }
    list.all
}

/// Collects forgeries of one family after the other.
#[derive(Default)]
struct List {
    family: &'static str,
    all: Vec<Forgery>,
}

impl List {
    fn add(&mut self, name: impl std::fmt::Display, token: String, rule: Refusal) {
        self.all.push(Forgery {
            name: format!("{}: {name}", self.family),
            token,
            rule,
        });
    }
}
