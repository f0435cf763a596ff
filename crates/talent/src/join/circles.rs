use std::collections::{HashMap, HashSet};

/// The workers whose reporting lines run in a circle: each stands above themselves. Given every
/// worker's number with the manager's; people below a circle, but not in it, are not named.
pub fn circles<'n>(managers: &HashMap<&'n str, &'n str>) -> HashSet<&'n str> {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        OnThisWay(u32),
        Done,
    }
    let mut marks: HashMap<&str, Mark> = HashMap::with_capacity(managers.len());
    let mut found = HashSet::new();
    for (way, start) in (0u32..).zip(managers.keys()) {
        let mut at = *start;
        let mut path = Vec::new();
        while !marks.contains_key(at) {
            marks.insert(at, Mark::OnThisWay(way));
            path.push(at);
            match managers.get(at) {
                Some(manager) => at = manager,
                None => break,
            }
        }
        if marks.get(at) == Some(&Mark::OnThisWay(way)) && managers.contains_key(at) {
            // Back on the way we came: from here round to here again.
            found.extend(path.iter().skip_while(|member| **member != at));
        }
        for member in path {
            marks.insert(member, Mark::Done);
        }
    }
    found
}
