//! Talent's OData service through its router.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test's helpers stop the test with what they expected"
)]

#[path = "odata/access.rs"]
mod access;
#[path = "odata/batch.rs"]
mod batch;
#[path = "odata/client.rs"]
mod client;
#[path = "odata/custom_fields.rs"]
mod custom_fields;
#[path = "odata/metadata.rs"]
mod metadata;
#[path = "odata/paging.rs"]
mod paging;
#[path = "odata/query.rs"]
mod query;
#[path = "odata/store.rs"]
mod store;
#[path = "odata/support.rs"]
mod support;
#[path = "odata/write.rs"]
mod write;
