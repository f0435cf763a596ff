//! The window speaks the panel's language, else the browser's.

use reqwest::Method;
use reqwest::header::{ACCEPT_LANGUAGE, COOKIE};

use crate::support::browser::{Panel, Popup};
use crate::support::db::Db;
use crate::support::people::People;
use crate::support::world::World;

#[tokio::test]
async fn the_browsers_language_is_spoken() {
    let world = World::empty(Db::sqlite().await).await;
    for (asked, lang, dir, heading) in [
        ("he-IL,he;q=0.9,en;q=0.8", "he", "rtl", "יצאת מהמערכת"),
        ("en-GB", "en", "ltr", "You are signed out"),
        ("fr", "en", "ltr", "You are signed out"),
    ] {
        let request = world
            .ask(Method::GET, "/auth/signed-out", "")
            .header(ACCEPT_LANGUAGE, asked);
        let answer = request.send().await.unwrap();
        assert_eq!(answer.headers()["content-language"], lang, "{asked}");
        let page = answer.text().await.unwrap();
        assert!(
            page.contains(&format!("<html lang=\"{lang}\" dir=\"{dir}\">")),
            "{page}"
        );
        assert!(page.contains(heading), "{page}");
    }
}

#[tokio::test]
async fn the_panels_language_is_carried_through_the_sign_in() {
    let world = World::synced(Db::sqlite().await).await;
    let people = People::of(&world).await;
    for (locale, asked, heading, done) in [
        ("he", "en", "להיכנס בלוח שמציג את הקוד הזה?", "נכנסת בהצלחה"),
        (
            "en-US",
            "he",
            "Sign in the panel that shows this code?",
            "You are signed in",
        ),
        ("xx", "he", "להיכנס בלוח שמציג את הקוד הזה?", "נכנסת בהצלחה"),
    ] {
        let panel = Panel::new();
        let path = format!(
            "/auth/start?challenge={}&locale={locale}",
            panel.challenge.as_str()
        );
        let start = world
            .ask(Method::GET, &path, "")
            .header(ACCEPT_LANGUAGE, asked);
        let start = start.send().await.unwrap();
        let cookie = start.headers()["set-cookie"].to_str().unwrap();
        let popup = Popup {
            cookie: cookie.split(';').next().unwrap().to_owned(),
            authorize: start.headers()["location"]
                .to_str()
                .unwrap()
                .parse()
                .unwrap(),
        };
        let callback = popup
            .choose(&world, people.worker.object_id.as_deref().unwrap())
            .await;
        let page = popup.come_back(&world, &callback).await;
        assert!(page.contains(heading), "{locale}: {page}");
        let code = panel.challenge.confirm_code();
        assert!(
            page.contains("dir=\"ltr\" aria-label=\"") && page.contains(&code),
            "{page}"
        );
        let form = [
            ("csrf", crate::support::browser::csrf(&page)),
            ("action", "confirm".to_owned()),
        ];
        let pressed = world
            .ask(Method::POST, "/auth/confirm", "")
            .header(COOKIE, &popup.cookie)
            .header(ACCEPT_LANGUAGE, asked)
            .header("origin", &world.url)
            .form(&form);
        let pressed = pressed.send().await.unwrap().text().await.unwrap();
        assert!(pressed.contains(done), "{locale}: {pressed}");
    }
}
