//! `limit` and `cursor` of every list.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use serde::Deserialize;
use utoipa::IntoParams;

use super::extract::Params;
use super::problem::ApiError;
use crate::store::page::{MAX_LIMIT, PageRequest};

/// Which page is wanted.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Paging {
    /// Items a page holds; 50 by default.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

impl<S: Send + Sync> FromRequestParts<S> for Paging {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let Params(paging) = Params::<Self>::from_request_parts(parts, state).await?;
        match paging.limit {
            Some(limit) if !(1..=MAX_LIMIT).contains(&limit) => Err(ApiError::invalid_parameter(
                "limit",
                "has to be between 1 and 200",
            )),
            _ => Ok(paging),
        }
    }
}

impl From<Paging> for PageRequest {
    fn from(paging: Paging) -> Self {
        Self {
            limit: paging.limit,
            cursor: paging.cursor,
        }
    }
}
