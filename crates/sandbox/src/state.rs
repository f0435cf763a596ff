//! What every handler shares.

use crate::{
    Clock, Options, effective::Effective, identity::Identity, people::People, rows::Store,
    traffic::Traffic,
};

/// The whole sandbox: its options, its time, and what it holds. Cheap to share by `Arc`.
#[derive(Debug)]
pub struct Sandbox {
    /// How it was started.
    pub options: Options,
    /// Scheme, host and port people reach it by, without a slash at the end. It is the root of
    /// the token issuers, the audience of Talent's tokens, and the start of every link.
    pub origin: String,
    /// Where Eloops runs, without a slash at the end.
    pub eloops: String,
    /// The time tests set.
    pub clock: Clock,
    /// Talent's tables.
    pub store: Store,
    /// Domain of the company's sign-in names.
    pub domain: String,
    pub(crate) people: People,
    pub(crate) identity: Identity,
    pub(crate) effective: Effective,
    pub(crate) traffic: Traffic,
}

impl Sandbox {
    /// Back to how it was started; only the signing keys stay.
    pub(crate) fn reset(&self) {
        self.store.reset();
        self.clock.reset();
        self.traffic.reset();
        self.identity.forget();
        self.effective.reset(&self.store, self.clock.now());
    }

    /// Lets what has become effective by now show in the rows.
    pub(crate) fn settle(&self) {
        self.effective.settle(&self.store, self.clock.now());
    }
}
