//! `PersonImages` and `PersonUsers`: joined to a worker by party number.

use super::define::{Definition, Fields};
use super::{About, Kind};

pub(super) const IMAGES: Definition = Definition {
    set: "PersonImages",
    name: "PersonImage",
    ax: "HcmPersonImageEntity",
    view_of: None,
    key: &["PartyNumber"],
    required: &[],
    indexed: &[],
    related: &[],
    about: About::Party("PartyNumber"),
    fields: &[
        Fields::Plain(Kind::Text, "PartyNumber"),
        Fields::Plain(Kind::Binary, "Image"),
    ],
    navigations: &[],
};

pub(super) const USERS: Definition = Definition {
    set: "PersonUsers",
    name: "PersonUser",
    ax: "DirPersonUserEntity",
    view_of: None,
    key: &["UserId", "PartyNumber", "ValidFrom"],
    required: &[],
    indexed: &["PartyNumber"],
    related: &[],
    about: About::Party("PartyNumber"),
    fields: &[
        Fields::Plain(Kind::Text, "UserId PartyNumber"),
        Fields::Plain(Kind::UtcDateTime, "ValidFrom"),
        Fields::Plain(Kind::OpenEnd, "ValidTo"),
        Fields::Plain(
            Kind::Text,
            "PersonPrimaryEmail UserEmail PersonNameAlias PersonName",
        ),
    ],
    navigations: &[],
};
