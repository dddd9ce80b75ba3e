package ml.keneya.guide;

import java.util.List;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.Enumerations.FHIRVersion;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.ImplementationGuide;
import org.hl7.fhir.r4.model.ImplementationGuide.GuidePageGeneration;
import org.hl7.fhir.r4.model.ImplementationGuide.ImplementationGuideDefinitionComponent;
import org.hl7.fhir.r4.model.ImplementationGuide.ImplementationGuideDefinitionResourceComponent;
import org.hl7.fhir.r4.model.ImplementationGuide.SPDXLicense;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.UrlType;

/** Writes the resource by which tools list what a package holds and which profile each example is of. */
final class ImplementationGuides {

    private ImplementationGuides() {}

    static ImplementationGuide of(
            Published published, ConformanceContent content, List<PackagedExample> examples, Words words) {
        ImplementationGuide guide = new ImplementationGuide();
        guide.setId(published.name());
        guide.setUrl(
                content.profilesAddress().replace("StructureDefinition", "ImplementationGuide") + published.name());
        guide.setVersion(published.version());
        guide.setName("MLKeneyaCore");
        guide.setLanguage(Language.FRENCH.code());
        words.text("siteName").writeTo(guide.getTitleElement());
        words.text("packageDescription").writeTo(guide.getDescriptionElement());
        guide.setStatus(PublicationStatus.DRAFT);
        guide.setPublisher("Kènèya");
        guide.setPackageId(published.name());
        guide.setLicense(SPDXLicense.fromCode(Published.LICENCE));
        guide.addFhirVersion(FHIRVersion._4_0_1);
        ImplementationGuideDefinitionComponent definition = guide.getDefinition();
        content.resources().forEach(resource -> describe(resource, definition.addResource()));
        examples.forEach(example -> definition
                .addResource()
                .setReference(new Reference(example.type() + "/" + example.id()))
                .setName(example.example().shows())
                .setExample(new CanonicalType(example.profile())));
        Text start = words.text("start");
        definition
                .getPage()
                .setName(new UrlType("fr/index.html"))
                .setTitle(start.french())
                .setGeneration(GuidePageGeneration.HTML);
        return guide;
    }

    private static void describe(Resource resource, ImplementationGuideDefinitionResourceComponent into) {
        into.setReference(new Reference(resource.fhirType() + "/" + resource.getIdPart()));
        into.setExample(new BooleanType(false));
        if (resource instanceof MetadataResource described) {
            into.setName(described.getTitle() == null ? described.getName() : described.getTitle());
        }
    }
}
