use std::time::Duration;

/// A length of time such as `90s`, `5m`, `12h`, `3d`; `off` is none.
pub(super) fn parse(text: &str) -> Result<Option<Duration>, String> {
    let help = "write a number and s, m, h or d, such as 5m or 3d; off switches it off";
    let text = text.trim();
    if text == "off" {
        return Ok(None);
    }
    let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let number: u64 = digits
        .parse()
        .map_err(|_| format!("\"{text}\" is no length of time; {help}"))?;
    let unit = match &text[digits.len()..] {
        "s" => 1,
        "m" => 60,
        "h" => 3_600,
        "d" => 86_400,
        _ => return Err(format!("\"{text}\" is no length of time; {help}")),
    };
    let seconds = number
        .checked_mul(unit)
        .filter(|seconds| (1..=366 * 86_400).contains(seconds));
    seconds
        .map(|seconds| Some(Duration::from_secs(seconds)))
        .ok_or_else(|| format!("\"{text}\" is out of range; between 1s and 366d"))
}
