use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use crate::config::Layers;
use crate::config::keys::{KEYS, Key};

/// The command line, with a flag for each setting.
#[must_use]
pub fn command() -> Command {
    let file = Arg::new("config")
        .long("config")
        .value_name("FILE")
        .env("ELOOPS_CONFIG")
        .hide_env_values(true)
        .global(true)
        .help("settings file; eloops.toml of this folder when it is there");
    Command::new("eloops")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Eloops for Talent: coins and uploads beside the worker record")
        .after_help("Exit status: 0 done, 1 failed, 2 usage, 3 held.")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .arg(file)
        .args(KEYS.iter().map(setting))
        .subcommand(Command::new("serve").about("Serve the API, the frame and the sync schedule"))
        .subcommand(sync())
}

fn sync() -> Command {
    Command::new("sync")
        .about("Sync with Talent once")
        .arg(
            Arg::new("direction")
                .long("direction")
                .value_parser(["in", "out", "both"])
                .default_value("both")
                .help("in: workers become members; out: coins and uploads are written to Talent"),
        )
        .arg(
            Arg::new("dry-run")
                .long("dry-run")
                .action(ArgAction::SetTrue)
                .help("list what would change, and change nothing"),
        )
        .arg(
            Arg::new("worker")
                .long("worker")
                .value_name("NUMBER")
                .value_parser(value_parser!(String))
                .help("only the worker with this personnel number"),
        )
        .arg(
            Arg::new("json")
                .long("json")
                .action(ArgAction::SetTrue)
                .help("print the run as JSON (with --direction both, a list of two)"),
        )
        .arg(
            Arg::new("network")
                .long("network")
                .value_name("NAME")
                .help("which network, where eloops.toml holds several"),
        )
}

/// The variables are read by the settings themselves, so that flags, variables and file follow one table.
fn setting(key: &'static Key) -> Arg {
    let default = key
        .default
        .filter(|value| !value.is_empty())
        .map_or_else(String::new, |value| format!(" [default: {value}]"));
    Arg::new(key.name)
        .long(key.flag())
        .value_name(key.name.to_ascii_uppercase())
        .global(true)
        .help_heading("Settings")
        .hide_short_help(true)
        .help(format!("{} [env: {}]{default}", key.help, key.variable()))
}

/// The layers of settings: these flags, the environment, the file.
pub(super) fn layers(matches: &ArgMatches) -> Layers {
    // Flags may stand before or behind the command's name.
    let innermost = matches.subcommand().map_or(matches, |(_, inner)| inner);
    let flags = KEYS.iter().filter_map(|key| {
        let value = innermost.get_one::<String>(key.name)?;
        Some((key.name.to_owned(), value.clone()))
    });
    Layers {
        flags: flags.collect(),
        variables: std::env::vars().collect(),
        file: innermost.get_one::<String>("config").map(Into::into),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        command().debug_assert();
    }

    #[test]
    fn flags_count_before_and_behind_the_command() {
        for line in [
            ["eloops", "--listen", "127.0.0.1:1", "sync"],
            ["eloops", "sync", "--listen", "127.0.0.1:1"],
        ] {
            let layers = layers(&command().try_get_matches_from(line).unwrap());
            let listen = layers.flags.get("listen").map(String::as_str);
            assert_eq!(listen, Some("127.0.0.1:1"), "in {line:?}");
        }
    }

    #[test]
    fn an_unknown_direction_is_a_usage_error_that_lists_them() {
        let line = ["eloops", "sync", "--direction", "sideways"];
        let error = command().try_get_matches_from(line).unwrap_err();
        assert_eq!(error.exit_code(), 2);
        assert!(error.to_string().contains("in, out, both"), "{error}");
    }
}
