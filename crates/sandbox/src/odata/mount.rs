//! Where the service is mounted.

/// The part of a path behind the service's root, beginning with `/` or empty; `None` when the
/// path is not the service's. Roots are `/data`, `/Data` and `/namespaces/{guid}/data`.
pub(super) fn behind_root(path: &str) -> Option<&str> {
    let path = match path.strip_prefix("/namespaces/") {
        Some(rest) => {
            let (namespace, _) = rest.split_once('/')?;
            uuid::Uuid::try_parse(namespace).ok()?;
            &rest[namespace.len()..]
        }
        None => path,
    };
    let rest = path
        .strip_prefix("/data")
        .or_else(|| path.strip_prefix("/Data"))?;
    (rest.is_empty() || rest.starts_with('/')).then_some(rest)
}

/// As [`behind_root`], of an address inside a `$batch`: a full one, one from the root of the
/// host, or one relative to the service's root (`Workers('000001')`).
pub(super) fn of_operation(address: &str) -> Option<String> {
    let path = match address.split_once("://") {
        Some((scheme, rest)) if scheme == "http" || scheme == "https" => {
            &rest[rest.find('/').unwrap_or(rest.len())..]
        }
        _ => address,
    };
    if path.starts_with('/') {
        behind_root(path).map(str::to_owned)
    } else {
        Some(format!("/{path}"))
    }
}
