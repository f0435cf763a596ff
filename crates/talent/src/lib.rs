//! Talent's protocol without I/O: Microsoft Dynamics 365 Talent and its successor, Dynamics 365
//! Human Resources on finance and operations, which share one OData V4 surface.
//!
//! A request is built as data ([`Request`]), an answer is read as data ([`Response`]). Whoever has a
//! network sends them: the server with reqwest, a test with nothing at all.
//!
//! ```
//! # #[cfg(feature = "json")] {
//! use eloops_talent::{Kind, Pages, Response, Root, reads};
//!
//! let root = Root::new(Kind::FinanceOperations, "https://contoso.operations.dynamics.com")?;
//! let mut pages = Pages::new(&root, reads::workers());
//! while let Some(request) = pages.request() {
//!     assert_eq!(request.header("accept"), Some("application/json"));
//!     // Send `request.method`, `request.url`, `request.headers` with a bearer token for
//!     // `root.audience()`; here is what came back:
//!     let response = Response::new(200, r#"{"value":[{"PersonnelNumber":"000001",
//!         "Name":"Jodi Christiansen","WorkerStatus":"Employed"}]}"#);
//!     let page = pages.read(&response)?;
//!     assert_eq!(&*page.rows[0].name, "Jodi Christiansen");
//!     assert!(page.skipped.is_empty());
//! }
//! # }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! One bad row never costs the page: it comes back in [`Page::skipped`] with its key and the property
//! that could not be read, without the value.
//!
//! To read one more entity set: a row type under `rows` that implements [`Row`], and a function in
//! [`reads`] that names the set, the properties and the order.
//!
//! Features: `json` reads bytes with serde_json, `metadata` reads `$metadata` with quick-xml. Without
//! them the crate has what the card needs, and the row types still implement `Deserialize`.

pub mod batch;
mod enums;
mod error;
mod field;
mod filter;
mod guid;
#[cfg(feature = "json")]
mod image;
pub mod join;
pub mod literal;
#[cfg(feature = "metadata")]
mod metadata;
mod moment;
mod next_link;
#[cfg(feature = "json")]
mod page;
#[cfg(feature = "json")]
mod paging;
mod query;
pub mod reads;
mod root;
mod rows;
mod text;
mod trace;
mod wire;
mod write;

pub use enums::{EmploymentType, WorkerStatus, WorkerType};
pub use error::{ErrorBody, Refusal, RefusalKind, RetryAfter, TalentError};
pub use field::{CustomField, Edm, FieldValue, OutOfRange};
pub use filter::{Filter, FilterError};
pub use guid::Guid;
#[cfg(feature = "json")]
pub use image::read_image;
#[cfg(feature = "metadata")]
pub use metadata::{FieldError, resolve_worker_fields};
pub use moment::{Day, Moment};
pub use next_link::LinkError;
#[cfg(feature = "json")]
pub use page::{Page, Skipped, read_one};
#[cfg(feature = "json")]
pub use paging::Pages;
pub use query::Query;
pub use reads::Read;
pub use root::{Kind, Root, RootError};
pub use rows::{
    Department, Employment, FieldsShape, Plain, Position, Row, Shape, Title, Worker, WorkerFields,
};
pub use trace::Trace;
pub use wire::{Method, Request, Response};
pub use write::{Changes, patch_worker, read_written};
