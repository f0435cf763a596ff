//! Logs go to standard error: short lines on a terminal, JSON elsewhere. They hold ids and counts, no names, e-mails
//! or tokens.

use std::fmt::{self, Write};
use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::field::MakeExt;
use tracing_subscriber::fmt::FormatFields;
use tracing_subscriber::fmt::format::debug_fn;

/// Starts logging at `level` and worse, such as `info`; `RUST_LOG` chooses otherwise.
pub fn start(level: &str) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(level));
    let logs = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    // A second start, in a test, keeps the first one.
    let _ = if std::io::stderr().is_terminal() {
        let short = logs.compact().with_target(false);
        short.fmt_fields(one_line()).try_init()
    } else {
        logs.json().flatten_event(true).try_init()
    };
}

/// Fields for people to read, each event on one line: what others wrote, such as an error of Talent's, may hold line
/// breaks and commands for terminals. JSON writes those as escapes by itself.
pub fn one_line() -> impl for<'w> FormatFields<'w> + 'static {
    debug_fn(|writer, field, value| {
        let mut plain = Plain(writer);
        match field.name() {
            "message" => write!(plain, "{value:?}"),
            name => write!(plain, "{name}={value:?}"),
        }
    })
    .delimited(" ")
}

/// Writes control characters as escapes.
struct Plain<'w, W>(&'w mut W);

impl<W: Write> Write for Plain<'_, W> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for part in text.split_inclusive(char::is_control) {
            let (plain, control) = match part.chars().next_back() {
                Some(last) if last.is_control() => {
                    (part.strip_suffix(last).unwrap_or(part), Some(last))
                }
                _ => (part, None),
            };
            self.0.write_str(plain)?;
            if let Some(control) = control {
                write!(self.0, "{}", control.escape_default())?;
            }
        }
        Ok(())
    }
}
