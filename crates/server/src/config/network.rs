use std::time::Duration;

use super::{CoinRules, Entra, Guards, Talent, layers::Settings, span};

/// One customer's Eloops space: its tenant, its Talent, its rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Network {
    /// Name for people; the tenant id when nothing else is given.
    pub name: String,
    /// The app registration.
    pub entra: Entra,
    /// Talent.
    pub talent: Talent,
    /// Time between scheduled syncs; none when switched off.
    pub sync_every: Option<Duration>,
    /// Limits of one run.
    pub guards: Guards,
    /// Coins by rule.
    pub coins: CoinRules,
}

impl Network {
    pub(super) fn read(settings: &Settings, at: usize) -> Option<Self> {
        let entra = Entra::read(settings, at);
        let talent = Talent::read(settings, at);
        let sync_every = settings.read("sync_every", at, span::parse);
        let guards = Guards::read(settings, at);
        let coins = CoinRules::read(settings, at);
        let entra = entra?;
        Some(Self {
            name: settings
                .network_name(at)
                .unwrap_or_else(|| entra.tenant.clone()),
            entra,
            talent: talent?,
            sync_every: sync_every?,
            guards: guards?,
            coins: coins?,
        })
    }
}
