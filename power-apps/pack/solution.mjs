// The three files at a solution's root, in the form of Microsoft's own samples: a byte order mark, CRLF,
// `customizations.xml` and `solution.xml` in lower case.

const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
const rooted = (xml) => Buffer.from(`\ufeff<?xml version="1.0" encoding="utf-8"?>\n${xml}\n`.replaceAll("\n", "\r\n"));
const nil = (name) => `<${name} xsi:nil="true"></${name}>`;

/** `customizations.xml`: which controls there are. */
export function customizations({ schema, language }) {
  const empty = (names) => names.split(" ").map((name) => `<${name} />`).join("");
  return rooted(`<ImportExportXml xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  ${empty("Entities Roles Workflows FieldSecurityProfiles Templates EntityMaps EntityRelationships OrganizationSettings optionsets")}
  <CustomControls>
    <CustomControl>
      <Name>${escape(schema)}</Name>
      <FileName>/Controls/${escape(schema)}/ControlManifest.xml</FileName>
    </CustomControl>
  </CustomControls>
  ${empty("SolutionPluginAssemblies EntityDataProviders")}
  <Languages><Language>${language}</Language></Languages>
</ImportExportXml>`);
}

/** `solution.xml`: who publishes what, and whether a customer may change it. */
export function solution({ uniqueName, name, publisher, language, schema, version, managed }) {
  const localized = (text) => `<LocalizedNames><LocalizedName description="${escape(text)}" languagecode="${language}" /></LocalizedNames>`;
  return rooted(`<ImportExportXml version="9.1.0.643" SolutionPackageVersion="9.1" languagecode="${language}" generatedBy="CrmLive" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <SolutionManifest>
    <UniqueName>${escape(uniqueName)}</UniqueName>
    ${localized(name)}
    <Descriptions />
    <Version>${version}</Version>
    <Managed>${managed ? 1 : 0}</Managed>
    <Publisher>
      <UniqueName>${escape(publisher.uniqueName)}</UniqueName>
      ${localized(publisher.name)}
      <Descriptions><Description description="${escape(publisher.name)}" languagecode="${language}" /></Descriptions>
      ${nil("EMailAddress")}
      ${nil("SupportingWebsiteUrl")}
      <CustomizationPrefix>${publisher.prefix}</CustomizationPrefix>
      <CustomizationOptionValuePrefix>${publisher.optionValuePrefix}</CustomizationOptionValuePrefix>
      <Addresses>${address(1)}${address(2)}</Addresses>
    </Publisher>
    <RootComponents><RootComponent type="66" schemaName="${escape(schema)}" behavior="0" /></RootComponents>
    <MissingDependencies />
  </SolutionManifest>
</ImportExportXml>`);
}

/** A publisher has two addresses, both empty here, with every element the import looks for. */
function address(number) {
  const before = "City County Country Fax FreightTermsCode ImportSequenceNumber Latitude Line1 Line2 Line3 Longitude Name PostalCode PostOfficeBox PrimaryContactName";
  const after = "StateOrProvince Telephone1 Telephone2 Telephone3 TimeZoneRuleVersionNumber UPSZone UTCOffset UTCConversionTimeZoneCode";
  const nils = (names) => names.split(" ").map(nil).join("");
  return `<Address><AddressNumber>${number}</AddressNumber><AddressTypeCode>1</AddressTypeCode>${nils(before)}<ShippingMethodCode>1</ShippingMethodCode>${nils(after)}</Address>`;
}

/** `[Content_Types].xml`: XML, everything else as bytes, and the manifest as bytes, too. */
export function contentTypes({ schema, paths }) {
  const extensions = [...new Set(paths.map((path) => path.split(".").pop().toLowerCase()))].filter((extension) => extension !== "xml").sort();
  const defaults = extensions.map((extension) => `<Default Extension="${extension}" ContentType="application/octet-stream" />`).join("");
  const override = `<Override PartName="/Controls/${escape(schema)}/ControlManifest.xml" ContentType="application/octet-stream" />`;
  return Buffer.from(`\ufeff<?xml version="1.0" encoding="utf-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="text/xml" />${defaults}${override}</Types>`);
}
