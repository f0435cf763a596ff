//! Reads one worker with a user's token: the person, and, as far as the user may see them, position, department,
//! employment and the seat above.

use eloops_api::{Source, TalentWorker};
use eloops_talent::join::{Company, Feed, Line};
use eloops_talent::{
    Day, Department, Employment, FilterError, Pages, Position, Read, Shape, Worker, read_one, reads,
};

use crate::auth::secret::Secret;
use crate::http::App;
use crate::http::Space;
use crate::store::members;
use crate::talent_client::CallError;

/// The worker's own row, or why Talent did not give it.
pub(super) async fn worker(
    space: &Space,
    token: &Secret,
    number: &str,
) -> Result<Worker, CallError> {
    let request = reads::worker(space.talent.root(), number);
    space
        .talent
        .send_as(token.expose(), &request, read_one)
        .await
}

/// The whole record around a worker's row.
pub(super) async fn record(
    app: &App,
    space: &Space,
    token: &Secret,
    worker: Worker,
) -> TalentWorker {
    let number = &worker.personnel_number;
    let (mut positions, employments) = tokio::join!(
        rows(space, token, reads::positions_of(number)),
        rows::<_, Employment>(space, token, reads::employments_of(number)),
    );
    let own: Vec<Position> = positions.clone();
    let mut departments = Vec::new();
    for seat in &own {
        if let Some(department) = &seat.department_number {
            let request = reads::department(space.talent.root(), department);
            departments.extend(one::<Department>(space, token, &request).await);
        }
        if let Some(above) = &seat.reports_to_position_id {
            let request = reads::position(space.talent.root(), above);
            positions.extend(one::<Position>(space, token, &request).await);
        }
    }
    let workers = [worker];
    let feed = Feed {
        workers: &workers,
        positions: &positions,
        employments: &employments,
        departments: &departments,
        titles: &[],
    };
    let today = Day::from_unix_seconds(app.clock().now().as_second());
    let company = Company::new(feed, today);
    let [worker] = &workers;
    let found = company.record(worker);
    let span = found.standing.span();
    let manager_number = match found.line {
        Line::Manager { number, .. } => Some(number.to_owned()),
        _ => None,
    };
    TalentWorker {
        worker_number: worker.personnel_number.to_string(),
        name: worker.name.to_string(),
        title: found.title.map(ToOwned::to_owned),
        department: found.department.map(ToOwned::to_owned),
        email: worker
            .primary_contact_email
            .as_deref()
            .map(ToOwned::to_owned),
        worker_status: worker.worker_status.as_str().to_owned(),
        worker_type: Some(found.worker_type.as_str().to_owned()),
        employment_start: span.from.map(|day| day.to_string()),
        employment_end: span.to.map(|day| day.to_string()),
        manager_name: name_of(app, space, manager_number.as_deref()).await,
        manager_number,
        has_photo: worker.party_number.is_some(),
        source: Source::Talent,
        notice: None,
        as_of: app.clock().now().to_string(),
    }
}

/// The manager's name: a user may not read the manager's own row, but everybody knows whom they report to.
async fn name_of(app: &App, space: &Space, number: Option<&str>) -> Option<String> {
    let mut conn = app.store().read().await.ok()?;
    let manager = members::by_number(&mut conn, &space.id, number?)
        .await
        .ok()?;
    manager.map(|manager| manager.name)
}

/// All rows of a read; what Talent keeps from the user is missing, with a note in the log.
async fn rows<S, R>(space: &Space, token: &Secret, read: Result<Read<S>, FilterError>) -> Vec<R>
where
    S: Shape<Row = R>,
{
    let Ok(read) = read else { return Vec::new() };
    let set = read.set();
    let mut pages = Pages::new(space.talent.root(), read);
    let mut all = Vec::new();
    while let Some(request) = pages.request() {
        match space
            .talent
            .send_as(token.expose(), &request, |answer| pages.read(answer))
            .await
        {
            Ok(page) => all.extend(page.rows),
            Err(error) => {
                tracing::info!(set, %error, "Talent did not give the user this set");
                break;
            }
        }
    }
    all
}

async fn one<R: eloops_talent::Row>(
    space: &Space,
    token: &Secret,
    request: &eloops_talent::Request,
) -> Option<R> {
    match space
        .talent
        .send_as(token.expose(), request, read_one)
        .await
    {
        Ok(row) => Some(row),
        Err(error) => {
            tracing::info!(set = R::SET, %error, "Talent did not give the user this row");
            None
        }
    }
}
