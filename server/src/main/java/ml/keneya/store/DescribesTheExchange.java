package ml.keneya.store;

import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.annotation.Metadata;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.provider.ServerCapabilityStatementProvider;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import ml.keneya.conformance.Canonicals;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceSearchParamComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.ConditionalDeleteStatus;
import org.hl7.fhir.r4.model.CapabilityStatement.ResourceVersionPolicy;
import org.hl7.fhir.r4.model.CapabilityStatement.SystemRestfulInteraction;
import org.hl7.fhir.r4.model.StringType;
import org.springframework.core.io.ClassPathResource;

/**
 * The CapabilityStatement: what the exchange is, in French with the English beside it ({@code capability.json}), and
 * what HAPI knows to be bound. What HAPI would only claim is left out: formats that are not written, parameters that
 * are not kept, the number of records.
 */
class DescribesTheExchange extends ServerCapabilityStatementProvider {

    /** By how many addresses the exchange is known at once; what it offers never changes while it runs. */
    private static final int ADDRESSES = 16;

    private final RestfulServer server;
    private final KeptSearchParameters kept;
    private final IFhirResourceDao<?> operations;
    private final CapabilityStatement described;
    private final Cache<String, CapabilityStatement> statements =
            Caffeine.newBuilder().maximumSize(ADDRESSES).build();

    DescribesTheExchange(
            RestfulServer server,
            ISearchParamRegistry searchParameters,
            KeptSearchParameters kept,
            IValidationSupport support,
            IFhirResourceDao<?> operations) {
        super(server, searchParameters, support);
        this.operations = operations;
        this.server = server;
        this.kept = kept;
        this.described = described(server);
    }

    private static CapabilityStatement described(RestfulServer server) {
        ClassPathResource file = new ClassPathResource("capability.json", DescribesTheExchange.class);
        try (InputStream stream = file.getInputStream()) {
            return server.getFhirContext().newJsonParser().parseResource(CapabilityStatement.class, stream);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The description of the exchange is not readable.", unreadable);
        }
    }

    /** HAPI would keep one statement for a minute and tell every client the address that the first one used. */
    @Override
    @Metadata(cacheMillis = 0)
    public CapabilityStatement getServerConformance(HttpServletRequest servletRequest, RequestDetails request) {
        return statements.get(request.getServerBaseForRequest(), base -> describe(servletRequest, request));
    }

    /**
     * HAPI reads only what it offers itself by this address, and would say of what somebody stored that it is not
     * there.
     */
    @Override
    public IBaseResource readOperationDefinition(IIdType id, RequestDetails request) {
        try {
            return super.readOperationDefinition(id, request);
        } catch (ResourceNotFoundException notOffered) {
            return operations.read(id, request);
        }
    }

    private CapabilityStatement describe(HttpServletRequest servletRequest, RequestDetails request) {
        CapabilityStatement bound = (CapabilityStatement) super.getServerConformance(servletRequest, request);
        CapabilityStatement statement = described.copy();
        statement.setUrl(Canonicals.BASE + "/CapabilityStatement/" + statement.getIdPart());
        statement.setVersion(server.getServerVersion());
        statement.setDateElement(bound.getDateElement());
        statement.setFhirVersion(bound.getFhirVersion());
        statement.getSoftware().setVersion(server.getServerVersion());
        statement.getImplementation().setUrl(bound.getImplementation().getUrl());
        List.of("application/fhir+json", "application/fhir+xml", "json", "xml").forEach(statement::addFormat);
        statement.addPatchFormat("application/json-patch+json").addPatchFormat("application/fhir+json");
        statement.setRest(bound.getRest());
        complete(statement.getRestFirstRep());
        return statement;
    }

    /** Only parameters of the registry are kept; HAPI would add those that its providers merely know the name of. */
    @Override
    protected boolean searchParamEnabled(String resourceType, String parameter) {
        return false;
    }

    private void complete(CapabilityStatementRestComponent rest) {
        rest.setDocumentation(null);
        if (rest.getInteraction().stream().noneMatch(each -> each.getCode() == SystemRestfulInteraction.BATCH)) {
            rest.addInteraction().setCode(SystemRestfulInteraction.BATCH);
        }
        // GET [base]?_type=…, and every compartment of FHIR; HAPI serves neither, so it knows of neither.
        rest.addInteraction().setCode(SystemRestfulInteraction.SEARCHSYSTEM);
        Compartments.names().forEach(rest::addCompartment);
        rest.getResource().forEach(this::complete);
        rest.getResource().sort(Comparator.comparing(CapabilityStatementRestResourceComponent::getType));
    }

    private void complete(CapabilityStatementRestResourceComponent resource) {
        resource.setVersioning(ResourceVersionPolicy.VERSIONEDUPDATE);
        resource.setReadHistory(true);
        resource.setUpdateCreate(true);
        resource.setConditionalDelete(ConditionalDeleteStatus.SINGLE);
        resource.getSearchParam().removeIf(parameter -> Compartments.isUnion(parameter.getName()));
        resource.getSearchInclude().removeIf(DescribesTheExchange::isUnion);
        resource.getSearchRevInclude().removeIf(DescribesTheExchange::isUnion);
        resource.getSearchParam()
                .forEach(parameter -> parameter.setDefinition(kept.standardCanonicalOf(parameter.getDefinition())));
        resource.getSearchParam()
                .sort(Comparator.comparing(CapabilityStatementRestResourceSearchParamComponent::getName));
    }

    private static boolean isUnion(StringType include) {
        return Compartments.isUnion(include.getValue().replaceFirst("^[^:]*:", ""));
    }
}
