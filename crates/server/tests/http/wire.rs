//! What comes over the wire, as it comes: large heads, slow heads, bodies that trickle, many connections.

use std::time::{Duration, Instant};

use eloops_server::http::Limits;
use eloops_server::http::plumbing::body_pace::Pace;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::support::db::Db;
use crate::support::people::People;
use crate::support::pictures::{film, form};
use crate::support::world::{World, refusal};

/// Short enough for a test, long enough for a busy machine.
const SHORT: Duration = Duration::from_millis(250);
/// Nothing takes that long unless it hangs.
const FOREVER: Duration = Duration::from_secs(20);

async fn world(limits: Limits) -> World {
    World::limited(Db::sqlite().await, &[], limits).await
}

async fn connect(world: &World) -> TcpStream {
    let address = world.url.replace("http://localhost", "127.0.0.1");
    TcpStream::connect(address).await.unwrap()
}

/// Everything until the server closes.
async fn rest(stream: &mut TcpStream) -> String {
    let mut text = Vec::new();
    let mut piece = [0; 4096];
    loop {
        match timeout(FOREVER, stream.read(&mut piece)).await {
            Ok(Ok(0) | Err(_)) => break,
            Ok(Ok(count)) => text.extend_from_slice(&piece[..count]),
            Err(_) => panic!("the server keeps the connection open"),
        }
    }
    String::from_utf8(text).unwrap()
}

async fn exchange(world: &World, request: &str) -> String {
    let mut stream = connect(world).await;
    // The server may answer and close before all of it is written.
    let _ = stream.write_all(request.as_bytes()).await;
    rest(&mut stream).await
}

fn post(body_bytes: usize) -> String {
    format!(
        "POST /auth/claim HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\nx-eloops-request: 1\r\n\
         content-type: application/json\r\ncontent-length: {body_bytes}\r\n\r\n"
    )
}

#[tokio::test]
async fn large_heads_are_refused() {
    let world = world(Limits::default()).await;
    let start = "GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n";
    let fits = format!("{start}x-long: {}\r\n\r\n", "x".repeat(30_000));
    let long = format!("{start}x-long: {}\r\n\r\n", "x".repeat(33_000));
    let address = format!("GET /{} HTTP/1.1\r\n\r\n", "x".repeat(33_000));
    let many: String = (0..101).map(|at| format!("x-{at}: 1\r\n")).collect();
    let many = format!("{start}{many}\r\n");
    for (what, request, expected) in [
        ("30 kB", fits, "HTTP/1.1 200 "),
        ("33 kB of headers", long, "HTTP/1.1 431 "),
        ("33 kB of address", address, "HTTP/1.1 4"),
        ("101 headers", many, "HTTP/1.1 431 "),
    ] {
        let answer = exchange(&world, &request).await;
        assert!(answer.starts_with(expected), "{what}: {answer}");
    }
}

#[tokio::test]
async fn a_head_that_does_not_come_ends_the_connection() {
    let limits = Limits {
        head_time: SHORT,
        ..Limits::default()
    };
    let world = world(limits).await;
    for begun in ["", "GET /healthz HTTP/1.1\r\nhost: local"] {
        let mut stream = connect(&world).await;
        stream.write_all(begun.as_bytes()).await.unwrap();
        let began = Instant::now();
        let answer = rest(&mut stream).await;
        assert!(!answer.contains(" 200 "), "{begun:?}: {answer}");
        assert!(began.elapsed() >= SHORT / 2, "{:?}", began.elapsed());
    }
}

#[tokio::test]
async fn a_body_that_stops_or_trickles_is_cut() {
    let limits = Limits {
        body: Pace {
            pause: SHORT,
            grace: SHORT * 2,
            bytes_per_second: 1_000,
        },
        ..Limits::default()
    };
    let world = world(limits).await;
    for (what, every) in [("stops", None), ("trickles", Some(SHORT / 10))] {
        let mut stream = connect(&world).await;
        stream.write_all(post(60_000).as_bytes()).await.unwrap();
        stream.write_all(b"{").await.unwrap();
        let answer = match every {
            None => rest(&mut stream).await,
            Some(every) => {
                let (mut reading, mut writing) = stream.into_split();
                let drip = async {
                    while writing.write_all(b" ").await.is_ok() {
                        tokio::time::sleep(every).await;
                    }
                    std::future::pending::<()>().await;
                };
                let mut first = [0; 4096];
                let answer = tokio::select! {
                    () = drip => unreachable!("it drips on"),
                    answer = timeout(FOREVER, reading.read(&mut first)) => answer,
                };
                let count = answer.expect("the server cuts it").unwrap();
                String::from_utf8(first[..count].to_vec()).unwrap()
            }
        };
        assert!(answer.starts_with("HTTP/1.1 408 "), "{what}: {answer}");
        assert!(answer.contains("\"code\":\"timeout\""), "{what}: {answer}");
        assert!(
            answer.contains("content-security-policy:"),
            "{what}: {answer}"
        );
    }
}

#[tokio::test]
async fn an_answer_that_nobody_reads_ends_the_connection() {
    let limits = Limits {
        connections: 1,
        answer: Pace {
            pause: SHORT,
            grace: SHORT,
            bytes_per_second: 1_000_000_000,
        },
        ..Limits::default()
    };
    let world = world(limits).await;
    let mut deaf = connect(&world).await;
    let request = "GET /api/v1/openapi.json HTTP/1.1\r\nhost: localhost\r\n\r\n".repeat(1_000);
    // More answers than the system keeps for somebody who does not read them.
    let _ = timeout(SHORT, deaf.write_all(request.as_bytes())).await;
    let mut other = connect(&world).await;
    let request = "GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    other.write_all(request.as_bytes()).await.unwrap();
    let answer = rest(&mut other).await;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    drop(deaf);
}

#[tokio::test]
async fn a_slow_body_that_keeps_its_pace_is_read() {
    let limits = Limits {
        body: Pace {
            pause: FOREVER,
            grace: SHORT,
            bytes_per_second: 1,
        },
        ..Limits::default()
    };
    let world = world(limits).await;
    let body = format!("{{\"secret\":\"{}\"}}", "A".repeat(43));
    let mut stream = connect(&world).await;
    stream.write_all(post(body.len()).as_bytes()).await.unwrap();
    let (first, second) = body.split_at(30);
    stream.write_all(first.as_bytes()).await.unwrap();
    // Longer than the grace; the bytes that came have earned it.
    tokio::time::sleep(SHORT * 2).await;
    stream.write_all(second.as_bytes()).await.unwrap();
    let answer = rest(&mut stream).await;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
}

#[tokio::test]
async fn deep_json_and_long_bodies_are_refused() {
    let world = world(Limits::default()).await;
    let deep = format!("{{\"x\":{}", "[".repeat(20_000));
    let long = format!("{{\"x\":\"{}\"}}", "x".repeat(70_000));
    for (body, expected) in [(deep, (400, "malformed_json")), (long, (413, "too_large"))] {
        for chunked in [false, true] {
            let request = world
                .ask(reqwest::Method::POST, "/auth/claim", "")
                .header("x-eloops-request", "1")
                .header("content-type", "application/json");
            let pieces = futures_util::stream::iter([Ok::<_, std::io::Error>(body.clone())]);
            let request = if chunked {
                request.body(reqwest::Body::wrap_stream(pieces))
            } else {
                request.body(body.clone())
            };
            let (status, code) = refusal(request.send().await.unwrap()).await;
            assert_eq!((status, code.as_str()), expected, "chunked: {chunked}");
        }
    }
}

#[tokio::test]
async fn a_long_caption_or_many_fields_do_not_fill_the_memory() {
    let world = World::synced(Db::sqlite().await).await;
    let people = People::of(&world).await;
    let own = world.token(&people.worker.worker_number).await;
    let caption = form(film(2_000)).text("caption", "x".repeat(10 * 1024 * 1024));
    let many = (0..20).fold(form(film(2_000)), |form, at| {
        form.text(format!("f{at}"), "x")
    });
    for (what, form) in [("a caption of 10 MB", caption), ("22 fields", many)] {
        let request = world.ask(reqwest::Method::POST, "/api/v1/me/uploads", &own);
        let (status, code) = refusal(request.multipart(form).send().await.unwrap()).await;
        assert_eq!((status, code.as_str()), (422, "invalid_request"), "{what}");
    }
}

#[tokio::test]
async fn connections_beyond_the_limit_wait_their_turn() {
    let limits = Limits {
        connections: 2,
        ..Limits::default()
    };
    let world = world(limits).await;
    let first = connect(&world).await;
    let _second = connect(&world).await;
    let request = "GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    let mut third = connect(&world).await;
    third.write_all(request.as_bytes()).await.unwrap();
    let mut byte = [0];
    let early = timeout(SHORT, third.read(&mut byte)).await;
    assert!(early.is_err(), "the third waits");
    drop(first);
    let answer = rest(&mut third).await;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
}
