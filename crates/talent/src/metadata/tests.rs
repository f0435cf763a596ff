use proptest::prelude::*;

use super::*;

const METADATA: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="Microsoft.Dynamics.DataEntities" xmlns="http://docs.oasis-open.org/odata/ns/edm">
<EnumType Name="NoYes"><Member Name="Yes" Value="1"/></EnumType>
<EntityType Name="BaseWorker"><Property Name="Elsewhere_Custom" Type="Edm.Int32"/></EntityType>
<EntityType Abstract="false" Name="Worker">
  <Key><PropertyRef Name="PersonnelNumber" /></Key>
  <Property Name="PersonnelNumber" Type="Edm.String" Nullable="false">
    <Annotation Term="Microsoft.Dynamics.OData.Core.V1.AXType">
      <EnumMember>Microsoft.Dynamics.OData.Core.V1.AXType/String</EnumMember></Annotation>
  </Property>
  <Property Name="EloopsCoins_Custom" Type="Edm.Int32" Nullable="false" />
  <Property Name="ELOOPSUPLOADS" Type="Edm.Decimal"></Property>
  <Property Name="Motto_Custom" Type="Edm.String"/>
  <NavigationProperty Name="Title" Type="Microsoft.Dynamics.DataEntities.Title"/>
</EntityType>
<EntityType Name="WorkerTitle"><Property Name="Later_Custom" Type="Edm.Int32"/></EntityType>
</Schema></edmx:DataServices></edmx:Edmx>"#;

fn resolve(names: &[&str]) -> Result<Vec<CustomField>, FieldError> {
    resolve_worker_fields(METADATA.as_bytes(), names)
}

#[test]
fn names_are_found_in_any_case_with_and_without_custom() {
    let want = [
        CustomField {
            name: "EloopsCoins_Custom".into(),
            edm: Edm::Int32,
        },
        CustomField {
            name: "ELOOPSUPLOADS".into(),
            edm: Edm::Decimal,
        },
    ];
    for names in [
        ["EloopsCoins", "EloopsUploads"],
        ["eloopscoins_custom", "EloopsUploads_Custom"],
        ["ELOOPSCOINS", "eloopsuploads"],
    ] {
        assert_eq!(resolve(&names).unwrap(), want, "{names:?}");
    }
}

#[test]
fn a_missing_field_says_how_to_make_it() {
    let error = resolve(&["EloopsCoins", "Elsewhere", "Later"]).unwrap_err();
    assert_eq!(
        error,
        FieldError::Missing(vec!["Elsewhere".into(), "Later".into()])
    );
    let text = error.to_string();
    for step in [
        "`Elsewhere` and no `Later`",
        "type Number",
        "Custom fields",
        "Enabled",
        "Apply changes",
    ] {
        assert!(text.contains(step), "{text} should mention {step}");
    }
}

#[test]
fn text_and_keys_are_no_numbers() {
    let error = resolve(&["Motto"]).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("`Motto_Custom` in Talent is of type Edm.String"),
        "{error}"
    );
}

#[test]
fn the_exact_name_comes_first() {
    let xml = r#"<EntityType Name="Worker"><Property Name="a_Custom" Type="Edm.Int32"/>
        <Property Name="A" Type="Edm.Int64"/></EntityType>"#;
    let resolve = |name| {
        resolve_worker_fields(xml.as_bytes(), &[name]).unwrap()[0]
            .name
            .to_string()
    };
    assert_eq!(resolve("A"), "A");
    assert_eq!(resolve("a"), "A");
    assert_eq!(resolve("a_custom"), "a_Custom");
}

#[test]
fn what_is_not_talents_metadata() {
    let resolve =
        |text: &str| resolve_worker_fields(text.as_bytes(), &["EloopsCoins"]).unwrap_err();
    assert_eq!(resolve(""), FieldError::NoWorker);
    assert_eq!(resolve("<html><body></body></html>"), FieldError::NoWorker);
    assert!(matches!(resolve("<a></b>"), FieldError::Unreadable(_)));
    let cut = METADATA.find("Motto").unwrap();
    assert!(matches!(
        resolve(&METADATA[..cut]),
        FieldError::Unreadable(_)
    ));
    assert!(
        resolve_worker_fields(format!("\u{feff}{METADATA}").as_bytes(), &["EloopsCoins"]).is_ok()
    );
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
        let _ = resolve_worker_fields(&*bytes, &["EloopsCoins"]);
    }

    #[test]
    fn any_cut_is_read_or_refused(at in 0usize..2_000) {
        let _ = resolve_worker_fields(&METADATA.as_bytes()[..at.min(METADATA.len())], &["EloopsCoins"]);
    }

    #[test]
    fn any_change_is_read_or_refused(at in 0usize..2_000, byte: u8) {
        let mut bytes = METADATA.as_bytes().to_vec();
        let length = bytes.len();
        bytes[at % length] = byte;
        let _ = resolve_worker_fields(&*bytes, &["EloopsCoins"]);
    }
}
