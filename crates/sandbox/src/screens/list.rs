//! `/`: the workers, searched, filtered, sorted, fifty at a time.

mod query;
mod search;
mod view;

use axum::{
    extract::{Query, State},
    response::{IntoResponse, Response},
};

use self::query::ListQuery;
use super::{
    Screens,
    page::{Navigation, Page},
};

/// The worker list. What is asked for and does not exist gives an empty list that says so; a
/// page past the last one is the last one.
pub(super) async fn list(
    State(screens): State<Screens>,
    Query(query): Query<ListQuery>,
) -> Response {
    let found = search::search(&screens.store, &query);
    let (title, navigation) = screens.store.read(|tables| {
        (
            query.title(tables),
            Navigation::read(tables, query.in_navigation()),
        )
    });
    Page {
        title: &title,
        navigation,
        search: query.words(),
        commands: view::commands(&query),
        content: view::content(&title, &query, &found),
    }
    .draw(&screens)
    .into_response()
}
