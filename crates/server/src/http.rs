//! The web server: the API under `/api/v1`, sign-in under `/auth`, the frame, health and metrics.
//!
//! One endpoint a file: handler, errors and documentation together, listed in [`api`]. To add one, write the file
//! and add it to the list there; the OpenAPI document follows.

pub mod api;
mod app;
mod connections;
mod docs;
mod frame;
mod health;
mod measure;
pub mod plumbing;
mod router;
mod serve;
mod sign_in;

pub use app::{App, AppError, NetworkParts, Space};
pub use connections::{Limits, serve as serve_connections};
pub use router::router;
pub use serve::serve;
