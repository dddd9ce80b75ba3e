package ml.keneya.store;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import ml.keneya.conformance.Canonicals;
import org.apache.commons.csv.CSVRecord;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.MarkdownType;
import org.hl7.fhir.r4.model.SearchParameter;
import org.hl7.fhir.r4.model.SearchParameter.SearchParameterComponentComponent;
import org.jspecify.annotations.Nullable;

/**
 * What the exchange can search for, as the guide publishes it: each row of {@code search-parameters.csv} under an
 * address of ours, derived from FHIR's, and what the row says it is for. FHIR's own address would claim that HL7 wrote
 * that.
 */
public final class PublishedSearchParameters {

    private static final String TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation";

    private final KeptSearchParameters kept =
            new KeptSearchParameters(new DefaultProfileValidationSupport(FhirContext.forR4Cached()));

    private PublishedSearchParameters() {}

    public static List<SearchParameter> all() {
        return new PublishedSearchParameters().published();
    }

    private List<SearchParameter> published() {
        Map<String, SearchParameter> byKeptUrl = new LinkedHashMap<>();
        for (CSVRecord row : KeptSearchParametersTest.rows()) {
            SearchParameter parameter = keptFor(row.get("resource_type"), row.get("code"));
            byKeptUrl.put(
                    parameter.getUrl(),
                    published(parameter, row.get("canonical"), row.get("use_fr"), row.get("use_en")));
        }
        kept.all().stream()
                .filter(parameter -> parameter.getUrl().startsWith(Canonicals.OWNER_PARAMETER))
                .forEach(owner -> byKeptUrl.put(
                        owner.getUrl(),
                        published(
                                owner,
                                null,
                                "Une structure lit ses propres dossiers : le code de la structure à qui est le dossier,"
                                        + " dans l'étiquette que pose l'échange.",
                                "A facility reads its own records: the code of the facility whose record it is, in the"
                                        + " label that the exchange puts.")));
        byKeptUrl.values().stream()
                .flatMap(parameter -> parameter.getComponent().stream())
                .forEach(component -> pointToPublished(component, byKeptUrl));
        return List.copyOf(byKeptUrl.values());
    }

    private SearchParameter keptFor(String type, String code) {
        return kept.all().stream()
                .filter(parameter -> parameter.getBase().size() == 1 && parameter.hasBase(type))
                .filter(parameter -> parameter.getCode().equals(code))
                .findFirst()
                .orElseThrow();
    }

    private static SearchParameter published(
            SearchParameter kept, @Nullable String derivedFrom, String french, String english) {
        SearchParameter own = new SearchParameter();
        String type = kept.getBase().get(0).getCode();
        own.setId(derivedFrom == null ? kept.getIdPart() : "ml-" + type + "-" + kept.getCode());
        own.setUrl(Canonicals.BASE + "/SearchParameter/" + own.getIdElement().getIdPart());
        own.setDerivedFrom(derivedFrom);
        own.setLanguage("fr");
        own.setName(nameOf(own.getIdElement().getIdPart()));
        own.setStatus(PublicationStatus.ACTIVE);
        own.setPublisher("Kènèya");
        own.addJurisdiction(new CodeableConcept(new Coding("urn:iso:std:iso:3166", "ML", null)));
        MarkdownType use = new MarkdownType(french);
        var translation = use.addExtension().setUrl(TRANSLATION);
        translation.addExtension("lang", new CodeType("en"));
        translation.addExtension("content", new MarkdownType(english));
        own.setDescriptionElement(use);
        own.setCode(kept.getCode());
        own.setBase(kept.getBase());
        own.setType(kept.getType());
        own.setExpression(kept.getExpression());
        own.setTarget(kept.getTarget());
        own.setComponent(kept.getComponent().stream()
                .map(SearchParameterComponentComponent::copy)
                .toList());
        return own;
    }

    /** {@code ml-Encounter-service-provider} becomes {@code MLEncounterServiceProvider}. */
    private static String nameOf(String id) {
        StringBuilder name = new StringBuilder("ML");
        for (String word : id.substring("ml-".length()).split("-")) {
            name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        return name.toString();
    }

    private static void pointToPublished(
            SearchParameterComponentComponent component, Map<String, SearchParameter> byKeptUrl) {
        component.setDefinition(
                Objects.requireNonNull(byKeptUrl.get(component.getDefinition())).getUrl());
    }
}
