//! The card's questions to the server, each answered by an event.

use eloops_api::ClaimRequest;
use gloo_net::http::Method;
use js_sys::{Date, Function, JsString, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::FormData;

use super::files::ToPost;
use super::http::{Line, blob, decode, json, send};
use crate::card::{Effect, Event, Fresh, Image};
use crate::failure::{Failure, FailureKind};

/// The audience of the Eloops API, for a host that hands tokens over.
const AUDIENCE: &str = "api://eloops";

/// Asks what an effect asks; none where the effect is no question. A host that reads Talent itself
/// gives its callback for it.
pub(super) async fn ask(effect: Effect, line: Line, talent: Option<Function>) -> Option<Event> {
    Some(match effect {
        Effect::GetMe => Event::Me(get(&line, "me").await.and_then(decode)),
        Effect::GetTalent(number) => {
            let record = match &talent {
                Some(talent) => call(talent, &number).await,
                None => get(&line, &["talent/workers/", &escaped(&number)].concat()).await,
            };
            Event::Talent(number, record.and_then(decode))
        }
        Effect::GetActivity(number, etag) => {
            let activity = activity(&line, &number, etag).await;
            Event::Activity(number, activity)
        }
        Effect::GetTeam(cursor) => {
            let path = match &cursor {
                Some(cursor) => ["me/team?limit=200&cursor=", &escaped(cursor)].concat(),
                None => "me/team?limit=200".into(),
            };
            Event::Team(cursor.is_some(), get(&line, &path).await.and_then(decode))
        }
        _ => return None,
    })
}

/// A token from the host's callback.
pub(super) async fn host_token(get_token: &Function) -> Result<String, Failure> {
    let token = call(get_token, AUDIENCE)
        .await
        .map_err(|_| Failure::from(FailureKind::SignedOut))?;
    token
        .as_string()
        .filter(|token| !token.is_empty())
        .ok_or_else(|| FailureKind::SignedOut.into())
}

/// A picture's content, or none where there is none to show.
pub(super) async fn picture(line: &Line, image: &Image) -> Option<web_sys::Blob> {
    let path = match image {
        Image::Photo(number) => ["talent/workers/", &escaped(number), "/photo"].concat(),
        Image::Thumbnail(id) => ["uploads/", &escaped(id), "/thumbnail"].concat(),
    };
    blob(send(line.request(Method::GET, &path), None).await.ok()?).await
}

/// Posts a file with its caption.
pub(super) async fn post(line: &Line, picked: &ToPost, caption: &str) -> Event {
    let posted = async {
        let form = FormData::new().map_err(refused)?;
        let caption = caption.trim();
        if !caption.is_empty() {
            form.append_with_str("caption", caption).map_err(refused)?;
        }
        form.append_with_blob_and_filename("file", &picked.file, &picked.file.name())
            .map_err(refused)?;
        let request = line
            .request(Method::POST, "me/uploads")
            .header("Idempotency-Key", &picked.idempotency_key);
        decode(json(send(request, Some(form.into())).await?).await?)
    };
    Event::Posted(posted.await)
}

/// Asks whether the pairing of a secret was confirmed; gives the session when it was.
pub(super) async fn claim(line: &Line, secret: &str) -> Result<Option<String>, Failure> {
    let body = ClaimRequest {
        secret: secret.into(),
    };
    let body =
        serde_wasm_bindgen::to_value(&body).map_err(|_| Failure::from(FailureKind::Unreadable))?;
    let body = js_sys::JSON::stringify(&body).map_err(refused)?;
    let request = line
        .request(Method::POST, "/auth/claim")
        .header("Content-Type", "application/json")
        .header("X-Eloops-Request", "1");
    let answer = json(send(request, Some(body.into())).await?).await?;
    // By hand: an enum with a tag would bring serde's buffering into the module for this one answer.
    let member = |name: &str| {
        Reflect::get(&answer, &name.into())
            .ok()
            .and_then(|value| value.as_string())
    };
    match member("state").as_deref() {
        Some("pending") => Ok(None),
        Some("ready") => Ok(Some(member("session").ok_or(FailureKind::Unreadable)?)),
        _ => Err(FailureKind::Unreadable.into()),
    }
}

/// Ends the session. Whether that reached the server changes nothing here: the token is gone.
pub(super) async fn sign_out(line: &Line) {
    let request = line
        .request(Method::POST, "/auth/sign-out")
        .header("X-Eloops-Request", "1");
    let _ended = send(request, None).await;
}

async fn activity(line: &Line, number: &str, etag: Option<String>) -> Result<Fresh, Failure> {
    let path = ["workers/", &escaped(number), "/activity"].concat();
    let mut request = line.request(Method::GET, &path);
    if let Some(etag) = &etag {
        request = request.header("If-None-Match", etag);
    }
    let response = send(request, None).await?;
    if response.status() == 304 {
        return Ok(Fresh::Same(Date::new_0().to_iso_string().into()));
    }
    let etag = response.headers().get("ETag");
    Ok(Fresh::New(Box::new(decode(json(response).await?)?), etag))
}

async fn get(line: &Line, path: &str) -> Result<JsValue, Failure> {
    json(send(line.request(Method::GET, path), None).await?).await
}

/// Calls a host's callback with a text; a promise is waited for.
async fn call(callback: &Function, argument: &str) -> Result<JsValue, Failure> {
    let answer = callback
        .call1(&JsValue::NULL, &argument.into())
        .map_err(refused)?;
    match answer.dyn_into::<Promise>() {
        Ok(promise) => JsFuture::from(promise).await.map_err(refused),
        Err(answer) => Ok(answer),
    }
}

fn escaped(text: &str) -> String {
    JsString::into(js_sys::encode_uri_component(text))
}

fn refused(_: JsValue) -> Failure {
    FailureKind::Refused.into()
}
