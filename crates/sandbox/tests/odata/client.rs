//! The product's own client of Talent's protocol against this service.

use eloops_talent::batch::{Batch, Outcome};
use eloops_talent::{
    Changes, CustomField, Kind, Pages, Read, Request, Response, Root, Shape, Worker, reads,
};
use talent_sandbox::schema::CustomFieldType;

use crate::support::Talent;

const NAMESPACE: &str = "http://127.0.0.1:7410/namespaces/8a3b4a5e-6bbf-4d45-9d2b-3b36a3a0e8d1";

fn roots() -> [Root; 2] {
    [
        (Kind::FinanceOperations, "http://127.0.0.1:7410"),
        (Kind::Talent, NAMESPACE),
    ]
    .map(|(kind, address)| Root::new(kind, address).expect("the address is one"))
}

async fn send(talent: &Talent, request: &Request) -> Response {
    let method = request.method.as_str().parse().expect("a method");
    let headers: Vec<(&str, &str)> = request
        .headers
        .iter()
        .map(|(name, value)| (*name, value.as_ref()))
        .collect();
    let body = std::str::from_utf8(&request.body).expect("bodies are text");
    let answer = talent.send(method, &request.url, &headers, body).await;
    let header = |name: &str| Some(answer.headers.get(name)?.to_str().ok()?.to_owned());
    Response::with_headers(answer.status.as_u16(), answer.body.clone(), header)
}

/// Reads a whole set; gives how many rows there are.
async fn all<S: Shape>(talent: &Talent, root: &Root, read: Read<S>) -> Vec<S::Row> {
    let set = read.set();
    let mut pages = Pages::new(root, read);
    let mut rows = Vec::new();
    while let Some(request) = pages.request() {
        let response = send(talent, &request).await;
        let page = pages
            .read(&response)
            .unwrap_or_else(|error| panic!("{set}: {error}"));
        assert!(page.skipped.is_empty(), "{set}: {:?}", page.skipped);
        assert_eq!(page.repeated, 0, "{set}");
        rows.extend(page.rows);
    }
    assert_eq!(pages.announced(), Some(pages.received()), "{set}");
    rows
}

#[tokio::test]
async fn every_set_is_read_page_by_page_under_both_roots() {
    let talent = Talent {
        page_size: 2,
        ..Talent::new()
    };
    for root in roots() {
        assert_eq!(all(&talent, &root, reads::workers()).await.len(), 5);
        assert_eq!(all(&talent, &root, reads::positions()).await.len(), 6);
        assert_eq!(all(&talent, &root, reads::employments()).await.len(), 5);
        assert_eq!(all(&talent, &root, reads::departments()).await.len(), 1);
        assert_eq!(all(&talent, &root, reads::titles()).await.len(), 4);
        let seats = reads::positions_of("000006").expect("a number");
        assert_eq!(all(&talent, &root, seats).await.len(), 1);

        let response = send(&talent, &reads::worker(&root, "000006")).await;
        let worker: Worker = eloops_talent::read_one(&response).expect("a worker");
        assert_eq!(&*worker.name, "Thierry D'Hers");
        let response = send(&talent, &reads::person_image(&root, "P000006")).await;
        let image = eloops_talent::read_image(&response).expect("an image");
        assert_eq!(image.as_deref(), Some(b"portrait".as_slice()));
    }
}

/// The two custom fields, found in `$metadata`.
async fn fields(talent: &Talent, root: &Root) -> Vec<CustomField> {
    let names = ["EloopsCoins", "EloopsUploads"];
    for name in names {
        let created = talent
            .store
            .create_custom_field(name, CustomFieldType::Number, "", true);
        created.expect("a new field");
    }
    let document = send(talent, &reads::metadata(root)).await.body;
    eloops_talent::resolve_worker_fields(document.as_slice(), &names).expect("both are enabled")
}

#[tokio::test]
async fn a_batch_says_of_each_worker_what_became_of_it() {
    for root in roots() {
        let talent = Talent::new();
        let fields = fields(&talent, &root).await;
        let set = |coins| Changes::new().set(&fields[0], coins).expect("it fits");
        let mut batch = Batch::new();
        batch.worker("000001", set(1));
        batch.worker("004711", set(2));
        batch.change_set([("000006", set(3)), ("004712", set(4))]);
        batch.worker("000112", set(5));
        let response = send(&talent, &batch.request(&root, "b1")).await;
        let outcomes = batch.read(&response).expect("a batch answer");
        let refused = |at: usize, number: &str| match &outcomes[at] {
            Outcome::Refused(refusal) => {
                assert_eq!(refusal.status, 404, "{refusal:?}");
                assert!(refusal.to_string().contains(number), "{refusal}");
            }
            other => panic!("{number} was expected to be refused, not {other:?}"),
        };
        assert_eq!(outcomes[0], Outcome::Done);
        refused(1, "004711");
        assert_eq!(outcomes[2], Outcome::RolledBack);
        refused(3, "004712");
        assert_eq!(outcomes[4], Outcome::Done);

        let rows = all(&talent, &root, reads::worker_fields(&fields)).await;
        assert_eq!(rows.len(), 5);
        let page = talent.get("/data/Workers").await;
        assert_eq!(page.column("EloopsCoins_Custom"), ["1", "0", "0", "0", "5"]);
    }
}
