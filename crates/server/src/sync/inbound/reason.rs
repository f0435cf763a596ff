use eloops_api::Action;
use eloops_talent::join::{Line, Standing};

use super::target::Target;

/// What an administrator should know beside the fields.
pub(super) fn reason(target: &Target<'_>, action: Action) -> Option<String> {
    let mut notes: Vec<&str> = Vec::new();
    match (action, target.standing) {
        (Action::Deactivate, _) if target.worker.worker_status.as_str() == "Terminated" => {
            notes.push("terminated in Talent");
        }
        (Action::Deactivate, _) => notes.push("the employment has ended"),
        (Action::Reactivate, Standing::Pending(_)) => {
            notes.push("rehired; the employment begins later")
        }
        (Action::Reactivate, _) => notes.push("rehired; balance and history are kept"),
        (Action::Create, Standing::Pending(_)) => notes.push("the employment begins later"),
        _ => {}
    }
    if action != Action::Deactivate
        && let Line::Broken(broken) = target.line
    {
        notes.push(broken.as_str());
    }
    if action != Action::Create && target.email().is_none() && target.phone().is_none() {
        notes.push("Talent has no e-mail or phone any more; the last ones are kept");
    }
    (!notes.is_empty()).then(|| notes.join("; "))
}
