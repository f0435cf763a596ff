//! What Talent's custom fields show, and how that stands to Eloops' numbers.

use super::parts::Say;
use eloops_api::{TalentFields, TalentState};

use super::icon;
use crate::node::{Element, element};
use crate::text::{Text, Words};

pub(super) fn view(fields: &TalentFields, words: Words<'_>) -> Element {
    let (name, icon, state, why) = match fields.state {
        TalentState::InSync => ("in_sync", icon::check(), Text::InSync, None),
        TalentState::Pending => (
            "pending",
            icon::clock(),
            Text::Pending,
            Some(Text::PendingWhy),
        ),
        TalentState::Drift => ("drift", icon::differs(), Text::Drift, Some(Text::DriftWhy)),
        TalentState::Unmapped => (
            "unmapped",
            icon::info(),
            Text::Unmapped,
            Some(Text::UnmappedWhy),
        ),
    };
    let written = fields
        .written_at
        .as_deref()
        .map(|time| words.fill(Text::Written, &words.format.ago(time)));
    let place = element("section", "talent")
        .with("data-testid", "talent")
        .with("data-talent", name)
        .child(
            element("h3", "")
                .say(words, Text::TalentLine)
                .child(element("span", "badge").child(icon).say(words, state)),
        );
    let sentence = |place: Element, text: Option<&str>| {
        place.child_some(text.map(|text| element("p", "").text(text)))
    };
    let place = sentence(place, shown(fields, words).as_deref());
    let place = sentence(place, why.map(|why| words.say(why)));
    sentence(place, written.as_deref())
}

fn shown(fields: &TalentFields, words: Words<'_>) -> Option<String> {
    let coins = fields
        .coins
        .map(|coins| words.count(Text::CountCoins, coins));
    let uploads = fields
        .uploads
        .map(|uploads| words.count(Text::CountUploads, uploads));
    match (coins, uploads) {
        (Some(coins), Some(uploads)) => Some(words.fill_two(Text::TalentShows, &coins, &uploads)),
        (Some(one), None) | (None, Some(one)) => Some(words.fill(Text::TalentShowsOne, &one)),
        (None, None) => None,
    }
}
