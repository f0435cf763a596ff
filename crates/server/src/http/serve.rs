use std::future::Future;
use std::time::Duration;

use futures_util::future::join_all;
use tokio::net::TcpListener;

use super::connections::{self, Limits};
use super::{App, router};
use crate::auth::visits::WRITE_EVERY;
use crate::store::{idempotency, pairings, sessions, views};

/// Time between clean-ups of what has ended.
const CLEAN_EVERY: Duration = Duration::from_secs(600);
/// How long a pairing is remembered after its end, in microseconds: the panel still asks for it.
const REMEMBER_PAIRINGS: i64 = 60 * 1_000_000;
/// How long an `Idempotency-Key` is remembered, in microseconds.
const REMEMBER_KEYS: i64 = 48 * 3600 * 1_000_000;

/// Serves until `stop` is done, then lets open requests end.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    app: App,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let address = listener.local_addr()?;
    tracing::info!(
        address = %address,
        public = app.public_origin(),
        frame = app.frame_dir().map(|dir| dir.display().to_string()),
        networks = app.spaces().len(),
        "serving: API at /api/v1, its documentation at /api/docs, the frame at /frame/"
    );
    if app.frame_dir().is_none() {
        tracing::warn!("the frame is not built; run `npm run build` or set ELOOPS_FRAME_DIR");
    }
    let keys = tokio::spawn(refresh_keys(app.clone()));
    let cleaning = tokio::spawn(clean_up(app.clone()));
    let visits = tokio::spawn(settle_visits(app.clone()));
    let limits = Limits::default();
    let router = router(app.clone(), limits.body);
    connections::serve(router, listener, limits, stop).await;
    keys.abort();
    cleaning.abort();
    visits.abort();
    let now = app.clock().now();
    if let Err(error) = app.visits().settle(app.store(), now, true).await {
        tracing::warn!(%error, "the ends of visits under way could not be written");
    }
    Ok(())
}

/// Reads every network's keys at start and hourly.
async fn refresh_keys(app: App) {
    let networks = app.spaces().iter();
    join_all(networks.map(|space| space.keys.keep_fresh(&**app.clock()))).await;
}

/// Writes down where visits to members stand.
async fn settle_visits(app: App) {
    let every = Duration::from_micros(WRITE_EVERY.unsigned_abs());
    loop {
        app.clock().sleep(every).await;
        let now = app.clock().now();
        if let Err(error) = app.visits().settle(app.store(), now, false).await {
            tracing::warn!(%error, "visits could not be written down; next try in five minutes");
        }
    }
}

/// Forgets pairings, sessions, idempotency keys and visits that have ended.
async fn clean_up(app: App) {
    loop {
        app.clock().sleep(CLEAN_EVERY).await;
        if let Err(error) = clean(&app).await {
            tracing::warn!(%error, "what has ended could not be cleaned up; next try in ten minutes");
        }
    }
}

async fn clean(app: &App) -> crate::store::Result<()> {
    let now = app.clock().micros();
    let mut tx = app.store().write().await?;
    let pairings = pairings::prune(&mut tx, now - REMEMBER_PAIRINGS).await?;
    let sessions = sessions::prune(&mut tx, now).await?;
    let views = views::prune(&mut tx, now - views::KEPT).await?;
    let mut keys = 0;
    for space in app.spaces() {
        keys += idempotency::prune(&mut tx, &space.id, now - REMEMBER_KEYS).await?;
    }
    tx.commit().await?;
    tracing::debug!(pairings, sessions, views, keys, "cleaned up");
    Ok(())
}
