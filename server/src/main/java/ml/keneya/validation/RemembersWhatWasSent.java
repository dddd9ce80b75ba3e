package ml.keneya.validation;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.RestfulServerUtils;
import ca.uhn.fhir.util.ResourceUtil;
import java.nio.charset.StandardCharsets;
import java.util.List;
import ml.keneya.fhir.FhirContribution;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/**
 * Has every record judged by the same text, whether it is written or only to be judged, alone, in a bundle or in
 * Parameters: as it will be kept, unless HAPI's parser lost something of it. Then it is judged, and refused, by what
 * was sent. HAPI itself keeps the text of a record that is written alone, and of nothing else.
 */
@Interceptor(order = 50)
@Component
class RemembersWhatWasSent implements FhirContribution {

    private final KeptWhole keptWhole;

    RemembersWhatWasSent(FhirContext context) {
        this.keptWhole = new KeptWhole(context);
    }

    @Override
    public void contributeTo(RestfulServer server) {
        server.registerInterceptor(this);
    }

    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED)
    void remember(RequestDetails request) {
        if (!(request.getResource() instanceof Resource body)
                || RestfulServerUtils.determineRequestEncodingNoDefault(request) != EncodingEnum.JSON
                || isFile(body, request)) {
            return;
        }
        // Not from HAPI, which keeps the text of what is written and not of what an operation is given.
        String text = new String(request.loadRequestContents(), StandardCharsets.UTF_8);
        if (body instanceof Parameters parameters) {
            if ("$validate".equals(request.getOperation())) {
                inside(parameters, text);
            }
        } else {
            of(body, text);
        }
    }

    /** Whatever is sent to Binary without the name of FHIR is its content, JSON too. */
    private static boolean isFile(Resource body, RequestDetails request) {
        return body instanceof Binary && RestfulServerUtils.determineRequestEncodingNoDefault(request, true) == null;
    }

    private void of(Resource record, String text) {
        if (record instanceof Bundle bundle) {
            // A document is one record, which nobody may change; HAPI writes its entries in ways of its own.
            ResourceUtil.addRawDataToResource(record, EncodingEnum.JSON, text);
            if (bundle.getType() == BundleType.TRANSACTION || bundle.getType() == BundleType.BATCH) {
                inside(bundle, text);
            }
        } else if (keptWhole.is(record, text)) {
            ResourceUtil.clearRawStringFromResource(record);
        } else {
            ResourceUtil.addRawDataToResource(record, EncodingEnum.JSON, text);
        }
    }

    private void inside(Bundle bundle, String text) {
        List<BundleEntryComponent> entries = bundle.getEntry();
        List<String> sent = SentRecords.inside(text, "entry");
        for (int index = 0; index < entries.size() && sent.size() == entries.size(); index++) {
            if (entries.get(index).hasResource()) {
                of(entries.get(index).getResource(), sent.get(index));
            }
        }
    }

    private void inside(Parameters parameters, String text) {
        List<ParametersParameterComponent> each = parameters.getParameter();
        List<String> sent = SentRecords.inside(text, "parameter");
        for (int index = 0; index < each.size() && sent.size() == each.size(); index++) {
            if (each.get(index).hasResource()) {
                of(each.get(index).getResource(), sent.get(index));
            }
        }
    }
}
