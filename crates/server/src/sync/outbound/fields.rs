use std::sync::Mutex;

use eloops_talent::{CustomField, FieldError, Refusal, TalentError, reads, resolve_worker_fields};

use crate::{
    store::networks,
    sync::run::{RunError, Tools},
};

/// For so long both fields are taken to be as they were; `$metadata` is large on a real environment.
const FRESH_MICROS: i64 = 30 * 60 * 1_000_000;

/// The two custom fields as `$metadata` named them, with the time of asking.
#[derive(Debug, Default)]
pub(in crate::sync) struct FieldCache(Mutex<Option<(i64, Vec<CustomField>)>>);

impl FieldCache {
    /// The coins field and the uploads field, and whether they come from memory.
    ///
    /// Notes in the database whether they are there at all, so that the card can say so.
    pub(super) async fn get(&self, tools: &Tools) -> Result<(Vec<CustomField>, bool), RunError> {
        let now = tools.clock.micros();
        if let Some((asked, fields)) = &*self.slot()
            && now - asked < FRESH_MICROS
        {
            return Ok((fields.clone(), true));
        }
        let found = resolve(tools).await?;
        let mut tx = tools.store.write().await?;
        networks::set_fields_mapped(&mut tx, &tools.network_id, found.is_ok()).await?;
        tx.commit().await?;
        let fields = found.map_err(|error| RunError::Told(error.to_string()))?;
        *self.slot() = Some((now, fields.clone()));
        Ok((fields, false))
    }

    pub(super) fn forget(&self) {
        *self.slot() = None;
    }

    fn slot(&self) -> std::sync::MutexGuard<'_, Option<(i64, Vec<CustomField>)>> {
        self.0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

async fn resolve(tools: &Tools) -> Result<Result<Vec<CustomField>, FieldError>, RunError> {
    let names = [
        tools.network.talent.coins_field.as_str(),
        &tools.network.talent.uploads_field,
    ];
    let request = reads::metadata(tools.talent.root());
    tools
        .talent
        .send(&request, |response| {
            if !response.is_success() {
                return Err(TalentError::from(Refusal::read(response)));
            }
            Ok(resolve_worker_fields(response.body.as_slice(), &names))
        })
        .await
        .map_err(|error| RunError::Read("$metadata", error))
}
