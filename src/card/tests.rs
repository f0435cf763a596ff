//! The card's whole life as events and effects.

use eloops_api::{
    Activity, Coins, Me, Member, MemberStatus, Page, Source, TalentFields, TalentState,
};
use eloops_api::{TalentWorker, TeamMember, Upload, UploadKind, UploadsSummary};

use super::*;
use crate::failure::{Failure, FailureKind};
use crate::pairing::Ticket;

mod posting;
pub(crate) mod privacy;
mod reading;
mod session;
mod signing_in;
mod stronger;
mod walking;

/// How long the sessions of the tests last, in milliseconds.
pub(crate) const HOUR: u32 = 3_600_000;

pub(crate) fn member(number: &str, name: &str) -> Member {
    Member {
        id: format!("m-{number}"),
        worker_number: number.into(),
        name: name.into(),
        email: None,
        status: MemberStatus::Active,
        department: Some("Production".into()),
        title: Some("Technician".into()),
        manager_id: None,
        joined_at: None,
    }
}

pub(crate) fn me(number: &str, is_manager: bool) -> Box<Me> {
    Box::new(Me {
        member: Some(member(number, "Guy Gilbert")),
        roles: Vec::new(),
        is_manager,
    })
}

pub(crate) fn worker(number: &str) -> Box<TalentWorker> {
    Box::new(TalentWorker {
        worker_number: number.into(),
        name: "Kevin Brown".into(),
        title: Some("Marketing Assistant".into()),
        department: Some("Marketing".into()),
        email: None,
        worker_status: "Employed".into(),
        worker_type: None,
        employment_start: None,
        employment_end: None,
        manager_name: None,
        manager_number: None,
        has_photo: true,
        source: Source::Talent,
        notice: None,
        as_of: "2026-11-22T08:00:00Z".into(),
    })
}

pub(crate) fn upload(id: &str, kind: UploadKind) -> Box<Upload> {
    Box::new(Upload {
        id: id.into(),
        kind,
        caption: String::new(),
        content_type: "image/png".into(),
        bytes: 1,
        width: None,
        height: None,
        coins: Some(10),
        created_at: "2026-11-21T08:00:00Z".into(),
    })
}

pub(crate) fn activity(number: &str, balance: i64, uploads: i64) -> Box<Activity> {
    Box::new(Activity {
        worker_number: number.into(),
        member_id: format!("m-{number}"),
        coins: Some(Coins {
            balance,
            earned_total: balance,
        }),
        uploads: UploadsSummary {
            total: uploads,
            recent: (0..uploads.min(12))
                .map(|i| *upload(&format!("u{i}"), UploadKind::Photo))
                .collect(),
        },
        trend: Vec::new(),
        last_activity_at: None,
        talent: TalentFields {
            coins: Some(balance),
            uploads: Some(uploads),
            written_at: None,
            state: TalentState::InSync,
        },
        as_of: "2026-11-22T08:00:00Z".into(),
    })
}

pub(crate) fn team_member(number: &str) -> TeamMember {
    TeamMember {
        member: member(number, "Mary Dempsey"),
        coins: None,
        uploads_total: 3,
        last_activity_at: None,
        line_broken: false,
    }
}

pub(crate) fn fail<T>(kind: FailureKind) -> Result<T, Failure> {
    Err(kind.into())
}

fn new_activity(activity: Box<Activity>) -> Fresh {
    Fresh::New(activity, Some("\"e1\"".into()))
}

pub(crate) fn ticket() -> Box<Ticket> {
    Box::new(Ticket {
        challenge: "c".repeat(43),
        code: "123 456".into(),
    })
}

/// A signed-in card with what a host asked for; nothing has been answered yet.
pub(crate) fn signed_in(asked: Option<&str>) -> Card {
    let (mut card, _) = Card::new(
        "https://eloops.example".into(),
        asked.map(Into::into),
        false,
    );
    card.update(Event::Prepared(Ok(ticket())));
    card.update(Event::Act(Act::SignIn));
    card.update(Event::Claimed(Ok(Some(HOUR))));
    card
}

/// The worker 7's card, seen by somebody else, both halves here.
pub(crate) fn seven() -> Card {
    let mut card = signed_in(Some("7"));
    card.update(Event::Me(Ok(me("1", false))));
    card.update(Event::Talent("7".into(), Ok(worker("7"))));
    card.update(Event::Activity(
        "7".into(),
        Ok(new_activity(activity("7", 120, 2))),
    ));
    card
}

/// The signed-in person's own card, both halves here.
pub(crate) fn own() -> Card {
    let mut card = signed_in(None);
    card.update(Event::Me(Ok(me("1", true))));
    card.update(Event::Talent("1".into(), Ok(worker("1"))));
    card.update(Event::Activity(
        "1".into(),
        Ok(new_activity(activity("1", 30, 3))),
    ));
    card
}
