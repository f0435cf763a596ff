//! `$metadata`: the schema as CSDL, in the shape seen in finance and operations environments.

use std::fmt::Write as _;

use quick_xml::escape::escape;

use super::{EntityType, EnumType, Kind, NAMESPACE, Navigation, Property, Schema, enums};

/// The namespace of Talent's annotation terms.
const CORE: &str = "Microsoft.Dynamics.OData.Core.V1";
const EDMX: &str = "http://docs.oasis-open.org/odata/ns/edmx";
const EDM: &str = "http://docs.oasis-open.org/odata/ns/edm";

/// The members of `AXType`, in order of their values.
const AX_TYPES: [&str; 12] = [
    "Container",
    "Date",
    "Enum",
    "Guid",
    "Int32",
    "Int64",
    "Real",
    "Record",
    "String",
    "Time",
    "UtcDateTime",
    "Void",
];

/// Annotation terms and the type of their value.
const TERMS: [(&str, &str); 8] = [
    ("LabelId", "Edm.String"),
    ("HelpTextId", "Edm.String"),
    ("AllowEdit", "Edm.Boolean"),
    ("AllowEditOnCreate", "Edm.Boolean"),
    ("IsRequired", "Edm.Boolean"),
    ("IsReadOnly", "Edm.Boolean"),
    ("ConfigurationKeyEnabled", "Edm.Boolean"),
    ("AXType", "Microsoft.Dynamics.OData.Core.V1.AXType"),
];

/// The document.
pub(super) fn write(schema: &Schema) -> String {
    let mut xml = Xml(String::with_capacity(256 * 1024));
    xml.line("<?xml version=\"1.0\" encoding=\"utf-8\"?>");
    xml.line(format_args!(
        "<edmx:Edmx Version=\"4.0\" xmlns:edmx=\"{EDMX}\">"
    ));
    xml.line("<edmx:DataServices>");
    xml.line(format_args!(
        "<Schema Namespace=\"{NAMESPACE}\" xmlns=\"{EDM}\">"
    ));
    enums::ALL.iter().for_each(|of| enum_type(&mut xml, of));
    schema
        .types()
        .iter()
        .for_each(|entity| entity_type(&mut xml, entity));
    container(&mut xml, schema);
    xml.line("</Schema>");
    core_schema(&mut xml);
    xml.line("</edmx:DataServices>\n</edmx:Edmx>");
    xml.0
}

struct Xml(String);

impl Xml {
    fn line(&mut self, line: impl std::fmt::Display) {
        // Writing to a String does not fail.
        let written = writeln!(self.0, "{line}");
        debug_assert!(written.is_ok());
    }

    fn text_annotation(&mut self, term: &str, value: &str) {
        let value = escape(value);
        self.line(format_args!(
            "<Annotation Term=\"{CORE}.{term}\" String=\"{value}\" />"
        ));
    }

    fn flag(&mut self, term: &str, value: bool) {
        self.line(format_args!(
            "<Annotation Term=\"{CORE}.{term}\" Bool=\"{value}\" />"
        ));
    }
}

fn enum_type(xml: &mut Xml, of: &EnumType) {
    xml.line(format_args!("<EnumType Name=\"{}\">", of.name));
    for (name, value) in of.members {
        xml.line(format_args!("<Member Name=\"{name}\" Value=\"{value}\">"));
        xml.text_annotation("LabelId", &format!("@HumanResources:{}_{name}", of.name));
        xml.line("</Member>");
    }
    xml.line("</EnumType>");
}

fn entity_type(xml: &mut Xml, entity: &EntityType) {
    xml.line(format_args!("<EntityType Name=\"{}\">", entity.name));
    xml.line("<Key>");
    for property in entity.key_properties() {
        xml.line(format_args!("<PropertyRef Name=\"{}\" />", property.name));
    }
    xml.line("</Key>");
    entity
        .properties
        .iter()
        .for_each(|property| property_element(xml, property));
    for navigation in entity.navigations {
        navigation_property(xml, navigation);
    }
    xml.text_annotation("LabelId", &format!("@HumanResources:{}", entity.name));
    xml.flag("ConfigurationKeyEnabled", true);
    xml.flag("IsReadOnly", false);
    xml.line("</EntityType>");
}

/// String keys, numbers, GUIDs and dates are not nullable; the others leave the attribute out.
fn property_element(xml: &mut Xml, property: &Property) {
    let kind = property.kind;
    let never_null = match kind {
        Kind::Text => property.key,
        Kind::Enum(_) | Kind::Binary => false,
        _ => true,
    };
    let nullable = if never_null {
        " Nullable=\"false\""
    } else {
        ""
    };
    let name = escape(&*property.name);
    xml.line(format_args!(
        "<Property Name=\"{name}\" Type=\"{}\"{nullable}>",
        kind.edm()
    ));
    xml.text_annotation("LabelId", &property.label);
    xml.flag("AllowEdit", !property.key);
    xml.flag("IsRequired", property.key || property.required);
    xml.line(format_args!("<Annotation Term=\"{CORE}.AXType\">"));
    xml.line(format_args!(
        "<EnumMember>{CORE}.AXType/{}</EnumMember></Annotation>",
        kind.ax_type()
    ));
    xml.line("</Property>");
}

/// The form of these elements is not known from a real environment; this is the standard's.
fn navigation_property(xml: &mut Xml, navigation: &Navigation) {
    let Navigation {
        name, target, many, ..
    } = navigation;
    let target = super::build::type_name(target);
    let target = if *many {
        format!("Collection({NAMESPACE}.{target})")
    } else {
        format!("{NAMESPACE}.{target}")
    };
    xml.line(format_args!(
        "<NavigationProperty Name=\"{name}\" Type=\"{target}\" />"
    ));
}

fn container(xml: &mut Xml, schema: &Schema) {
    xml.line("<EntityContainer Name=\"Resources\">");
    for entity in schema.types() {
        let (set, name) = (entity.set, entity.full_name());
        xml.line(format_args!(
            "<EntitySet Name=\"{set}\" EntityType=\"{name}\">"
        ));
        for Navigation { name, target, .. } in entity.navigations {
            xml.line(format_args!(
                "<NavigationPropertyBinding Path=\"{name}\" Target=\"{target}\" />"
            ));
        }
        xml.line("</EntitySet>");
    }
    xml.line("</EntityContainer>");
}

fn core_schema(xml: &mut Xml) {
    xml.line(format_args!(
        "<Schema Namespace=\"{CORE}\" xmlns=\"{EDM}\">"
    ));
    xml.line("<EnumType Name=\"AXType\">");
    for (value, name) in AX_TYPES.iter().enumerate() {
        xml.line(format_args!("<Member Name=\"{name}\" Value=\"{value}\" />"));
    }
    xml.line("</EnumType>");
    for (name, of) in TERMS {
        xml.line(format_args!("<Term Name=\"{name}\" Type=\"{of}\" />"));
    }
    xml.line("</Schema>");
}
