//! `$metadata` and the service document.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::support::Talent;

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = element
        .try_get_attribute(name)
        .expect("attributes are well-formed")?;
    Some(attribute.value.into_owned())
}

/// Entity types with key names and properties `(name, type, nullable)`.
type Types = Vec<(String, Vec<String>, Vec<(String, String, bool)>)>;

fn read(document: &str) -> Types {
    let mut reader = Reader::from_str(document);
    let mut types = Types::new();
    loop {
        match reader.read_event().expect("the document is well-formed") {
            Event::Eof => return types,
            Event::Start(e) | Event::Empty(e) => {
                let name = attribute(&e, "Name").unwrap_or_default();
                match (e.name().as_ref(), types.last_mut()) {
                    ("EntityType", _) => types.push((name, Vec::new(), Vec::new())),
                    ("PropertyRef", Some((_, key, _))) => key.push(name),
                    ("Property", Some((_, _, properties))) => {
                        let of = attribute(&e, "Type").expect("a property has a type");
                        let nullable = attribute(&e, "Nullable").as_deref() != Some("false");
                        properties.push((name, of, nullable));
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
}

#[tokio::test]
async fn the_document_has_every_set_with_true_counts_keys_and_types() {
    let answer = Talent::new().get("/data/$metadata").await;
    assert_eq!(
        answer.headers["content-type"],
        "application/xml; charset=utf-8"
    );
    let types = read(&answer.body);
    let shapes: Vec<(&str, String, usize)> = types
        .iter()
        .map(|(name, key, all)| (name.as_str(), key.join(","), all.len()))
        .collect();
    let expected = [
        ("Worker", "PersonnelNumber", 111),
        ("Position", "PositionId", 38),
        ("PositionV2", "PositionId", 29),
        ("PositionWorkerAssignmentV2", "PositionId,ValidFrom", 6),
        (
            "PositionHierarchy",
            "PositionId,HierarchyTypeName,ValidFrom,ValidTo",
            5,
        ),
        (
            "EmploymentV2",
            "PersonnelNumber,LegalEntityId,EmploymentId",
            10,
        ),
        ("DepartmentV2", "OperatingUnitNumber", 52),
        ("Title", "TitleId", 1),
        ("PersonImage", "PartyNumber", 2),
        ("PersonUser", "UserId,PartyNumber,ValidFrom", 8),
    ];
    assert_eq!(
        shapes,
        expected.map(|(name, key, count)| (name, key.to_owned(), count))
    );

    let (_, _, workers) = &types[0];
    let dates: Vec<_> = workers
        .iter()
        .filter(|(_, of, _)| of == "Edm.DateTimeOffset")
        .collect();
    assert_eq!(dates.len(), 18);
    assert!(
        dates.iter().all(|(_, _, nullable)| !nullable),
        "dates are never null: {dates:?}"
    );
    let of = |name: &str| {
        let found = workers.iter().find(|(known, _, _)| known == name);
        found.map(|(_, of, nullable)| (of.as_str(), *nullable))
    };
    assert_eq!(of("PersonnelNumber"), Some(("Edm.String", false)));
    assert_eq!(of("FirstName"), Some(("Edm.String", true)));
    assert_eq!(of("ObjectId"), Some(("Edm.Guid", false)));
    assert_eq!(of("PrimaryAddressLocation"), Some(("Edm.Int64", false)));
    assert_eq!(of("NumberOfDependents"), Some(("Edm.Int32", false)));
    let status = "Microsoft.Dynamics.DataEntities.HcmWorkerStatus";
    assert_eq!(of("WorkerStatus"), Some((status, true)));
    for text in [
        "<EntityContainer Name=\"Resources\">",
        "<EntitySet Name=\"Workers\" EntityType=\"Microsoft.Dynamics.DataEntities.Worker\">",
        "<Member Name=\"Employed\" Value=\"1\">",
        "<EnumMember>Microsoft.Dynamics.OData.Core.V1.AXType/UtcDateTime</EnumMember>",
    ] {
        assert!(answer.body.contains(text), "{text}");
    }
}

#[tokio::test]
async fn the_service_document_names_the_sets() {
    let document = Talent::new().get("/data").await.json();
    let sets = document["value"].as_array().expect("sets").iter();
    let names: Vec<&str> = sets.filter_map(|set| set["name"].as_str()).collect();
    for set in [
        "Workers",
        "Positions",
        "EmploymentsV2",
        "DepartmentsV2",
        "Titles",
        "PersonImages",
    ] {
        assert!(names.contains(&set), "{set} is not in {names:?}");
    }
}
