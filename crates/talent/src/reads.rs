//! The reads this product makes, each as the entity set, its options, and the shape of its rows.

use crate::rows::{FieldsShape, Plain};
use crate::{
    CustomField, Department, Employment, Filter, FilterError, LinkError, Position, Query, Request,
    Root, Row, Title, Worker, literal, next_link,
};

/// A read of many rows; [`crate::Pages`] carries it out page by page.
#[derive(Debug, Clone)]
pub struct Read<S> {
    set: &'static str,
    query: Query,
    shape: S,
}

impl<S> Read<S> {
    /// The entity set.
    pub fn set(&self) -> &'static str {
        self.set
    }

    /// At most so many rows in all: one, to see whether a set can be read.
    #[must_use]
    pub fn top(mut self, rows: u32) -> Self {
        self.query = self.query.top(rows);
        self
    }

    /// The first request.
    pub fn request(&self, root: &Root) -> Request {
        Request::get(format!("{}/{}{}", root.data(), self.set, self.query))
    }

    /// The request for the next page, from an answer's `@odata.nextLink`: put back on `root`, whatever
    /// address the link names.
    ///
    /// # Errors
    /// [`LinkError`] where the link leads to another entity set.
    pub fn next_page(&self, root: &Root, link: &str) -> Result<Request, LinkError> {
        next_link::rebase(root, self.set, &self.query, link).map(Request::get)
    }

    /// How its rows are read.
    pub fn shape(&self) -> &S {
        &self.shape
    }
}

/// All workers, by personnel number, counted.
///
/// Only the mapped properties: never `BirthDate`, `Gender`, `MaritalStatus` or an address.
pub fn workers() -> Read<Plain<Worker>> {
    all::<Worker>()
}

/// The custom fields of all workers, by personnel number, counted.
pub fn worker_fields(fields: &[CustomField]) -> Read<FieldsShape> {
    let names = fields.iter().map(|field| &*field.name);
    let query = Query::new()
        .select(std::iter::once("PersonnelNumber").chain(names))
        .order_by("PersonnelNumber")
        .count();
    Read {
        set: Worker::SET,
        query,
        shape: FieldsShape(fields.into()),
    }
}

/// The custom fields of one worker.
///
/// # Errors
/// [`FilterError`] for a number that is none.
pub fn worker_fields_of(
    number: &str,
    fields: &[CustomField],
) -> Result<Read<FieldsShape>, FilterError> {
    let mut read = worker_fields(fields);
    read.query = read.query.filter(&Filter::text("PersonnelNumber", number)?);
    Ok(read)
}

/// All positions.
pub fn positions() -> Read<Plain<Position>> {
    all::<Position>()
}

/// All employments of all companies.
pub fn employments() -> Read<Plain<Employment>> {
    let mut read = all::<Employment>();
    read.query = read.query.cross_company();
    read
}

/// All departments.
pub fn departments() -> Read<Plain<Department>> {
    all::<Department>()
}

/// All titles.
pub fn titles() -> Read<Plain<Title>> {
    all::<Title>()
}

/// One worker, by the key: the answer is one row ([`crate::read_one`]) or 404.
pub fn worker(root: &Root, number: &str) -> Request {
    one::<Worker>(root, &[number])
}

/// One position, by the key: the seat above.
pub fn position(root: &Root, id: &str) -> Request {
    one::<Position>(root, &[id])
}

/// One department, by the key.
pub fn department(root: &Root, number: &str) -> Request {
    one::<Department>(root, &[number])
}

/// The positions one worker holds.
///
/// # Errors
/// [`FilterError`] for a number that is none.
pub fn positions_of(number: &str) -> Result<Read<Plain<Position>>, FilterError> {
    let mut read = positions();
    read.query = read
        .query
        .filter(&Filter::text("WorkerPersonnelNumber", number)?);
    Ok(read)
}

/// The employments of one worker, at all companies.
///
/// # Errors
/// [`FilterError`] for a number that is none.
pub fn employments_of(number: &str) -> Result<Read<Plain<Employment>>, FilterError> {
    let mut read = employments();
    read.query = read.query.filter(&Filter::text("PersonnelNumber", number)?);
    Ok(read)
}

/// The picture of one person, by [`Worker::party_number`]; read it with [`crate::read_image`].
/// Never select `Image` in a list: the rows are large.
pub fn person_image(root: &Root, party_number: &str) -> Request {
    let row = literal::row("PersonImages", &[("PartyNumber", party_number)]);
    let query = Query::new().select(["PartyNumber", "Image"]);
    Request::get(format!("{}/{row}{query}", root.data()))
}

/// The service's metadata: XML, large on a real environment.
pub fn metadata(root: &Root) -> Request {
    let mut request = Request::get(format!("{}/$metadata", root.data()));
    for (name, value) in &mut request.headers {
        if *name == "accept" {
            *value = "application/xml".into();
        }
    }
    request
}

fn all<R: Row>() -> Read<Plain<R>> {
    let query = Query::new()
        .select(R::PROPERTIES.iter().copied())
        .order_by(&R::KEY.join(","))
        .count();
    Read {
        set: R::SET,
        query,
        shape: Plain::new(),
    }
}

fn one<R: Row>(root: &Root, key: &[&str]) -> Request {
    let key: Vec<_> = R::KEY.iter().copied().zip(key.iter().copied()).collect();
    let query = Query::new().select(R::PROPERTIES.iter().copied());
    Request::get(format!(
        "{}/{}{query}",
        root.data(),
        literal::row(R::SET, &key)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Edm, Kind};

    fn root() -> Root {
        Root::new(
            Kind::FinanceOperations,
            "https://contoso.operations.dynamics.com",
        )
        .unwrap()
    }

    #[test]
    fn workers_are_ordered_by_key_and_leave_private_things_alone() {
        let request = workers().request(&root());
        assert_eq!(
            request.url,
            "https://contoso.operations.dynamics.com/data/Workers?$select=PersonnelNumber,Name,FirstName,\
             LastName,PrimaryContactEmail,PrimaryContactPhone,TitleId,PartyNumber,ObjectId,WorkerStatus,\
             WorkerType&$orderby=PersonnelNumber&$count=true"
        );
        let one = worker(&root(), "000123");
        for private in ["BirthDate", "Gender", "MaritalStatus", "Address", "Ethnic"] {
            assert!(
                !request.url.contains(private) && !one.url.contains(private),
                "{private}"
            );
        }
    }

    #[test]
    fn one_worker_and_what_belongs_to_them() {
        let url = worker(&root(), "D'Hers").url;
        assert!(
            url.contains("/data/Workers(PersonnelNumber='D''Hers')?$select=PersonnelNumber,"),
            "{url}"
        );
        let url = positions_of("000123").unwrap().request(&root()).url;
        assert!(
            url.ends_with("&$filter=WorkerPersonnelNumber%20eq%20'000123'"),
            "{url}"
        );
        let url = employments_of("000123").unwrap().request(&root()).url;
        assert!(
            url.contains("&cross-company=true&$filter=PersonnelNumber%20eq%20'000123'"),
            "{url}"
        );
        assert!(positions_of("*").is_err());
        let url = person_image(&root(), "000000032").url;
        assert!(
            url.ends_with("/PersonImages(PartyNumber='000000032')?$select=PartyNumber,Image"),
            "{url}"
        );
    }

    #[test]
    fn custom_fields_only() {
        let coins = CustomField {
            name: "EloopsCoins_Custom".into(),
            edm: Edm::Int32,
        };
        let url = worker_fields(&[coins]).request(&root()).url;
        assert!(
            url.contains("?$select=PersonnelNumber,EloopsCoins_Custom&$orderby="),
            "{url}"
        );
    }

    #[test]
    fn metadata_is_xml() {
        assert_eq!(metadata(&root()).header("accept"), Some("application/xml"));
    }
}
