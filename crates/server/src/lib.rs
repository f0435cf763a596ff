//! The Eloops server: members, coins and uploads; sign-in with Microsoft; sync with Talent.
//!
//! Domain logic ([`ledger`], the plans in [`sync`]) takes and returns values. Only the edges touch the network
//! ([`talent_client`], [`transport`], [`http_client`]), the clock ([`clock`]) and the database ([`store`]).

pub mod auth;
pub mod cli;
pub mod clock;
pub mod config;
pub mod destination;
pub mod http;
pub mod http_client;
pub mod ids;
pub mod ledger;
pub mod logging;
pub mod media;
pub mod store;
pub mod sync;
pub mod talent_client;
pub mod transport;
