//! The endpoints under `/api/v1`, one a file.

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::App;

mod activity;
mod coin_transactions;
mod denied;
mod me;
mod members;
mod sessions;
mod sync_runs;
mod talent;
mod team;
mod uploads;
mod views;
mod visibility;

pub use denied::Denied;
pub(super) use talent::{KEPT_TOKENS_PURPOSE, KeptTokens};

/// All of them, with their documentation.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(me::me))
        .routes(routes!(team::team))
        .routes(routes!(visibility::show::show, visibility::choose::choose))
        .routes(routes!(views::views))
        .routes(routes!(sessions::list::list, sessions::end_all::end_all))
        .routes(routes!(sessions::end_one::end_one))
        .routes(routes!(activity::activity))
        .routes(routes!(talent::worker::worker))
        .routes(routes!(talent::photo::photo))
        .routes(routes!(members::list::list))
        .routes(routes!(members::one::one))
        .routes(routes!(sessions::end_of_member::end_of_member))
        .routes(routes!(
            coin_transactions::list::list,
            coin_transactions::enter::enter
        ))
        .routes(routes!(uploads::list::list))
        .merge(uploads::post::route())
        .routes(routes!(uploads::remove::remove))
        .routes(routes!(uploads::thumbnail::thumbnail))
        .routes(routes!(uploads::content::content))
        .routes(routes!(sync_runs::list::list, sync_runs::start::start))
        .routes(routes!(sync_runs::one::one))
        .routes(routes!(sync_runs::changes::changes))
}
