//! The card's questions to the server and the host, and their answers as events.

use gloo_net::http::Method;
use js_sys::{Date, Function, JsString, Promise};
use serde::{Serialize, Serializer};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, FormData};

use super::app::App;
use super::http::{Answer, Call, Line, text};
use super::pairing;
use super::read::{self, Reader};
use crate::card::{Effect, Event, Fresh, Image};
use crate::failure::{Failure, FailureKind};

/// The audience of the Eloops API, for a host that hands tokens over, unless another is named.
const AUDIENCE: &str = "api://eloops";

/// Where a question goes.
pub(super) enum Question {
    /// To the server.
    Server(Call),
    /// To whoever settles a promise.
    Promise(Promise),
}

impl App {
    /// The question that an effect asks; none where it asks none, or has nothing to ask with.
    pub(super) fn question(&self, effect: &Effect) -> Option<Question> {
        let line = self.line();
        let get = |path: &[&str]| Some(Question::Server(line.call(Method::GET, path)));
        match effect {
            Effect::GetMe => get(&["/api/v1/me"]),
            Effect::GetTalent(number) => match &self.options.borrow().talent {
                Some(talent) => Some(Question::Promise(called(talent, number, None))),
                None => get(&["/api/v1/talent/workers/", &escaped(number)]),
            },
            Effect::GetActivity(number, etag) => {
                let call = line.call(
                    Method::GET,
                    &["/api/v1/workers/", &escaped(number), "/activity"],
                );
                Some(Question::Server(match etag {
                    Some(etag) => call.header("If-None-Match", etag),
                    None => call,
                }))
            }
            Effect::GetTeam(None) => get(&["/api/v1/me/team?limit=200"]),
            Effect::GetTeam(Some(cursor)) => {
                get(&["/api/v1/me/team?limit=200&cursor=", &escaped(cursor)])
            }
            Effect::GetVisibility => get(&["/api/v1/me/visibility"]),
            Effect::PutVisibility(visibility) => {
                let call = line.call(Method::PUT, &["/api/v1/me/visibility"]);
                json(call, "balance_to_line", &visibility.balance_to_line).map(Question::Server)
            }
            Effect::GetViews(None) => get(&["/api/v1/me/views?limit=20"]),
            Effect::GetViews(Some(cursor)) => {
                get(&["/api/v1/me/views?limit=20&cursor=", &escaped(cursor)])
            }
            Effect::GetImage(image) => Some(Question::Server(match image {
                Image::Photo(number) => line
                    .call(
                        Method::GET,
                        &["/api/v1/talent/workers/", &escaped(number), "/photo"],
                    )
                    .picture(),
                Image::Thumbnail(id) => line
                    .call(
                        Method::GET,
                        &["/api/v1/uploads/", &escaped(id), "/thumbnail"],
                    )
                    .picture(),
            })),
            Effect::Post => self.posting(&line).map(Question::Server),
            Effect::Claim => {
                let secret = self.secret.borrow().clone()?;
                json(auth(&line, "/auth/claim"), "secret", &secret).map(Question::Server)
            }
            Effect::Renew => Some(Question::Server(auth(&line, "/auth/refresh"))),
            Effect::Prepare => {
                let secret = pairing::random();
                let digest = pairing::digest(&secret);
                self.secret.replace(Some(secret));
                Some(Question::Promise(digest))
            }
            Effect::AskHost(claims) => {
                let options = self.options.borrow();
                let audience = options.audience.as_deref().unwrap_or(AUDIENCE);
                let get_token = options.get_token.as_ref()?;
                Some(Question::Promise(called(
                    get_token,
                    audience,
                    claims.as_deref(),
                )))
            }
            // Whether it reaches the server changes nothing here: the token is dropped in any case.
            Effect::SignOut => {
                let line = Line {
                    signal: None,
                    ..line
                };
                Some(Question::Server(auth(&line, "/auth/sign-out")))
            }
            _ => None,
        }
    }

    /// The event of an answer; none where the answer is nobody's.
    pub(super) fn answered(
        &self,
        effect: Effect,
        answer: Result<Answer, Failure>,
    ) -> Option<Event> {
        Some(match effect {
            Effect::GetMe => Event::Me(read(answer, read::me)),
            Effect::GetTalent(number) => Event::Talent(number, read(answer, read::worker)),
            Effect::GetActivity(number, _) => Event::Activity(number, answer.and_then(fresh)),
            Effect::GetTeam(cursor) => Event::Team(cursor.is_some(), read(answer, read::team)),
            Effect::GetImage(image) => {
                let picture = answer
                    .ok()
                    .and_then(|answer| answer.content.dyn_into::<Blob>().ok());
                Event::Image(image, picture.and_then(|picture| self.files.keep(&picture)))
            }
            Effect::GetVisibility => Event::Visibility(read(answer, read::visibility)),
            Effect::PutVisibility(_) => Event::Saved(read(answer, read::visibility)),
            Effect::GetViews(cursor) => Event::Views(cursor.is_some(), read(answer, read::views)),
            Effect::Post => Event::Posted(read(answer, read::upload)),
            Effect::Claim => {
                Event::Claimed(answer.and_then(|answer| self.claimed(&answer.content)))
            }
            Effect::Prepare => Event::Prepared(match answer {
                Ok(answer) => {
                    pairing::ticket(answer.content).ok_or_else(|| FailureKind::Unreadable.into())
                }
                Err(_) => Err(FailureKind::Unreadable.into()),
            }),
            Effect::AskHost(claims) => {
                let token = answer.ok().and_then(|answer| answer.content.as_string());
                let token = token.filter(|token| !token.is_empty());
                let given = match token {
                    Some(token) => {
                        self.token.replace(Some(token));
                        Ok(())
                    }
                    None => Err(FailureKind::SignedOut.into()),
                };
                Event::HostToken(claims.is_some(), given)
            }
            Effect::Renew => Event::Renewed(answer.and_then(|answer| {
                let session = text(&answer.content, "session").ok_or(FailureKind::Unreadable)?;
                self.token.replace(Some(session));
                Ok(lasts(&answer.content))
            })),
            Effect::SignOut => Event::SignedOut(
                answer
                    .ok()
                    .and_then(|answer| text(&answer.content, "microsoft_sign_out")),
            ),
            _ => return None,
        })
    }

    /// The picked file with the caption in the form.
    fn posting(&self, line: &Line) -> Option<Call> {
        let picked = self.files.picked()?;
        let form = FormData::new().ok()?;
        let caption = self.caption();
        let caption = caption.trim();
        if !caption.is_empty() {
            form.append_with_str("caption", caption).ok()?;
        }
        form.append_with_blob_and_filename("file", &picked.file, &picked.file.name())
            .ok()?;
        let call = line.call(Method::POST, &["/api/v1/me/uploads"]);
        Some(
            call.header("Idempotency-Key", &picked.key(caption))
                .body(form.into()),
        )
    }

    /// Whether the pairing was confirmed. The session is taken out and kept; it is given only once.
    fn claimed(&self, answer: &JsValue) -> Result<Option<u32>, Failure> {
        match text(answer, "state").as_deref() {
            Some("pending") => Ok(None),
            Some("ready") => {
                self.secret.take();
                self.claimed.replace(Some(
                    text(answer, "session").ok_or(FailureKind::Unreadable)?,
                ));
                Ok(Some(lasts(answer)))
            }
            _ => Err(FailureKind::Unreadable.into()),
        }
    }
}

/// A call about the session; the header keeps other sites' forms out.
fn auth(line: &Line, path: &str) -> Call {
    line.call(Method::POST, &[path])
        .header("X-Eloops-Request", "1")
}

/// A call with a body of one member. It goes over as a map: for a struct the serializer keeps the names of
/// members in a table of its own, which would be a fiftieth of the module.
fn json(call: Call, name: &str, value: &impl Serialize) -> Option<Call> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    let body = serializer.collect_map([(name, value)]).ok()?;
    let body = js_sys::JSON::stringify(&body).ok()?;
    Some(
        call.header("Content-Type", "application/json")
            .body(body.into()),
    )
}

/// How long a session lasts from now, in milliseconds: an hour at most, which is what one lasts. Where this
/// machine's clock says that it is over already, the clock is wrong.
fn lasts(answer: &JsValue) -> u32 {
    const HOUR: f64 = 3_600_000.0;
    let end = text(answer, "expires_at").map_or(f64::NAN, |end| Date::parse(&end));
    let left = end - Date::now();
    if left > 0.0 {
        left.min(HOUR) as u32
    } else {
        HOUR as u32
    }
}

fn fresh(answer: Answer) -> Result<Fresh, Failure> {
    if answer.same {
        return Ok(Fresh::Same(Date::new_0().to_iso_string().into()));
    }
    let etag = answer.etag.clone();
    Ok(Fresh::New(read(Ok(answer), read::activity)?, etag))
}

fn read<T>(answer: Result<Answer, Failure>, read: fn(&Reader<'_>) -> T) -> Result<Box<T>, Failure> {
    read::whole(&answer?.content, read).ok_or_else(|| FailureKind::Unreadable.into())
}

/// What a host's callback gives, as a promise; one that throws is a promise that fails.
fn called(callback: &Function, argument: &str, more: Option<&str>) -> Promise {
    let more = more.map_or(JsValue::UNDEFINED, JsValue::from_str);
    match callback.call2(&JsValue::NULL, &argument.into(), &more) {
        Ok(answer) => Promise::resolve(&answer),
        Err(error) => Promise::reject(&error),
    }
}

fn escaped(text: &str) -> String {
    JsString::into(js_sys::encode_uri_component(text))
}
