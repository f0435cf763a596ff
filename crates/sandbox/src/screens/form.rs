//! `/workers/{number}`: one worker's record, with the Eloops card beside it.

mod custom;
mod employment;
mod general;
mod head;
mod position;
mod record;

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use maud::{Markup, html};

use self::record::Worker;
use super::{
    Screens, encoded,
    icon::{Icon, icon},
    missing,
    page::{Navigation, Page, command, commands},
};

/// The worker form; a page that says so when nobody has the number.
pub(super) async fn form(State(screens): State<Screens>, Path(number): Path<String>) -> Response {
    let found = screens.store.read(|tables| {
        let worker = Worker::read(tables, &number)?;
        Some((worker, Navigation::read(tables, None)))
    });
    let Some((worker, navigation)) = found else {
        return missing::worker(&screens, &number);
    };
    Page {
        title: &worker.name,
        navigation,
        search: "",
        commands: command_bar(&worker),
        content: content(&screens, &worker),
    }
    .draw(&screens)
    .into_response()
}

fn command_bar(worker: &Worker) -> Markup {
    let form = |number: &str| format!("/workers/{}", encoded(number));
    let number = encoded(&worker.number).to_string();
    commands(&html! {
        (command("All workers", "/", Icon::People))
        (command("Refresh", &form(&worker.number), Icon::Refresh))
        @if let Some(manager) = worker.manager() { (command("Manager", &form(manager), Icon::Manager)) }
        @if worker.reports > 0 {
            (command("Direct reports", &format!("/?reports_to={number}"), Icon::Team))
        }
        @if let Some(previous) = &worker.previous { (command("Previous", &form(previous), Icon::Back)) }
        @if let Some(next) = &worker.next { (command("Next", &form(next), Icon::Forward)) }
    })
}

fn content(screens: &Screens, worker: &Worker) -> Markup {
    html! {
        div.form {
            (head::head(worker))
            (eloops(screens, worker))
            div.tabs {
                (general::section(worker))
                (employment::section(worker))
                (position::section(worker))
                (custom::section(worker))
            }
        }
    }
}

/// The card in its frame: another site, as in Talent.
fn eloops(screens: &Screens, worker: &Worker) -> Markup {
    let card = format!(
        "{}/frame/?worker={}",
        screens.eloops,
        encoded(&worker.number)
    );
    html! {
        div.eloops {
            h2 #eloops { "Eloops" }
            iframe src=(card) title="Eloops" {}
        }
    }
}

/// A part of the form that folds; its values in short stand beside the heading.
fn tab(heading: &str, short: &str, content: &Markup) -> Markup {
    html! {
        details.tab open {
            summary {
                h2 { (heading) }
                span.short dir="auto" { (short) }
                (icon(Icon::Down))
            }
            (content)
        }
    }
}
