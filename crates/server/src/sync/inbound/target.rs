use std::borrow::Cow;

use aws_lc_rs::digest::{Context, SHA256};
use eloops_talent::{
    Worker, WorkerType,
    join::{Break, Line, Record, Span, Standing},
};

/// What Talent says a member should be: one worker's fields, as read.
#[derive(Debug, Clone)]
pub(super) struct Target<'f> {
    pub(super) worker: &'f Worker,
    pub(super) standing: Standing<'f>,
    pub(super) title: Option<&'f str>,
    pub(super) department: Option<&'f str>,
    pub(super) line: Line<'f>,
    worker_type: WorkerType,
}

impl<'f> From<Record<'f>> for Target<'f> {
    fn from(record: Record<'f>) -> Self {
        Self {
            worker: record.worker,
            standing: record.standing,
            title: record.title,
            department: record.department,
            line: record.line,
            worker_type: record.worker_type,
        }
    }
}

impl Target<'_> {
    /// The display name: Talent's, else both names put together.
    pub(super) fn name(&self) -> Cow<'_, str> {
        let name = self.worker.name.trim();
        if !name.is_empty() {
            return Cow::Borrowed(name);
        }
        let parts = [self.first_name(), self.last_name()];
        Cow::Owned(parts.into_iter().flatten().collect::<Vec<_>>().join(" "))
    }

    pub(super) fn first_name(&self) -> Option<&str> {
        self.worker.first_name.as_deref().map(str::trim)
    }

    pub(super) fn last_name(&self) -> Option<&str> {
        self.worker.last_name.as_deref().map(str::trim)
    }

    pub(super) fn email(&self) -> Option<&str> {
        self.worker.primary_contact_email.as_deref().map(str::trim)
    }

    pub(super) fn phone(&self) -> Option<&str> {
        self.worker.primary_contact_phone.as_deref().map(str::trim)
    }

    pub(super) fn party_number(&self) -> Option<&str> {
        self.worker.party_number.as_deref()
    }

    pub(super) fn object_id(&self) -> Option<String> {
        self.worker.object_id.map(|id| id.to_string())
    }

    pub(super) fn worker_type(&self) -> Option<&str> {
        Some(self.worker_type.as_str()).filter(|word| !word.is_empty())
    }

    pub(super) fn span(&self) -> Span {
        self.standing.span()
    }

    /// The first eight bytes of a SHA-256 over all of it: the same for the same worker on every day that
    /// changes nothing, and on every machine.
    pub(super) fn hash(&self) -> i64 {
        let mut context = Context::new(&SHA256);
        let mut part = |text: Option<&str>| {
            // The length keeps neighbours apart; no text is not the empty text.
            let length = text.map_or(u32::MAX, |text| {
                u32::try_from(text.len()).unwrap_or(u32::MAX)
            });
            context.update(&length.to_le_bytes());
            context.update(text.unwrap_or_default().as_bytes());
        };
        part(Some(&self.name()));
        part(self.first_name());
        part(self.last_name());
        part(self.email());
        part(self.phone());
        part(self.party_number());
        part(Some(self.worker.worker_status.as_str()));
        part(self.worker_type());
        part(self.title);
        part(self.department);
        part(self.line.manager());
        part(match self.line {
            Line::Broken(broken) => Some(word(broken)),
            Line::Top | Line::Manager { .. } => None,
        });
        let object_id = self.worker.object_id.map_or(0, |id| id.as_u128());
        context.update(&object_id.to_le_bytes());
        let Span { from, to } = self.span();
        for day in [from, to] {
            context.update(&day.map_or(i32::MIN, |day| day.days()).to_le_bytes());
        }
        let hash = context.finish();
        let mut first = [0; 8];
        first.copy_from_slice(&hash.as_ref()[..8]);
        i64::from_le_bytes(first)
    }
}

fn word(broken: Break) -> &'static str {
    match broken {
        Break::NoPosition => "no_position",
        Break::UnknownPosition => "unknown_position",
        Break::Vacant => "vacant",
        Break::Circle => "loop",
    }
}
