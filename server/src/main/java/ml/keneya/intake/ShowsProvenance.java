package ml.keneya.intake;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.SummaryEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.RestfulServerUtils;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ml.keneya.fhir.AccessNotes;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.FhirContribution;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.Provenance;
import org.springframework.stereotype.Component;

/**
 * Adds the Provenance of deliveries to what clients stored themselves: behind the first page of {@code GET
 * Provenance?target=…}, and under its own address.
 */
@Interceptor(order = 3000)
@Component
class ShowsProvenance implements FhirContribution {

    private static final Pattern TARGET = Pattern.compile("([A-Z][A-Za-z]+)/([A-Za-z0-9.-]{1,64})");
    private static final Set<String> PRESENTATION = Set.of("_count", "_format", "_pretty", "_total");
    private static final Pattern UUIDS = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final ProvenanceOfReceipts receipts;

    ShowsProvenance(ProvenanceOfReceipts receipts) {
        this.receipts = receipts;
    }

    @Override
    public void contributeTo(RestfulServer server) {
        server.registerInterceptor(this);
    }

    @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
    void addToSearch(RequestDetails request, ResponseDetails response) {
        // With any other criterion it would take an index to say which receipts meet it.
        boolean onlyTarget = PRESENTATION.containsAll(request.getParameters().keySet().stream()
                .filter(name -> !name.equals("target"))
                .toList());
        String[] targets = request.getParameters().get("target");
        if (request.getRestOperationType() != RestOperationTypeEnum.SEARCH_TYPE
                || !"Provenance".equals(request.getResourceName())
                || !onlyTarget
                || targets == null
                || targets.length != 1
                || !(response.getResponseResource() instanceof Bundle found)
                || !(request instanceof ServletRequestDetails search)) {
            return;
        }
        Matcher target =
                TARGET.matcher(targets[0].replaceFirst("^" + Pattern.quote(request.getFhirServerBase()) + "/", ""));
        if (!target.matches()) {
            return;
        }
        List<Provenance> rendered = receipts.of(target.group(1), target.group(2), Caller.of(request));
        for (Provenance provenance : rendered) {
            AccessNotes.shows(search, provenance);
            found.addEntry()
                    .setFullUrl(request.getFhirServerBase() + "/Provenance/" + provenance.getIdPart())
                    .setResource(provenance)
                    .getSearch()
                    .setMode(SearchEntryMode.MATCH);
        }
        if (found.hasTotal()) {
            found.setTotal(found.getTotal() + rendered.size());
        }
    }

    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED)
    boolean read(RequestDetails request) throws IOException {
        if (!(request instanceof ServletRequestDetails read)
                || read.getRequestType() != RequestTypeEnum.GET
                || !"Provenance".equals(read.getResourceName())
                || read.getId() == null
                || read.getOperation() != null
                || !UUIDS.matcher(read.getId().getIdPart()).matches()) {
            return true;
        }
        Optional<Provenance> provenance =
                receipts.find(UUID.fromString(read.getId().getIdPart()), Caller.of(read));
        if (provenance.isEmpty()) {
            return true;
        }
        AccessNotes.shows(read, provenance.get());
        RestfulServerUtils.streamResponseAsResource(
                read.getServer(), provenance.get(), Set.<SummaryEnum>of(), 200, false, read.isRespondGzip(), read);
        return false;
    }
}
