//! The card's questions to the server and the host, and their answers as events.

use eloops_api::ClaimRequest;
use gloo_net::http::Method;
use js_sys::{Date, Function, JsString, Promise};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, FormData};

use super::app::App;
use super::http::{Answer, Call, Line, text};
use super::pairing;
use super::read::{self, Reader};
use crate::card::{Effect, Event, Fresh, Image};
use crate::failure::{Failure, FailureKind};

/// The audience of the Eloops API, for a host that hands tokens over.
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
                Some(talent) => Some(Question::Promise(called(talent, number))),
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
                claiming(&line, self.secret.borrow().as_deref()?).map(Question::Server)
            }
            Effect::Prepare => {
                let secret = pairing::random();
                let digest = pairing::digest(&secret);
                self.secret.replace(Some(secret));
                Some(Question::Promise(digest))
            }
            Effect::AskHost => Some(Question::Promise(called(
                self.options.borrow().get_token.as_ref()?,
                AUDIENCE,
            ))),
            // Whether it reaches the server changes nothing here: the token is dropped in any case.
            Effect::SignOut => {
                let line = Line {
                    signal: None,
                    ..line
                };
                let call = line
                    .call(Method::POST, &["/auth/sign-out"])
                    .header("X-Eloops-Request", "1");
                Some(Question::Server(call))
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
            Effect::AskHost => {
                let token = answer.ok().and_then(|answer| answer.content.as_string());
                let token = token.filter(|token| !token.is_empty());
                let given = token.is_some();
                self.token.replace(token);
                Event::HostToken(if given {
                    Ok(())
                } else {
                    Err(FailureKind::SignedOut.into())
                })
            }
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
    fn claimed(&self, answer: &JsValue) -> Result<bool, Failure> {
        match text(answer, "state").as_deref() {
            Some("pending") => Ok(false),
            Some("ready") => {
                self.secret.take();
                self.token.replace(Some(
                    text(answer, "session").ok_or(FailureKind::Unreadable)?,
                ));
                Ok(true)
            }
            _ => Err(FailureKind::Unreadable.into()),
        }
    }
}

fn claiming(line: &Line, secret: &str) -> Option<Call> {
    let body = serde_wasm_bindgen::to_value(&ClaimRequest {
        secret: secret.into(),
    })
    .ok()?;
    let body = js_sys::JSON::stringify(&body).ok()?;
    let call = line.call(Method::POST, &["/auth/claim"]);
    Some(
        call.header("Content-Type", "application/json")
            .header("X-Eloops-Request", "1")
            .body(body.into()),
    )
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

/// What a host's callback gives for a text, as a promise; one that throws is a promise that fails.
fn called(callback: &Function, argument: &str) -> Promise {
    match callback.call1(&JsValue::NULL, &argument.into()) {
        Ok(answer) => Promise::resolve(&answer),
        Err(error) => Promise::reject(&error),
    }
}

fn escaped(text: &str) -> String {
    JsString::into(js_sys::encode_uri_component(text))
}
