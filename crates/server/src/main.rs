//! The `eloops` command.

fn main() {}
