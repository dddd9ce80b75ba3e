package ml.keneya.store;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.api.server.IPreResourceAccessDetails;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleLinkComponent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.InstantType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes {@code $everything} honour {@code _since}. HAPI looks at no date when it gathers a patient's record, but it
 * asks before it puts a record on a page. The links to further pages carry the instant on, because a page is a request
 * of its own.
 */
@Interceptor(order = 500)
@Component
class LeavesOutOlderRecords {

    static final String SINCE = "_since";

    /** Clients write a day, or a plus sign that arrives as a space; HAPI's instants know neither. */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED)
    void spellOut(RequestDetails request) {
        String[] values = request.getParameters().get(SINCE);
        if (!"$everything".equals(request.getOperation()) || values == null || values[0].isBlank()) {
            return;
        }
        try {
            Date since = new DateTimeType(values[0].strip().replace(' ', '+')).getValue();
            Map<String, String[]> parameters = new LinkedHashMap<>(request.getParameters());
            parameters.put(SINCE, new String[] {since.toInstant().toString()});
            request.setParameters(parameters);
        } catch (DataFormatException | IllegalArgumentException unreadable) {
            throw new RefusedException(Refusal.of(RefusalCode.BAD_PARAMETER, SINCE, values[0]));
        }
    }

    @Hook(Pointcut.STORAGE_PREACCESS_RESOURCES)
    void leaveOut(IPreResourceAccessDetails records, @Nullable RequestDetails request) {
        Optional<Instant> since = since(request);
        if (since.isEmpty()) {
            return;
        }
        for (int index = 0; index < records.size(); index++) {
            Date changed = records.getResource(index).getMeta().getLastUpdated();
            if (changed != null && !changed.toInstant().isAfter(since.get())) {
                records.setDontReturnResourceAtIndex(index);
            }
        }
    }

    /** Leaves out what is not newer, on this page and, by its links, on all that follow. */
    void since(InstantType since, RequestDetails request) {
        request.getUserData().put(SINCE, since.getValueAsString());
    }

    @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
    void carryOn(RequestDetails request, @Nullable IBaseResource answer) {
        if (answer instanceof Bundle page && since(request).isPresent()) {
            // HAPI counts some of what was left out.
            page.setTotalElement(null);
            String parameter = "&" + SINCE + "=" + URLEncoder.encode(given(request), StandardCharsets.UTF_8);
            page.getLink().stream()
                    .filter(link -> link.getUrl().contains("_getpages=")
                            && !link.getUrl().contains(SINCE + "="))
                    .forEach(link -> addTo(link, parameter));
        }
    }

    private static void addTo(BundleLinkComponent link, String parameter) {
        link.setUrl(link.getUrl() + parameter);
    }

    private static Optional<Instant> since(@Nullable RequestDetails request) {
        String given = request == null ? "" : given(request);
        try {
            return given.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new InstantType(given).getValue().toInstant());
        } catch (DataFormatException | IllegalArgumentException unreadable) {
            throw new RefusedException(Refusal.of(RefusalCode.BAD_PARAMETER, SINCE, given));
        }
    }

    private static String given(RequestDetails request) {
        if (request.getUserData().get(SINCE) instanceof String since) {
            return since;
        }
        String[] values = request.getParameters().get(SINCE);
        boolean page = request.getParameters().containsKey("_getpages");
        return page && values != null && values.length > 0 ? values[0] : "";
    }
}
