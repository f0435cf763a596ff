use std::net::IpAddr;

use ipnet::IpNet;

/// Addresses and ranges separated by commas or spaces, such as `10.0.0.5, 192.168.0.0/16, fd00::/8`.
pub(super) fn parse(text: &str) -> Result<Vec<IpNet>, String> {
    text.split([',', ' ', '\n', '\t'])
        .filter(|word| !word.is_empty())
        .map(one)
        .collect()
}

fn one(word: &str) -> Result<IpNet, String> {
    let range = word
        .parse::<IpNet>()
        .or_else(|_| word.parse::<IpAddr>().map(IpNet::from))
        .map_err(|_| {
            format!("\"{word}\" is no address such as 10.0.0.5 and no range such as 10.0.0.0/24")
        })?;
    if range.prefix_len() == 0 {
        return Err(format!(
            "\"{word}\" is everybody: whoever calls could then choose an address; name the proxies"
        ));
    }
    Ok(range.trunc())
}
