use super::*;

const GUID: &str = "5cf0b0a6-1f0f-4a3f-9c0e-0d5a0d2f8a11";

#[test]
fn finance_and_operations_takes_the_bare_environment() {
    for address in [
        "https://contoso.operations.dynamics.com",
        "https://contoso.operations.dynamics.com/",
        " HTTPS://Contoso.Operations.Dynamics.com:443/data/ ",
        "https://contoso.operations.dynamics.com/Data",
    ] {
        let root = Root::new(Kind::FinanceOperations, address).unwrap();
        assert_eq!(
            root.data(),
            "https://contoso.operations.dynamics.com/data",
            "{address}"
        );
        assert_eq!(root.audience(), "https://contoso.operations.dynamics.com");
        assert_eq!(
            root.scope(),
            "https://contoso.operations.dynamics.com/.default"
        );
    }
}

#[test]
fn standalone_talent_needs_its_namespace() {
    let cluster = "https://aos-rts-sf-1-prod-westus2.hr.talent.dynamics.com";
    let root = Root::new(Kind::Talent, &format!("{cluster}/namespaces/{GUID}/")).unwrap();
    assert_eq!(root.data(), format!("{cluster}/namespaces/{GUID}/data"));
    assert_eq!(root.audience(), "http://hr.talent.dynamics.com");
    assert!(matches!(
        Root::new(Kind::Talent, cluster),
        Err(RootError::Namespace(_))
    ));

    let sandbox = Root::new(
        Kind::Talent,
        &format!("http://127.0.0.1:7410/namespaces/{GUID}"),
    )
    .unwrap();
    assert_eq!(sandbox.audience(), "http://127.0.0.1:7410");
}

#[test]
fn a_look_alike_of_microsofts_host_is_its_own_audience() {
    let address = format!("https://hr.talent.dynamics.com.example.org/namespaces/{GUID}");
    let root = Root::new(Kind::Talent, &address).unwrap();
    assert_eq!(
        root.audience(),
        "https://hr.talent.dynamics.com.example.org"
    );
}

#[test]
fn plain_http_is_for_this_machine_only() {
    for address in [
        "http://127.0.0.1:7410",
        "http://localhost:7410",
        "http://[::1]:7410",
    ] {
        let root = Root::new(Kind::FinanceOperations, address).unwrap();
        assert_eq!(root.origin(), address);
    }
    for address in [
        "http://contoso.operations.dynamics.com",
        "http://localhost.example.org",
        "ftp://localhost",
        "https://",
        "https://user@contoso.com",
        "https://contoso.com?x=1",
        "https://contoso.com#x",
        "https://contoso.com:0",
        "https://contoso.com:99999",
        "https://con toso.com",
        "https://[::2]",
        "contoso.com",
        "",
    ] {
        let answer = Root::new(Kind::FinanceOperations, address);
        assert!(
            matches!(answer, Err(RootError::Address(_))),
            "{address}: {answer:?}"
        );
    }
}

#[test]
fn a_path_and_dataverse_are_told_what_to_do() {
    let deep = Root::new(Kind::FinanceOperations, "https://contoso.com/some/data");
    assert!(matches!(deep, Err(RootError::Path(_))), "{deep:?}");
    let later = Root::new(Kind::Dataverse, "https://contoso.crm4.dynamics.com");
    assert_eq!(later, Err(RootError::Dataverse));
    assert_eq!("dataverse".parse(), Ok(Kind::Dataverse));
    assert!(
        "Talent "
            .parse::<Kind>()
            .unwrap_err()
            .to_string()
            .contains("finance-operations")
    );
}
