//! Finding the workers of one page of the list.

use std::{collections::BTreeSet, sync::Arc};

use super::query::{Column, ListQuery};
use crate::{
    rows::{Record, Row, Store, Tables},
    screens::line,
};

/// Rows on one page.
pub(super) const PAGE: usize = 50;

/// One page of what was found.
pub(super) struct Found {
    pub(super) total: usize,
    /// The page that is shown, from 1.
    pub(super) page: usize,
    pub(super) pages: usize,
    pub(super) workers: Vec<Worker>,
}

/// A row of the list.
pub(super) struct Worker {
    pub(super) number: String,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) title: String,
    pub(super) department: String,
    pub(super) kind: &'static str,
    pub(super) status: &'static str,
}

/// Reads the page that `query` asks for.
pub(super) fn search(store: &Store, query: &ListQuery) -> Found {
    // All rows are looked through outside the lock: a large company takes a while.
    let (schema, rows, only) = store.read(|tables| {
        let rows = tables.records("Workers").map(|worker| worker.row.clone());
        (
            tables.schema().clone(),
            rows.collect::<Vec<_>>(),
            only(tables, query),
        )
    });
    let Some(entity) = schema.set("Workers") else {
        return Found {
            total: 0,
            page: 1,
            pages: 1,
            workers: vec![],
        };
    };
    let words: Vec<String> = query.words().split_whitespace().map(folded).collect();
    let mut found: Vec<Arc<Row>> = rows
        .into_iter()
        .filter(|row| matches(&Record { entity, row }, query, only.as_ref(), &words))
        .collect();
    let (column, backwards) = query.order();
    if column == Column::Name {
        found.sort_by_cached_key(|row| folded(&line::name(&Record { entity, row })));
    }
    if backwards {
        found.reverse();
    }
    let pages = found.len().div_ceil(PAGE).max(1);
    let page = query.page().min(pages);
    let shown = found.iter().skip((page - 1) * PAGE).take(PAGE);
    let workers = store.read(|tables| {
        shown
            .map(|row| worker(tables, &Record { entity, row }))
            .collect()
    });
    Found {
        total: found.len(),
        page,
        pages,
        workers,
    }
}

/// The personnel numbers a department or a manager leaves; all without one.
fn only(tables: &Tables, query: &ListQuery) -> Option<BTreeSet<String>> {
    let department = Some(&query.department).filter(|number| !number.is_empty());
    let manager = Some(&query.reports_to).filter(|number| !number.is_empty());
    let members = department.map(|number| line::members(tables, number));
    let reports = manager.map(|number| line::direct_reports(tables, number));
    match (members, reports) {
        (Some(members), Some(reports)) => Some(&members & &reports),
        (either, other) => either.or(other),
    }
}

fn matches(
    worker: &Record<'_>,
    query: &ListQuery,
    only: Option<&BTreeSet<String>>,
    words: &[String],
) -> bool {
    let number = worker.text("PersonnelNumber");
    if only.is_some_and(|only| !only.contains(number))
        || !(query.status.is_empty() || worker.member("WorkerStatus") == query.status)
        || !(query.kind.is_empty() || worker.member("WorkerType") == query.kind)
    {
        return false;
    }
    if words.is_empty() {
        return true;
    }
    let told = ["TitleId", "PrimaryContactEmail", "IdentityEmail"].map(|name| worker.text(name));
    let text = folded(&format!(
        "{} {number} {}",
        line::name(worker),
        told.join(" ")
    ));
    words.iter().all(|word| text.contains(word.as_str()))
}

fn worker(tables: &Tables, worker: &Record<'_>) -> Worker {
    let number = worker.text("PersonnelNumber");
    let positions = line::positions(tables, number);
    let department = positions
        .first()
        .map_or("", |primary| primary.text("DepartmentNumber"));
    Worker {
        number: number.to_owned(),
        name: line::name(worker),
        email: worker.text("PrimaryContactEmail").to_owned(),
        title: worker.text("TitleId").to_owned(),
        department: line::department(tables, department).to_owned(),
        kind: worker.member("WorkerType"),
        status: worker.member("WorkerStatus"),
    }
}

/// The text as people search for it: small letters, Latin ones without their accents.
fn folded(text: &str) -> String {
    let small = text.chars().flat_map(char::to_lowercase);
    small
        .filter(|letter| !('\u{300}'..='\u{36f}').contains(letter))
        .map(plain)
        .collect()
}

fn plain(letter: char) -> char {
    match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'ì'..='ï' | 'ī' | 'į' | 'ı' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'š' | 'ş' => 's',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        '’' => '\'',
        other => other,
    }
}
