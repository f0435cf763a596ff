use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::*;
use crate::http_client::with_lookup;

fn address(text: &str) -> IpAddr {
    text.parse().unwrap()
}

#[test]
fn a_name_stands_only_for_addresses_that_fit_it() {
    let public = "contoso.operations.dynamics.com";
    for (name, found, refused, allowed) in [
        (
            public,
            &["20.1.2.3"][..],
            &["20.1.2.3"][..],
            &["20.1.2.3"][..],
        ),
        (public, &["10.0.0.5"], &[], &["10.0.0.5"]),
        (
            public,
            &["20.1.2.3", "10.0.0.5"],
            &["20.1.2.3"],
            &["20.1.2.3", "10.0.0.5"],
        ),
        (public, &["127.0.0.1"], &[], &[]),
        (public, &["::1", "::ffff:127.0.0.1"], &[], &[]),
        (public, &["169.254.169.254"], &[], &[]),
        (public, &["::ffff:169.254.169.254"], &[], &[]),
        (public, &["fd00:ec2::254"], &[], &[]),
        (public, &["0.0.0.0"], &[], &[]),
        (
            public,
            &["169.254.169.254", "20.1.2.3"],
            &["20.1.2.3"],
            &["20.1.2.3"],
        ),
        (
            "localhost",
            &["127.0.0.1", "::1"],
            &["127.0.0.1", "::1"],
            &["127.0.0.1", "::1"],
        ),
        ("localhost", &["10.0.0.5"], &[], &[]),
        ("localhost", &["20.1.2.3"], &[], &[]),
        ("metadata.google.internal", &["20.1.2.3"], &[], &[]),
        ("metadata.google.internal.", &["20.1.2.3"], &[], &[]),
    ] {
        let all =
            |texts: &[&str]| -> Vec<IpAddr> { texts.iter().map(|text| address(text)).collect() };
        for (private, expected) in [(Private::Refused, refused), (Private::Allowed, allowed)] {
            let given = checked(name, all(found), private).unwrap_or_default();
            assert_eq!(
                given,
                all(expected),
                "{name} at {found:?}, private {private:?}"
            );
        }
    }
    let words = checked(public, vec![address("10.0.0.5")], Private::Refused).unwrap_err();
    assert!(
        words.contains("ELOOPS_ALLOW_PRIVATE_ADDRESSES=on"),
        "{words}"
    );
}

/// Answers by turns, and counts.
struct Turns {
    answers: Mutex<VecDeque<&'static str>>,
    asked: Arc<AtomicUsize>,
}

impl Lookup for Turns {
    async fn lookup(&self, _: &str) -> io::Result<Vec<IpAddr>> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let next = self.answers.lock().unwrap().pop_front();
        next.map(|text| vec![address(text)])
            .ok_or_else(|| io::Error::other("asked too often"))
    }
}

/// A listener on this machine that counts who comes, and its port.
async fn canary() -> (Arc<AtomicUsize>, u16) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let reached = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&reached);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            counter.fetch_add(1, Ordering::SeqCst);
            let mut request = [0; 1024];
            let _ = stream.read(&mut request).await;
            let answer = b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n";
            let _ = stream.write_all(answer).await;
        }
    });
    (reached, port)
}

fn client(answers: &[&'static str]) -> (reqwest::Client, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let turns = Turns {
        answers: Mutex::new(answers.iter().copied().collect()),
        asked: Arc::clone(&asked),
    };
    (with_lookup(Private::Allowed, turns).unwrap(), asked)
}

#[tokio::test]
async fn a_strangers_name_does_not_lead_to_this_machine() {
    let (reached, port) = canary().await;
    let (client, _) = client(&["127.0.0.1", "127.0.0.1"]);
    let error = client
        .get(format!("http://talent.contoso.com:{port}/"))
        .send()
        .await
        .unwrap_err();
    let words = format!("{error:?}");
    assert!(words.contains("which it may not stand for"), "{words}");
    assert_eq!(reached.load(Ordering::SeqCst), 0);
    let heard = client.get(format!("http://localhost:{port}/")).send().await;
    assert_eq!(heard.unwrap().status(), 204, "the canary does hear");
    assert_eq!(reached.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn what_was_checked_is_what_is_connected_to() {
    let (reached, port) = canary().await;
    let (client, asked) = client(&["127.0.0.1", "169.254.169.254"]);
    let get = || client.get(format!("http://localhost:{port}/")).send();
    assert_eq!(get().await.unwrap().status(), 204);
    assert_eq!(
        (asked.load(Ordering::SeqCst), reached.load(Ordering::SeqCst)),
        (1, 1),
        "one look for one connection"
    );
    let error = get().await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    assert_eq!(
        (asked.load(Ordering::SeqCst), reached.load(Ordering::SeqCst)),
        (2, 1),
        "the second look is checked as well"
    );
}
