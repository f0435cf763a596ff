//! `GET|POST /sandbox/custom-fields`.

use std::sync::Arc;

use axum::{Json, body::Bytes, extract::State};
use serde::Deserialize;
use serde_json::{Value, json};

use super::body::{Refused, read};
use crate::{
    Sandbox,
    schema::{CustomFieldError, CustomFieldType},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    name: String,
    #[serde(rename = "type")]
    field_type: Option<String>,
    #[serde(default)]
    label: String,
    #[serde(default)]
    enabled: bool,
}

/// Creates a field of the worker table; for one that exists, `enabled` is set: *Apply changes*.
pub(super) async fn create(
    State(sandbox): State<Arc<Sandbox>>,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let example = json!({ "name": "EloopsCoins", "type": "Number", "label": "Eloops coins", "enabled": true });
    let refuse = |error: String| Refused::new(error, example.clone());
    let body: Body = read(&body, example.clone())?;
    let schema = sandbox.store.schema();
    let known = schema
        .custom_fields()
        .iter()
        .find(|field| field.name.eq_ignore_ascii_case(&body.name));
    let given = body.field_type.as_deref().map(|name| {
        CustomFieldType::named(name).ok_or_else(|| {
            let names: Vec<_> = CustomFieldType::ALL.iter().map(|(name, _)| *name).collect();
            refuse(format!(
                "'{name}' is no type of custom field; the types are {}",
                names.join(", ")
            ))
        })
    });
    let field_type = given.transpose()?;
    match known {
        Some(field) if field_type.is_none_or(|given| given == field.field_type) => {
            sandbox.store.enable_custom_field(&body.name, body.enabled)
        }
        Some(_) => Err(CustomFieldError::Exists(body.name.clone())),
        None => {
            let field_type = field_type.ok_or_else(|| refuse("type is missing".to_owned()))?;
            sandbox
                .store
                .create_custom_field(&body.name, field_type, &body.label, body.enabled)
        }
    }
    .map_err(|error| refuse(error.to_string()))?;
    Ok(list(State(sandbox)).await)
}

/// All custom fields of the worker table.
pub(super) async fn list(State(sandbox): State<Arc<Sandbox>>) -> Json<Value> {
    let schema = sandbox.store.schema();
    let fields = schema.custom_fields().iter().map(|field| {
        json!({ "name": field.name, "type": field.field_type.name(), "label": field.label,
            "enabled": field.enabled, "property": &*field.property })
    });
    Json(fields.collect())
}
