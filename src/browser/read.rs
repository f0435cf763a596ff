//! Reading the API's types from JavaScript values.
//!
//! By hand, member by member: a derived reader stops at the first member that does not fit and has to
//! clean up at every one of them, which made a third of the module. A [`Reader`] goes on with an empty
//! value instead, remembers that something did not fit, and refuses the whole in the end. What the card
//! does not show is not read.

use std::cell::Cell;

use eloops_api::{
    Activity, Coins, LookedAt, Me, Member, MemberStatus, Notice, Page, Source, TalentFields,
    TalentState, TalentWorker, TeamMember, Upload, UploadKind, UploadsSummary, View, ViewerAs,
    Visibility,
};
use js_sys::{Array, Number, Reflect};
use wasm_bindgen::JsValue;

/// Reads a value with one of the functions below; none when the JSON has another shape.
pub(super) fn whole<T>(json: &JsValue, read: fn(&Reader<'_>) -> T) -> Option<Box<T>> {
    let fits = Cell::new(json.is_object());
    let value = Box::new(read(&Reader {
        object: json,
        fits: &fits,
    }));
    fits.get().then_some(value)
}

/// An object whose members are taken by name.
pub(super) struct Reader<'a> {
    object: &'a JsValue,
    fits: &'a Cell<bool>,
}

impl Reader<'_> {
    fn get(&self, name: &str) -> JsValue {
        Reflect::get(self.object, &name.into()).unwrap_or(JsValue::UNDEFINED)
    }

    fn unfit(&self) {
        self.fits.set(false);
    }

    #[inline(never)]
    fn some_text(&self, name: &str) -> Option<String> {
        let value = self.get(name);
        let text = value.as_string();
        if text.is_none() && !absent(&value) {
            self.unfit();
        }
        text
    }

    #[inline(never)]
    fn text(&self, name: &str) -> String {
        self.some_text(name).unwrap_or_else(|| {
            self.unfit();
            String::new()
        })
    }

    #[inline(never)]
    fn some_number(&self, name: &str) -> Option<i64> {
        let value = self.get(name);
        let number = value
            .as_f64()
            .filter(|_| Number::is_safe_integer(&value))
            .map(|number| number as i64);
        if number.is_none() && !absent(&value) {
            self.unfit();
        }
        number
    }

    #[inline(never)]
    fn number(&self, name: &str) -> i64 {
        self.some_number(name).unwrap_or_else(|| {
            self.unfit();
            0
        })
    }

    #[inline(never)]
    fn flag(&self, name: &str) -> bool {
        self.get(name).as_bool().unwrap_or_else(|| {
            self.unfit();
            false
        })
    }

    /// One of several words, by its place among them.
    #[inline(never)]
    fn word(&self, name: &str, words: &[&str]) -> usize {
        let text = self.text(name);
        words
            .iter()
            .position(|word| *word == text)
            .unwrap_or_else(|| {
                self.unfit();
                0
            })
    }

    fn object<T>(&self, name: &str, read: fn(&Reader<'_>) -> T) -> T {
        let object = self.get(name);
        if !object.is_object() {
            self.unfit();
        }
        read(&Reader {
            object: &object,
            fits: self.fits,
        })
    }

    fn some_object<T>(&self, name: &str, read: fn(&Reader<'_>) -> T) -> Option<T> {
        (!absent(&self.get(name))).then(|| self.object(name, read))
    }

    fn list<T>(&self, name: &str, read: fn(&Reader<'_>) -> T) -> Vec<T> {
        let list = self.get(name);
        let mut items = Vec::new();
        if Array::is_array(&list) {
            for item in Array::from(&list).iter() {
                if !item.is_object() {
                    self.unfit();
                }
                items.push(read(&Reader {
                    object: &item,
                    fits: self.fits,
                }));
            }
        } else {
            self.unfit();
        }
        items
    }
}

fn absent(value: &JsValue) -> bool {
    value.is_undefined() || value.is_null()
}

pub(super) fn me(from: &Reader<'_>) -> Me {
    // Roles decide nothing here: the server does.
    Me {
        member: from.some_object("member", member),
        roles: Vec::new(),
        is_manager: from.flag("is_manager"),
    }
}

fn member(from: &Reader<'_>) -> Member {
    const STATUSES: [MemberStatus; 3] = [
        MemberStatus::Pending,
        MemberStatus::Active,
        MemberStatus::Inactive,
    ];
    Member {
        id: from.text("id"),
        worker_number: from.text("worker_number"),
        name: from.text("name"),
        email: None,
        status: STATUSES[from.word("status", &["pending", "active", "inactive"])],
        department: from.some_text("department"),
        title: from.some_text("title"),
        manager_id: None,
        joined_at: None,
    }
}

pub(super) fn worker(from: &Reader<'_>) -> TalentWorker {
    const SOURCES: [Source; 2] = [Source::Talent, Source::Synced];
    TalentWorker {
        worker_number: from.text("worker_number"),
        name: from.text("name"),
        title: from.some_text("title"),
        department: from.some_text("department"),
        email: None,
        worker_status: from.text("worker_status"),
        worker_type: None,
        employment_start: None,
        employment_end: None,
        manager_name: None,
        manager_number: None,
        has_photo: from.flag("has_photo"),
        source: SOURCES[from.word("source", &["talent", "synced"])],
        notice: from.some_object("notice", notice),
        as_of: from.text("as_of"),
    }
}

fn notice(from: &Reader<'_>) -> Notice {
    Notice {
        code: from.text("code"),
        detail: from.text("detail"),
        link: from.some_text("link"),
    }
}

fn coins(from: &Reader<'_>) -> Coins {
    Coins {
        balance: from.number("balance"),
        earned_total: from.number("earned_total"),
    }
}

pub(super) fn activity(from: &Reader<'_>) -> Activity {
    Activity {
        worker_number: from.text("worker_number"),
        member_id: String::new(),
        coins: from.some_object("coins", coins),
        uploads: from.object("uploads", |from| UploadsSummary {
            total: from.number("total"),
            recent: from.list("recent", upload),
        }),
        trend: Vec::new(),
        last_activity_at: from.some_text("last_activity_at"),
        talent: from.object("talent", talent_fields),
        as_of: from.text("as_of"),
    }
}

fn talent_fields(from: &Reader<'_>) -> TalentFields {
    const STATES: [TalentState; 4] = [
        TalentState::InSync,
        TalentState::Pending,
        TalentState::Drift,
        TalentState::Unmapped,
    ];
    TalentFields {
        coins: from.some_number("coins"),
        uploads: from.some_number("uploads"),
        written_at: from.some_text("written_at"),
        state: STATES[from.word("state", &["in_sync", "pending", "drift", "unmapped"])],
    }
}

pub(super) fn upload(from: &Reader<'_>) -> Upload {
    const KINDS: [UploadKind; 2] = [UploadKind::Photo, UploadKind::Video];
    Upload {
        id: from.text("id"),
        kind: KINDS[from.word("kind", &["photo", "video"])],
        caption: from.text("caption"),
        content_type: String::new(),
        bytes: 0,
        width: None,
        height: None,
        coins: from.some_number("coins"),
        created_at: from.text("created_at"),
    }
}

pub(super) fn team(from: &Reader<'_>) -> Page<TeamMember> {
    let row = |from: &Reader<'_>| TeamMember {
        member: from.object("member", member),
        coins: from.some_object("coins", coins),
        uploads_total: from.number("uploads_total"),
        last_activity_at: from.some_text("last_activity_at"),
        line_broken: from.flag("line_broken"),
    };
    Page {
        items: from.list("items", row),
        next_cursor: from.some_text("next_cursor"),
    }
}

pub(super) fn visibility(from: &Reader<'_>) -> Visibility {
    Visibility {
        balance_to_line: from.flag("balance_to_line"),
    }
}

pub(super) fn views(from: &Reader<'_>) -> Page<View> {
    const AS: [ViewerAs; 4] = [
        ViewerAs::Manager,
        ViewerAs::ManagerAbove,
        ViewerAs::Admin,
        ViewerAs::Application,
    ];
    const AT: [LookedAt; 2] = [LookedAt::Profile, LookedAt::Team];
    let row = |from: &Reader<'_>| View {
        id: from.text("id"),
        viewer_name: from.some_text("viewer_name"),
        viewer_number: None,
        viewer_as: AS[from.word(
            "viewer_as",
            &["manager", "manager_above", "admin", "application"],
        )],
        looked_at: AT[from.word("looked_at", &["profile", "team"])],
        first_at: String::new(),
        last_at: from.text("last_at"),
    };
    Page {
        items: from.list("items", row),
        next_cursor: from.some_text("next_cursor"),
    }
}
