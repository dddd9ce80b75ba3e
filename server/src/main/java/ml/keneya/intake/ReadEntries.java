package ml.keneya.intake;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.server.RestfulServerUtils;
import ca.uhn.fhir.rest.server.exceptions.NotModifiedException;
import ca.uhn.fhir.rest.server.method.BaseMethodBinding;
import ca.uhn.fhir.rest.server.method.BaseResourceReturningMethodBinding;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletSubRequestDetails;
import ca.uhn.fhir.rest.server.util.ServletRequestUtil;
import com.google.common.collect.ArrayListMultimap;
import java.util.List;
import ml.keneya.fhir.FailureTrace;
import ml.keneya.fhir.Language;
import ml.keneya.fhir.Outcomes;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusalsOfHapi;
import ml.keneya.fhir.RefusedException;
import ml.keneya.store.SearchesCompartments;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleEntryRequestComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Answers the reads of a bundle, after its writes are committed: a failed read must not undo an acknowledged write. */
@Component
class ReadEntries {

    private static final Logger log = LoggerFactory.getLogger(ReadEntries.class);

    private final FhirContext context;
    private final RefusalsOfHapi refusals;
    private final SearchesCompartments compartments;

    ReadEntries(FhirContext context, RefusalsOfHapi refusals, SearchesCompartments compartments) {
        this.context = context;
        this.refusals = refusals;
        this.compartments = compartments;
    }

    static boolean isRead(BundleEntryComponent entry) {
        HTTPVerb verb = entry.getRequest().getMethod();
        return verb == HTTPVerb.GET || verb == HTTPVerb.HEAD;
    }

    BundleEntryComponent answer(BundleEntryComponent read, ServletRequestDetails request) {
        BundleEntryComponent answer = new BundleEntryComponent();
        try {
            Resource found = read(read.getRequest(), request);
            answer.setResource(read.getRequest().getMethod() == HTTPVerb.HEAD ? null : found);
            answer.getResponse().setStatus("200 OK");
            return answer;
        } catch (NotModifiedException unchanged) {
            answer.getResponse().setStatus("304 Not Modified");
            return answer;
        } catch (RuntimeException failure) {
            return refusal(failure, request);
        }
    }

    /**
     * As HAPI reads for an entry of a transaction; but of a failure HAPI would tell the message alone, in its own
     * words.
     */
    private Resource read(BundleEntryRequestComponent entry, ServletRequestDetails request) {
        ArrayListMultimap<String, String> parameters = ArrayListMultimap.create();
        ServletSubRequestDetails asked = ServletRequestUtil.getServletSubRequestDetails(
                request, compartments.asSearch(entry.getUrl()), RequestTypeEnum.GET.name(), parameters);
        addHeader(asked, Constants.HEADER_IF_MATCH, entry.getIfMatch());
        addHeader(asked, Constants.HEADER_IF_NONE_MATCH, entry.getIfNoneMatch());
        BaseMethodBinding method = request.getServer().determineResourceMethod(asked, asked.getRequestPath());
        if (!(method instanceof BaseResourceReturningMethodBinding reading)) {
            throw new RefusedException(Refusal.of(RefusalCode.NOT_OFFERED, "GET " + asked.getRequestPath()));
        }
        asked.setRestOperationType(reading.getRestOperationType());
        IBaseResource found = reading.doInvokeServer(request.getServer(), asked);
        return (Resource) (parameters.containsKey(Constants.PARAM_SUMMARY) ? summarized(found, asked) : found);
    }

    private IBaseResource summarized(IBaseResource whole, ServletRequestDetails asked) {
        IParser parser = context.newJsonParser();
        RestfulServerUtils.configureResponseParser(asked, parser);
        return parser.parseResource(whole.getClass(), parser.encodeResourceToString(whole));
    }

    private static void addHeader(ServletSubRequestDetails asked, String name, @Nullable String value) {
        if (value != null) {
            asked.addHeader(name, value);
        }
    }

    /** What stands in the answer for an entry that was refused. */
    BundleEntryComponent refusal(RuntimeException failure, ServletRequestDetails request) {
        List<Refusal> read = refusals.read(failure, request);
        int status = read.get(0).code().status();
        if (read.get(0).code() == RefusalCode.INTERNAL) {
            log.error("Entry of request {} failed: {}", request.getRequestId(), FailureTrace.of(failure));
        }
        BundleEntryComponent entry = new BundleEntryComponent();
        entry.getResponse().setStatus(String.valueOf(status));
        entry.getResponse().setOutcome(Outcomes.of(read, Language.accepted(request.getHeader("Accept-Language"))));
        return entry;
    }
}
