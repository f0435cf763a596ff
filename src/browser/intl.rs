//! Numbers and times by the browser's `Intl`.

use js_sys::{Date, Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::host::locale::Choice;
use crate::text::Format;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type NumberFormat;
    #[wasm_bindgen(constructor, catch, js_namespace = Intl)]
    fn new(tag: &str) -> Result<NumberFormat, JsValue>;
    #[wasm_bindgen(method)]
    fn format(this: &NumberFormat, number: f64) -> String;

    #[wasm_bindgen(js_namespace = Intl)]
    type PluralRules;
    #[wasm_bindgen(constructor, js_namespace = Intl)]
    fn new(tag: &str) -> PluralRules;
    #[wasm_bindgen(method)]
    fn select(this: &PluralRules, number: f64) -> String;

    #[wasm_bindgen(js_namespace = Intl)]
    type RelativeTimeFormat;
    #[wasm_bindgen(constructor, js_namespace = Intl)]
    fn new(tag: &str, options: &Object) -> RelativeTimeFormat;
    #[wasm_bindgen(method)]
    fn format(this: &RelativeTimeFormat, number: f64, unit: &str) -> String;

    #[wasm_bindgen(js_namespace = Intl)]
    type DateTimeFormat;
    #[wasm_bindgen(constructor, js_namespace = Intl)]
    fn new(tag: &str, options: &Object) -> DateTimeFormat;
    #[wasm_bindgen(method)]
    fn format(this: &DateTimeFormat, time: f64) -> String;
}

/// The formats of one language and region.
pub(super) struct Intl {
    number: NumberFormat,
    plural: PluralRules,
    ago: RelativeTimeFormat,
    moment: DateTimeFormat,
    day: DateTimeFormat,
}

impl Intl {
    pub(super) fn new(choice: &Choice) -> Self {
        // `Intl` throws at a tag that only looks like one.
        let (tag, number) = match NumberFormat::new(&choice.format) {
            Ok(number) => (choice.format.as_str(), number),
            Err(_) => match NumberFormat::new(choice.spoken) {
                Ok(number) => (choice.spoken, number),
                Err(error) => wasm_bindgen::throw_val(error),
            },
        };
        Self {
            number,
            plural: PluralRules::new(choice.spoken),
            ago: RelativeTimeFormat::new(tag, &options(&[("numeric", "auto")])),
            moment: DateTimeFormat::new(
                tag,
                &options(&[("dateStyle", "medium"), ("timeStyle", "short")]),
            ),
            day: DateTimeFormat::new(
                tag,
                &options(&[("dateStyle", "medium"), ("timeZone", "UTC")]),
            ),
        }
    }

    /// Changes to another region of the language, or to another language.
    pub(super) fn set(&mut self, choice: &Choice) {
        *self = Self::new(choice);
    }
}

impl Format for Intl {
    fn number(&self, number: i64) -> String {
        self.number.format(number as f64)
    }

    fn plural(&self, number: i64) -> String {
        self.plural.select(number as f64)
    }

    fn ago(&self, time: &str) -> String {
        const UNITS: [(f64, &str); 6] = [
            (60.0, "second"),
            (60.0, "minute"),
            (24.0, "hour"),
            (30.4, "day"),
            (12.0, "month"),
            (f64::INFINITY, "year"),
        ];
        let Some(then) = milliseconds(time) else {
            return time.into();
        };
        // A clock that is a little slow must not make the past the future.
        let mut passed = ((Date::now() - then) / 1_000.0).max(0.0);
        for (size, unit) in UNITS {
            if passed < size {
                let whole = if unit == "second" {
                    0.0
                } else {
                    -passed.floor()
                };
                return self.ago.format(whole, unit);
            }
            passed /= size;
        }
        time.into()
    }

    fn moment(&self, time: &str) -> String {
        milliseconds(time).map_or_else(|| time.into(), |then| self.moment.format(then))
    }

    fn day(&self, day: &str) -> String {
        milliseconds(day).map_or_else(|| day.into(), |then| self.day.format(then))
    }
}

/// Milliseconds since the epoch; none for what is no time, which is then shown as it is.
fn milliseconds(time: &str) -> Option<f64> {
    Some(Date::parse(time)).filter(|time| !time.is_nan())
}

fn options(members: &[(&str, &str)]) -> Object {
    let options = Object::new();
    for (name, value) in members {
        let set = Reflect::set(&options, &(*name).into(), &(*value).into());
        debug_assert!(set.is_ok(), "a fresh object takes any member");
    }
    options
}
