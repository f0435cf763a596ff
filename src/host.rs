//! What the page's address says about where the card stands: for whom, in which language, in which
//! colours.

pub mod locale;

/// What a host hands over in the frame's address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Host {
    /// The worker the card is for; none for the signed-in person's own card.
    pub worker: Option<String>,
    /// A language tag, from a tag or from a Windows language number (LCID).
    pub locale: Option<String>,
    /// The colours asked for.
    pub theme: Option<Theme>,
    /// The customer's tenant, where one server has several.
    pub tenant: Option<String>,
}

/// Colours asked for by the host; without one the browser's preference holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// The theme of a name, as hosts write it.
    pub fn named(name: &str) -> Option<Self> {
        if name.eq_ignore_ascii_case("light") {
            Some(Self::Light)
        } else if name.eq_ignore_ascii_case("dark") {
            Some(Self::Dark)
        } else {
            None
        }
    }

    /// Its name in CSS.
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// Reads the query string of the frame's address, names without regard to case; `decode` undoes
/// percent escapes.
///
/// `worker` names the worker. A model-driven form passes `data` (a text of the form's maker: the
/// number alone or `worker=…`), or the record's `id` in braces with its `typename` (Microsoft Learn:
/// "Pass record object-type code and unique identifier as parameters"); a record of another kind
/// than a worker names nobody. `locale` or `lang` is a tag; `userlcid` the user's Windows language
/// number. `tenant` is the customer's, by id or domain.
pub fn read(query: &str, decode: &dyn Fn(&str) -> String) -> Host {
    let get = |wanted: &str| {
        let mut found = query
            .strip_prefix('?')
            .unwrap_or(query)
            .split('&')
            .filter_map(|pair| {
                let (name, value) = pair.split_once('=')?;
                (name.eq_ignore_ascii_case(wanted) && !value.is_empty()).then(|| decode(value))
            });
        found.next()
    };
    let record =
        || get("id").filter(|_| get("typename").is_none_or(|table| is_worker_table(&table)));
    let tag = get("locale")
        .or_else(|| get("lang"))
        .map(|tag| tag.replace('_', "-"));
    Host {
        worker: get("worker")
            .or_else(|| worker_in_data(&get("data")?).map(Into::into))
            .or_else(record)
            .and_then(|worker| worker_number(&worker)),
        locale: tag.or_else(|| locale::of_lcid(get("userlcid")?.parse().ok()?).map(Into::into)),
        theme: get("theme").as_deref().and_then(Theme::named),
        tenant: get("tenant").and_then(tenant),
    }
}

/// A tenant's id or domain; none for what can be neither.
pub fn tenant(text: String) -> Option<String> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
    (!text.is_empty() && text.bytes().all(fits)).then_some(text)
}

/// A worker's number or record id as it is asked for: no space around it, no braces.
pub fn worker_number(text: &str) -> Option<String> {
    let text = text.trim();
    let bare = text
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'))
        .unwrap_or(text)
        .trim();
    (!bare.is_empty()).then(|| bare.into())
}

/// The worker in a form's own `data` text.
fn worker_in_data(data: &str) -> Option<&str> {
    if !data.contains('=') {
        return Some(data);
    }
    data.split('&').find_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        name.trim().eq_ignore_ascii_case("worker").then_some(value)
    })
}

/// Whether a Dataverse table holds workers: `cdm_worker`, `mshr_hcmworkerentity` and their like.
fn is_worker_table(name: &str) -> bool {
    name.as_bytes()
        .windows(6)
        .any(|part| part.eq_ignore_ascii_case(b"worker"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host(query: &str) -> Host {
        let decode = |text: &str| {
            [
                ("%7B", "{"),
                ("%7D", "}"),
                ("%20", " "),
                ("%3D", "="),
                ("%26", "&"),
            ]
            .iter()
            .fold(text.to_owned(), |text, (coded, plain)| {
                text.replace(coded, plain)
            })
        };
        read(query, &decode)
    }

    fn worker(query: &str) -> Option<String> {
        host(query).worker
    }

    #[test]
    fn the_worker_without_regard_to_case_and_braces() {
        for name in ["worker", "Worker", "WORKER"] {
            assert_eq!(
                worker(&format!("?x=1&{name}=%20000123%20")).as_deref(),
                Some("000123")
            );
        }
        assert_eq!(worker("?worker=%7B000123%7D").as_deref(), Some("000123"));
        for nobody in [
            "",
            "?",
            "?worker",
            "?worker=",
            "?worker=%20",
            "?worker=%7B%7D",
            "?=&&==",
        ] {
            assert_eq!(worker(nobody), None, "{nobody}");
        }
    }

    #[test]
    fn a_model_driven_form() {
        let id = "%7BB2232821-A775-DF11-8DD1-00155DBA3809%7D";
        let bare = Some("B2232821-A775-DF11-8DD1-00155DBA3809".to_owned());
        assert_eq!(
            worker(&format!(
                "?ID={id}&TypeName=cdm_worker&type=1&orgname=x&userlcid=1037"
            )),
            bare
        );
        assert_eq!(worker(&format!("?id={id}")), bare);
        assert_eq!(
            worker(&format!("?id={id}&typename=account")),
            None,
            "an account is no worker"
        );
        assert_eq!(
            worker(&format!("?id={id}&data=000014")).as_deref(),
            Some("000014")
        );
        assert_eq!(
            worker(&format!("?id={id}&data=x%3D1%26Worker%3D%7B000014%7D")).as_deref(),
            Some("000014")
        );
        assert_eq!(worker("?data=x%3D1"), None);
        assert_eq!(
            worker("?data=000014&worker=000015").as_deref(),
            Some("000015")
        );
    }

    #[test]
    fn language_and_theme() {
        let given = host("?locale=he_IL&userlcid=1033&theme=Dark");
        assert_eq!(given.locale.as_deref(), Some("he-IL"));
        assert_eq!(given.theme, Some(Theme::Dark));
        assert_eq!(host("?UserLcid=1037").locale.as_deref(), Some("he"));
        assert_eq!(host("?userlcid=many&theme=pink"), Host::default());
    }

    #[test]
    fn the_tenant_is_an_id_or_a_domain() {
        for tenant in ["11111111-1111-1111-1111-111111111111", "contoso.example"] {
            let given = host(&format!("?Tenant={tenant}"));
            assert_eq!(given.tenant.as_deref(), Some(tenant));
        }
        for bad in ["?tenant=", "?tenant=a%26b", "?tenant=a%20b", "?tenant=a/b"] {
            assert_eq!(host(bad).tenant, None, "{bad}");
        }
    }
}
