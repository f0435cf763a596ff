//! What Talent's custom fields show for a member, and what Eloops last wrote there.

use eloops_api::{TalentFields, TalentState};
use sqlx::FromRow;

use super::{Conn, Result, words::timestamp};

/// Talent's side of one member. Times are microseconds since 1970.
#[derive(Debug, Clone, Default, PartialEq, Eq, FromRow)]
pub struct Link {
    /// The coins field when last read or written; none while Talent's field is empty.
    pub talent_coins: Option<i64>,
    /// The uploads field, likewise.
    pub talent_uploads: Option<i64>,
    /// What Eloops last wrote into the coins field.
    pub last_written_coins: Option<i64>,
    /// What Eloops last wrote into the uploads field.
    pub last_written_uploads: Option<i64>,
    /// When it last wrote.
    pub written_at: Option<i64>,
}

/// The link of one member; none before the first outbound run, and while the network's custom fields
/// cannot be found in Talent.
///
/// # Errors
/// When the database fails.
pub async fn of(conn: &mut Conn, member_id: &str) -> Result<Option<Link>> {
    let sql =
        "SELECT l.talent_coins, l.talent_uploads, l.last_written_coins, l.last_written_uploads,
                      l.written_at
               FROM worker_links l JOIN networks n ON n.id = l.network_id
               WHERE l.member_id = $1 AND n.fields_mapped = 1";
    Ok(sqlx::query_as(sql)
        .bind(member_id)
        .fetch_optional(conn)
        .await?)
}

/// What the API says about Talent's fields, beside Eloops' own values.
#[must_use]
pub fn talent_fields(link: Option<&Link>, coins: i64, uploads: i64) -> TalentFields {
    let Some(link) = link else {
        return TalentFields {
            coins: None,
            uploads: None,
            written_at: None,
            state: TalentState::Unmapped,
        };
    };
    let states = [
        field_state(link.talent_coins, link.last_written_coins, coins),
        field_state(link.talent_uploads, link.last_written_uploads, uploads),
    ];
    let state = if states.contains(&TalentState::Drift) {
        TalentState::Drift
    } else if states.contains(&TalentState::Pending) {
        TalentState::Pending
    } else {
        TalentState::InSync
    };
    TalentFields {
        coins: link.talent_coins,
        uploads: link.talent_uploads,
        written_at: link.written_at.map(timestamp),
        state,
    }
}

/// The same for whoever may not see the balance: the uploads field alone. When Eloops last wrote is left out, since
/// a new balance moves it too.
#[must_use]
pub fn uploads_field(link: Option<&Link>, uploads: i64) -> TalentFields {
    TalentFields {
        coins: None,
        uploads: link.and_then(|link| link.talent_uploads),
        written_at: None,
        state: link.map_or(TalentState::Unmapped, |link| {
            field_state(link.talent_uploads, link.last_written_uploads, uploads)
        }),
    }
}

/// One field: Talent's value against what Eloops wrote and what it has now.
///
/// A field never written that shows nothing or 0 is how Talent makes it, so nobody has meddled.
#[must_use]
pub fn field_state(talent: Option<i64>, written: Option<i64>, wanted: i64) -> TalentState {
    if talent == Some(wanted) {
        return TalentState::InSync;
    }
    if talent.unwrap_or(0) == written.unwrap_or(0) {
        TalentState::Pending
    } else {
        TalentState::Drift
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_in_sync_pending_or_drifted() {
        use TalentState::{Drift, InSync, Pending};
        for (talent, written, wanted, state) in [
            (Some(5), Some(5), 5, InSync),
            (Some(5), Some(3), 5, InSync),
            (Some(5), Some(5), 8, Pending),
            (None, None, 0, Pending),
            (Some(0), None, 8, Pending),
            (Some(7), None, 8, Drift),
            (Some(9), Some(5), 5, Drift),
            (None, Some(5), 5, Drift),
        ] {
            assert_eq!(
                field_state(talent, written, wanted),
                state,
                "Talent {talent:?}, written {written:?}, wanted {wanted}"
            );
        }
    }

    #[test]
    fn the_worse_of_both_fields_counts() {
        let link = Link {
            talent_coins: Some(5),
            talent_uploads: Some(9),
            last_written_coins: Some(5),
            last_written_uploads: Some(1),
            written_at: Some(0),
        };
        assert_eq!(talent_fields(Some(&link), 6, 1).state, TalentState::Drift);
        assert_eq!(talent_fields(Some(&link), 6, 9).state, TalentState::Pending);
        assert_eq!(talent_fields(None, 6, 9).state, TalentState::Unmapped);
    }

    #[test]
    fn without_the_balance_nothing_of_the_coins_shows() {
        let mut link = Link {
            talent_coins: Some(5),
            talent_uploads: Some(2),
            last_written_coins: Some(4),
            last_written_uploads: Some(2),
            written_at: Some(7),
        };
        let shown = uploads_field(Some(&link), 2);
        assert_eq!((shown.uploads, shown.state), (Some(2), TalentState::InSync));
        assert_eq!((shown.coins, &shown.written_at), (None, &None));
        link.talent_coins = Some(6);
        link.written_at = Some(8);
        assert_eq!(uploads_field(Some(&link), 2), shown, "coins change nothing");
        assert_eq!(uploads_field(None, 2).state, TalentState::Unmapped);
    }
}
