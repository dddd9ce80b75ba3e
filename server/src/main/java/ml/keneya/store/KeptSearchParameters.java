package ml.keneya.store;

import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.jpa.searchparam.registry.ISearchParamProvider;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.server.SimpleBundleProvider;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import ml.keneya.conformance.Canonicals;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.SearchParameter;
import org.hl7.fhir.r4.model.SearchParameter.SearchParameterComponentComponent;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * The search parameters that somebody uses, from {@code search-parameters.csv}. Each one costs a FHIRPath evaluation
 * and index rows on every write, so all others of FHIR are retired. The set is fixed when the server is built, hence
 * equal on every copy of it.
 */
@Component("keptSearchParameters")
class KeptSearchParameters implements ISearchParamProvider {

    /** Parameters of every resource type; they cost no index rows. */
    private static final List<String> OF_EVERY_TYPE = List.of(
            "http://hl7.org/fhir/SearchParameter/Resource-id",
            "http://hl7.org/fhir/SearchParameter/Resource-lastUpdated");

    private static final Set<SearchParamType> NUMERIC =
            Set.of(SearchParamType.NUMBER, SearchParamType.QUANTITY, SearchParamType.COMPOSITE);

    private final List<SearchParameter> kept;
    private final Compartments compartments;
    private final Set<String> numeric;

    KeptSearchParameters(DefaultProfileValidationSupport baseDefinitions) {
        Map<String, SearchParameter> standard = standardParameters(baseDefinitions);
        Map<String, SearchParameter> kept = new LinkedHashMap<>();
        OF_EVERY_TYPE.forEach(canonical -> kept.put(canonical, activeCopy(standard, canonical)));
        for (CSVRecord row : rows()) {
            SearchParameter parameter = ofOneType(activeCopy(standard, row.get("canonical")), row.get("resource_type"));
            kept.put(parameter.getUrl(), parameter);
        }
        kept.values().forEach(parameter -> pointToOwnComponents(parameter, kept.values()));
        List<String> types = new ArrayList<>(ResourceTypesInUse.OF_RECORDS);
        // FHIR has an owner of a task, who is somebody else: there the label goes by another name.
        types.remove("Task");
        // Traces belong to nobody.
        types.remove("AuditEvent");
        List<SearchParameter> all = new ArrayList<>(kept.values());
        all.add(ownerParameter(Canonicals.OWNER_PARAMETER, "owner", types));
        all.add(ownerParameter(Canonicals.OWNER_PARAMETER + "-of-task", "owner-facility", List.of("Task")));
        this.numeric = standard.values().stream()
                .filter(parameter -> NUMERIC.contains(parameter.getType()))
                .map(SearchParameter::getCode)
                .collect(Collectors.toUnmodifiableSet());
        this.compartments = new Compartments(baseDefinitions.getFhirContext(), all);
        all.addAll(compartments.unions());
        this.kept = List.copyOf(all);
    }

    @Override
    public IBundleProvider search(SearchParameterMap parameters) {
        return new SimpleBundleProvider(new ArrayList<IBaseResource>(kept));
    }

    @Override
    public IBaseResource read(IIdType id) {
        return kept.stream()
                .filter(parameter -> parameter.getIdElement().getIdPart().equals(id.getIdPart()))
                .findFirst()
                .orElseThrow(() -> new ResourceNotFoundException(id));
    }

    List<IIdType> ids() {
        return kept.stream()
                .map(parameter -> (IIdType) parameter.getIdElement())
                .toList();
    }

    List<SearchParameter> all() {
        return kept;
    }

    /** What FHIR calls a parameter that we cut to one type; clients know no other name. */
    String standardCanonicalOf(String canonical) {
        return kept.stream()
                .filter(parameter -> parameter.getUrl().equals(canonical))
                .map(SearchParameter::getDerivedFrom)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(canonical);
    }

    /** Codes of all parameters of FHIR, kept or not, whose values HAPI reads as numbers. */
    Set<String> numeric() {
        return numeric;
    }

    Compartments compartments() {
        return compartments;
    }

    private static List<CSVRecord> rows() {
        ClassPathResource list = new ClassPathResource("search-parameters.csv", KeptSearchParameters.class);
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setCommentMarker('#')
                .build();
        try (Reader reader = new InputStreamReader(list.getInputStream(), StandardCharsets.UTF_8)) {
            return format.parse(reader).getRecords();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The list of search parameters is not readable.", unreadable);
        }
    }

    private static Map<String, SearchParameter> standardParameters(DefaultProfileValidationSupport definitions) {
        Map<String, SearchParameter> byUrl = new LinkedHashMap<>();
        List<SearchParameter> all = definitions.fetchAllSearchParameters();
        all.forEach(parameter -> byUrl.put(parameter.getUrl(), parameter));
        return byUrl;
    }

    private static SearchParameter activeCopy(Map<String, SearchParameter> standard, String canonical) {
        SearchParameter original = standard.get(canonical);
        if (original == null) {
            throw new IllegalStateException("FHIR R4 has no search parameter " + canonical + ".");
        }
        // HAPI ignores drafts, and many parameters of R4 were published as one.
        return original.copy().setStatus(PublicationStatus.ACTIVE);
    }

    /**
     * A parameter that FHIR shares between many types becomes one for each: HAPI evaluates every branch of its
     * expression on every record, thirty of them for {@code clinical-patient}, nine tenths of them in vain. The shared
     * canonical can stand for one only, so each of these has its own and names what it is derived from.
     */
    private static SearchParameter ofOneType(SearchParameter parameter, String resourceType) {
        if (parameter.getBase().size() == 1) {
            return parameter;
        }
        String shared = parameter.getUrl();
        parameter.setId("ml-" + resourceType + "-" + parameter.getCode());
        parameter.setUrl(
                Canonicals.BASE + "/SearchParameter/" + parameter.getIdElement().getIdPart());
        parameter.setDerivedFrom(shared);
        descriptionFor(resourceType, parameter.getDescription()).ifPresent(parameter::setDescription);
        parameter.setBase(List.of(new CodeType(resourceType)));
        String own = Arrays.stream(parameter.getExpression().split(" \\| "))
                .map(String::strip)
                .filter(branch -> branch.startsWith(resourceType + ".") || branch.startsWith("(" + resourceType + "."))
                .collect(Collectors.joining(" | "));
        return own.isEmpty() ? parameter : parameter.setExpression(own);
    }

    /** A composite of a shared parameter's components is one of those that the components became for the same type. */
    private static void pointToOwnComponents(SearchParameter composite, Collection<SearchParameter> kept) {
        for (SearchParameterComponentComponent component : composite.getComponent()) {
            kept.stream()
                    .filter(each -> component.getDefinition().equals(each.getDerivedFrom()))
                    .filter(each -> each.hasBase(composite.getBase().get(0).getCode()))
                    .findFirst()
                    .ifPresent(each -> component.setDefinition(each.getUrl()));
        }
    }

    /**
     * FHIR describes a shared parameter type by type, in lines such as {@code * [Encounter](encounter.html): A date}.
     */
    private static Optional<String> descriptionFor(String resourceType, String description) {
        String start = "* [" + resourceType + "]";
        return description
                .lines()
                .filter(line -> line.startsWith(start))
                .map(line -> line.replaceFirst("^[^:]*: *", ""))
                .findFirst();
    }

    /** Access control and every facility's own view search by the label that names the owner (decision 15). */
    private static SearchParameter ownerParameter(String canonical, String code, Collection<String> types) {
        SearchParameter owner = new SearchParameter();
        owner.setId(canonical.substring(canonical.lastIndexOf('/') + 1));
        owner.setUrl(canonical);
        owner.setName(code);
        owner.setCode(code);
        owner.setStatus(PublicationStatus.ACTIVE);
        owner.setDescription("Code of the facility whose record it is, as the exchange labelled it.");
        owner.setType(SearchParamType.TOKEN);
        // Without a type in front, or HAPI reads it as a parameter of its own.
        owner.setExpression("meta.security.where(system='" + Canonicals.OWNER + "')");
        types.forEach(type -> owner.getBase().add(new CodeType(type)));
        return owner;
    }
}
