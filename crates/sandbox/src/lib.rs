//! Microsoft's side on one machine, for demonstrations and tests: the Microsoft sign-in,
//! Talent's OData service and the Talent screens with the worker form and its embedded frame.
//!
//! The binary `talent-sandbox` serves it; a test starts it inside its own process:
//!
//! ```no_run
//! # async fn example() -> Result<(), talent_sandbox::StartError> {
//! let sandbox = talent_sandbox::start(talent_sandbox::Options::default()).await?;
//! println!("Talent is at {}/data", sandbox.url());
//! # Ok(()) }
//! ```

mod clock;
mod company;
mod control;
mod effective;
mod identity;
pub mod odata;
mod options;
mod people;
mod portrait;
pub mod rows;
mod running;
pub mod schema;
mod screens;
mod seed;
mod serve;
mod state;
mod traffic;

pub use clock::Clock;
pub use options::{CompanySource, Options};
pub use running::{Running, StartError, start};
pub use state::Sandbox;

/// The Entra tenant of the sandbox, unless [`Options::tenant`] names another.
pub const TENANT: &str = "11111111-1111-1111-1111-111111111111";
