use eloops_api::{Action, Directions, MemberStatus, Outcome, RunState};
use talent_sandbox::Options;

use crate::support::{
    member,
    world::{World, adventure_works},
};

on_both! {
    /// The demo company: everybody becomes a member under their manager, and the second run finds nothing.
    async fn adventure_works_becomes_members(db) {
        let company = Options { company: adventure_works(), page_size: 100, ..Options::default() };
        let world = World::with(db, company).await;

        let dry = world.ask(Directions::In, true, None).await;
        let planned = world.changes(&dry).await;
        assert_eq!((dry.state, dry.counts.create), (RunState::Done, 290));
        assert_eq!(world.db.number("SELECT COUNT(*) FROM members").await, 0, "a dry run does nothing");
        assert!(planned.iter().all(|change| change.outcome == Outcome::Planned));

        let real = world.run(Directions::In).await;
        assert_eq!((real.state, real.counts), (RunState::Done, dry.counts));
        let mut applied = world.changes(&real).await;
        assert!(applied.iter().all(|change| change.outcome == Outcome::Applied));
        for change in &mut applied {
            change.outcome = Outcome::Planned;
        }
        assert_eq!(applied, planned, "a dry run and a real one list the same changes");

        let guy = member::find(&world.db, "000001").await;
        let manager = member::find(&world.db, "000018").await;
        assert_eq!(guy.name, "Guy R Gilbert");
        assert_eq!(guy.title.as_deref(), Some("Production Technician - WC60"));
        assert_eq!(guy.department.as_deref(), Some("Production"));
        assert_eq!(guy.status, MemberStatus::Active);
        assert_eq!(guy.manager_id, Some(manager.id));
        assert!(guy.object_id.is_some());
        let tops = "SELECT COUNT(*) FROM members WHERE manager_id IS NULL";
        assert_eq!(world.db.number(tops).await, 1, "one person reports to nobody");
        assert_eq!(world.db.number("SELECT COUNT(line_problem) FROM members").await, 0);

        let again = world.run(Directions::In).await;
        assert_eq!(again.state, RunState::Done);
        assert_eq!(world.changes(&again).await, [], "nothing has changed");
    }

    /// A company made up with every difficulty: whoever is left out is told why, and a second run agrees.
    async fn a_difficult_company_is_synced_with_reasons(db) {
        let company = Options { company: "400".parse().unwrap(), page_size: 90, ..Options::default() };
        let world = World::with(db, company).await;
        let changes = world.sync_in().await;
        let (skips, creates): (Vec<_>, Vec<_>) =
            changes.iter().partition(|change| change.action == Action::Skip);
        assert!(!skips.is_empty() && creates.len() > 300, "{} skips", skips.len());
        for skip in &skips {
            assert!(skip.reason.as_deref().is_some_and(|reason| !reason.is_empty()), "{skip:?}");
            assert_eq!(skip.outcome, Outcome::Skipped);
        }
        assert!(creates.iter().all(|change| change.action == Action::Create));
        let again = world.sync_in().await;
        let skips: Vec<_> = skips.into_iter().cloned().collect();
        assert_eq!(again, skips, "only what was left out is listed again");
    }
}
