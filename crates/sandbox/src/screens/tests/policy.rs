use super::{get, get_with, rows};

#[tokio::test]
async fn every_answer_has_a_strict_policy() {
    let store = rows::small();
    for address in [
        "/",
        "/workers/000001",
        "/workers/nobody",
        "/portraits/000001",
        "/elsewhere",
    ] {
        let answer = get(&store, address).await;
        let policy = answer.header("content-security-policy");
        for part in [
            "default-src 'none'",
            "frame-src http://localhost:7400;",
            "img-src 'self' data:",
        ] {
            assert!(
                policy.contains(part),
                "{part} in the policy of {address}, which is {policy:?}"
            );
        }
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(
            answer.header("x-content-type-options"),
            "nosniff",
            "{address}"
        );
    }
}

#[tokio::test]
async fn pages_bring_no_script_no_inline_style_and_nothing_from_elsewhere() {
    let store = rows::small();
    for address in ["/", "/workers/000002", "/workers/nobody"] {
        let page = get(&store, address).await.text();
        for part in ["<script", "<style", "style=", "javascript:", "https://"] {
            assert!(!page.contains(part), "{part} on {address}");
        }
    }
}

#[tokio::test]
async fn who_is_missing_is_said_kindly() {
    let store = rows::small();
    let page = get(&store, "/workers/999999").await;
    assert_eq!(page.status, 404);
    assert!(
        page.text()
            .contains("No worker has the personnel number “999999”"),
        "{}",
        page.text()
    );
    assert!(page.text().contains(r#"<a href="/">see all workers</a>"#));
    let browser = get_with(&store, "/elsewhere", &[("accept", "text/html,*/*")]).await;
    assert_eq!(
        (
            browser.status,
            browser.text().contains("This page is not here")
        ),
        (404, true)
    );
    let program = get(&store, "/elsewhere").await;
    assert_eq!((program.status, program.body.len()), (404, 0));
}

#[tokio::test]
async fn the_assets_are_there() {
    let store = rows::small();
    for (address, kind) in [
        ("/assets/talent.css", "text/css; charset=utf-8"),
        ("/assets/icon.svg", "image/svg+xml"),
    ] {
        let answer = get(&store, address).await;
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (200, kind),
            "{address}"
        );
    }
}
