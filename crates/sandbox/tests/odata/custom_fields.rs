//! Custom fields: there, enabled, and in OData only then.

use http::StatusCode;
use talent_sandbox::schema::{CustomFieldError, CustomFieldType};

use crate::support::Talent;

const GUY: &str = "/data/Workers('000001')";

#[tokio::test]
async fn a_field_is_invisible_until_enabled() {
    let talent = Talent::new();
    let create = |name: &str, enabled| {
        talent
            .store
            .create_custom_field(name, CustomFieldType::Number, "Eloops coins", enabled)
    };
    create("EloopsCoins", false).expect("a new field");
    assert_eq!(talent.get(GUY).await.json().get("EloopsCoins_Custom"), None);
    assert!(
        !talent
            .get("/data/$metadata")
            .await
            .body
            .contains("EloopsCoins")
    );
    talent
        .patch(GUY, r#"{"EloopsCoins_Custom":1}"#)
        .await
        .error(400);
    talent
        .get("/data/Workers?$select=EloopsCoins_Custom")
        .await
        .error(400);

    talent
        .store
        .enable_custom_field("EloopsCoins", true)
        .expect("the field exists");
    assert_eq!(
        talent.get(GUY).await.json()["EloopsCoins_Custom"],
        0,
        "0, never null"
    );
    let metadata = talent.get("/data/$metadata").await.body;
    let property = "<Property Name=\"EloopsCoins_Custom\" Type=\"Edm.Int32\" Nullable=\"false\">";
    assert!(metadata.contains(property), "{property}");
    assert!(metadata.contains("String=\"Eloops coins\""));
    let answer = talent.patch(GUY, r#"{"EloopsCoins_Custom":120}"#).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.body);
    let rich = talent
        .get("/data/Workers?$filter=EloopsCoins_Custom%20gt%20100")
        .await;
    assert_eq!(rich.column("EloopsCoins_Custom"), ["120"]);
    talent
        .patch(GUY, r#"{"EloopsCoins_Custom":"x"}"#)
        .await
        .error(400);

    talent
        .store
        .enable_custom_field("EloopsCoins", false)
        .expect("the field exists");
    assert_eq!(talent.get(GUY).await.json().get("EloopsCoins_Custom"), None);
    talent
        .store
        .enable_custom_field("EloopsCoins", true)
        .expect("the field exists");
    assert_eq!(
        talent.get(GUY).await.json()["EloopsCoins_Custom"],
        120,
        "the value was kept"
    );

    talent.store.reset();
    assert!(talent.store.schema().custom_fields().is_empty());
    assert_eq!(talent.get(GUY).await.json().get("EloopsCoins_Custom"), None);
}

#[tokio::test]
async fn every_type_has_its_empty_value_and_its_edm_type() {
    let talent = Talent::new();
    let expected = [
        (
            "Checkbox",
            "Microsoft.Dynamics.DataEntities.NoYes",
            "\"No\"",
        ),
        ("Date", "Edm.DateTimeOffset", "\"1900-01-01T12:00:00Z\""),
        ("DateTime", "Edm.DateTimeOffset", "\"1900-01-01T00:00:00Z\""),
        ("Decimal", "Edm.Decimal", "0"),
        ("Number", "Edm.Int32", "0"),
        ("Picklist", "Edm.String", "\"\""),
        ("Text", "Edm.String", "\"\""),
    ];
    for (name, _, _) in expected {
        let kind = CustomFieldType::named(name).expect("a type of Talent");
        talent
            .store
            .create_custom_field(name, kind, "", true)
            .expect("a new field");
    }
    let row = talent.get(GUY).await.json();
    let metadata = talent.get("/data/$metadata").await.body;
    for (name, edm, empty) in expected {
        assert_eq!(row[format!("{name}_Custom")].to_string(), empty, "{name}");
        let property = format!("Name=\"{name}_Custom\" Type=\"{edm}\"");
        assert!(metadata.contains(&property), "{property}");
    }
}

#[test]
fn names_are_fixed_unique_and_at_most_twenty() {
    let talent = Talent::new();
    let create = |name: &str| {
        talent
            .store
            .create_custom_field(name, CustomFieldType::Text, "", false)
    };
    for name in ["", "1st", "with space", "quote\"", "é"] {
        assert_eq!(create(name), Err(CustomFieldError::Name(name.into())));
    }
    for at in 0..20 {
        create(&format!("Field{at}")).expect("there is room for twenty");
    }
    assert_eq!(
        create("FIELD0"),
        Err(CustomFieldError::Exists("FIELD0".into()))
    );
    assert_eq!(create("OneMore"), Err(CustomFieldError::Full));
    let unknown = talent.store.enable_custom_field("Nothing", true);
    assert_eq!(unknown, Err(CustomFieldError::Unknown("Nothing".into())));
}
