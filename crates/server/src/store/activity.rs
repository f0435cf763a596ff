//! What the card shows of one member, besides the coins and Talent's fields: the trend and the last activity.

use std::collections::HashMap;

use eloops_api::TrendWeek;
use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};

use super::{Conn, Result, words::timestamp};

/// Weeks in a trend.
pub const TREND_WEEKS: i64 = 12;

const WEEK_MICROS: i64 = 7 * 24 * 3600 * 1_000_000;
/// 1970-01-05, the first Monday that the clock knows.
const FIRST_MONDAY_MICROS: i64 = 4 * 24 * 3600 * 1_000_000;

/// The last twelve weeks, oldest first. Coins are those earned in the week that still stand: an
/// upload that was removed counts nowhere.
///
/// # Errors
/// When the database fails.
pub async fn trend(conn: &mut Conn, member_id: &str, now: Timestamp) -> Result<Vec<TrendWeek>> {
    let this_week = week_of(now.as_microsecond());
    let first_week = this_week - (TREND_WEEKS - 1);
    let since = first_week * WEEK_MICROS + FIRST_MONDAY_MICROS;
    let coins = weeks(
        conn,
        "SELECT (t.created_at - $3) / $4, CAST(SUM(t.amount) AS BIGINT)
         FROM coin_transactions t LEFT JOIN uploads u ON u.id = t.upload_id
         WHERE t.member_id = $1 AND t.created_at >= $2
           AND (t.kind = 'award' OR (t.kind = 'upload' AND u.state = 'visible'))
         GROUP BY 1",
        member_id,
        since,
    )
    .await?;
    let uploads = weeks(
        conn,
        "SELECT (created_at - $3) / $4, COUNT(*) FROM uploads
         WHERE member_id = $1 AND created_at >= $2 AND state = 'visible' GROUP BY 1",
        member_id,
        since,
    )
    .await?;
    Ok((first_week..=this_week)
        .map(|week| TrendWeek {
            week: monday(week).to_string(),
            coins: Some(coins.get(&week).copied().unwrap_or(0)),
            uploads: uploads.get(&week).copied().unwrap_or(0),
        })
        .collect())
}

/// When coins were last earned or something was last uploaded.
///
/// # Errors
/// When the database fails.
pub async fn last_activity_at(
    conn: &mut Conn,
    member_id: &str,
) -> Result<Option<eloops_api::Timestamp>> {
    let (last,): (Option<i64>,) = sqlx::query_as(
        "SELECT MAX(at) FROM (
            SELECT MAX(created_at) AS at FROM coin_transactions
            WHERE member_id = $1 AND kind IN ('award', 'upload')
            UNION ALL
            SELECT MAX(created_at) FROM uploads WHERE member_id = $1) AS times",
    )
    .bind(member_id)
    .fetch_one(conn)
    .await?;
    Ok(last.map(timestamp))
}

/// When something was last uploaded: the last activity for whoever may not know when coins were earned.
///
/// # Errors
/// When the database fails.
pub async fn last_upload_at(
    conn: &mut Conn,
    member_id: &str,
) -> Result<Option<eloops_api::Timestamp>> {
    let (last,): (Option<i64>,) =
        sqlx::query_as("SELECT MAX(created_at) FROM uploads WHERE member_id = $1")
            .bind(member_id)
            .fetch_one(conn)
            .await?;
    Ok(last.map(timestamp))
}

async fn weeks(
    conn: &mut Conn,
    sql: &'static str,
    member_id: &str,
    since: i64,
) -> Result<HashMap<i64, i64>> {
    let rows: Vec<(i64, i64)> = sqlx::query_as(sql)
        .bind(member_id)
        .bind(since)
        .bind(FIRST_MONDAY_MICROS)
        .bind(WEEK_MICROS)
        .fetch_all(conn)
        .await?;
    Ok(rows.into_iter().collect())
}

fn week_of(micros: i64) -> i64 {
    (micros - FIRST_MONDAY_MICROS).div_euclid(WEEK_MICROS)
}

fn monday(week: i64) -> Date {
    Timestamp::from_microsecond(week * WEEK_MICROS + FIRST_MONDAY_MICROS)
        .map(|at| at.to_zoned(TimeZone::UTC).date())
        .unwrap_or(Date::MIN)
}

/// Monday of the week that holds `date`, as the trend names weeks.
#[must_use]
pub fn week_start(date: Date) -> Date {
    let days = i64::from(date.weekday().to_monday_zero_offset());
    date.checked_sub(days.days()).unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn weeks_begin_on_mondays(seconds in 0_i64..8_000_000_000) {
            let at = Timestamp::from_second(seconds).unwrap();
            let date = at.to_zoned(TimeZone::UTC).date();
            prop_assert_eq!(monday(week_of(at.as_microsecond())), week_start(date));
        }
    }
}
