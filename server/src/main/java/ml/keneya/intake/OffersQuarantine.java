package ml.keneya.intake;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.FhirContribution;
import ml.keneya.fhir.Language;
import ml.keneya.fhir.Outcomes;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.intake.KeptDeliveries.Outcome;
import ml.keneya.intake.KeptDeliveries.Wanted;
import ml.keneya.intake.KeptDelivery.Status;
import ml.keneya.intake.Redelivery.Result;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What a site can do about its refused deliveries, and the agency about all: list them, read them, send a correction,
 * try them again as they are (after rules have changed), dismiss them with a reason, erase their content.
 */
@Component
class OffersQuarantine implements FhirContribution {

    private static final int LARGEST_PAGE = 100;

    private final FhirContext context;
    private final KeptDeliveries deliveries;
    private final DeliveriesOfCaller visible;
    private final DeliveryAsTask tasks;
    private final Redelivery redelivery;

    OffersQuarantine(
            FhirContext context,
            KeptDeliveries deliveries,
            DeliveriesOfCaller visible,
            DeliveryAsTask tasks,
            Redelivery redelivery) {
        this.context = context;
        this.deliveries = deliveries;
        this.visible = visible;
        this.tasks = tasks;
        this.redelivery = redelivery;
    }

    @Override
    public void contributeTo(RestfulServer server) {
        server.registerProvider(this);
    }

    /**
     * Those that wait for somebody, newest first, as Tasks.
     *
     * @param facility whose, for callers who see all
     * @param code only those refused with this code
     * @param before only those received before this one, to turn the page
     */
    @Operation(name = "$quarantine", idempotent = true)
    public Bundle list(
            @OperationParam(name = "facility", typeName = "string") @Nullable IPrimitiveType<String> facility,
            @OperationParam(name = "code", typeName = "string") @Nullable IPrimitiveType<String> code,
            @OperationParam(name = "before", typeName = "string") @Nullable IPrimitiveType<String> before,
            ServletRequestDetails request) {
        Optional<String> place = DeliveriesOfCaller.optional(before);
        Wanted wanted = new Wanted(
                DeliveriesOfCaller.optional(facility).orElse(null),
                null,
                DeliveriesOfCaller.optional(code).orElse(null),
                place.map(DeliveriesOfCaller::read).orElse(null));
        List<KeptDelivery> found = deliveries.refused(wanted.asFarAsSeenBy(Caller.of(request)), LARGEST_PAGE);
        Bundle page = new Bundle().setType(BundleType.SEARCHSET);
        found.stream()
                .map(delivery -> tasks.of(delivery, languageOf(request), request.getFhirServerBase()))
                .forEach(task -> page.addEntry().setResource(task));
        if (found.size() == LARGEST_PAGE) {
            UUID last = found.get(LARGEST_PAGE - 1).id();
            page.addLink().setRelation("next").setUrl(request.getFhirServerBase() + "/" + wanted.asSearchBefore(last));
        }
        return page;
    }

    /** One of them, whatever has become of it. */
    @Operation(name = "$quarantine-entry", idempotent = true)
    public Task read(
            @OperationParam(name = "id", typeName = "string", min = 1, max = 1) @Nullable IPrimitiveType<String> id,
            ServletRequestDetails request) {
        return tasks.of(visible.find(id, request), languageOf(request), request.getFhirServerBase());
    }

    /** The bytes as they were received. */
    @Operation(name = "$quarantine-content", idempotent = true)
    public Binary content(
            @OperationParam(name = "id", typeName = "string", min = 1, max = 1) @Nullable IPrimitiveType<String> id,
            ServletRequestDetails request) {
        KeptDelivery delivery = visible.find(id, request);
        Binary binary = new Binary();
        // As JSON or XML if it was FHIR; what else somebody may have sent must not act as a page in a browser.
        EncodingEnum encoding = EncodingEnum.forContentType(delivery.headers().get("Content-Type"));
        binary.setContentType(
                encoding == null ? "application/octet-stream" : encoding.getResourceContentTypeNonLegacy());
        binary.setData(visible.bytesOf(delivery));
        request.getServletResponse().setHeader("Content-Disposition", "attachment");
        request.getServletResponse().setHeader("X-Content-Type-Options", "nosniff");
        request.getServletResponse().setHeader("Content-Security-Policy", "sandbox");
        return binary;
    }

    /** Tries it again as it is. */
    @Operation(name = "$quarantine-replay")
    public IBaseResource replay(
            @OperationParam(name = "id", typeName = "string", min = 1, max = 1) @Nullable IPrimitiveType<String> id,
            ServletRequestDetails request) {
        KeptDelivery delivery = visible.findRefused(id, request);
        return deliver(delivery, visible.bytesOf(delivery), delivery.headers(), request);
    }

    /** Delivers a correction in its place, under the same name. */
    @Operation(name = "$quarantine-correct")
    public IBaseResource correct(
            @OperationParam(name = "id", typeName = "string", min = 1, max = 1) @Nullable IPrimitiveType<String> id,
            @OperationParam(name = "bundle", min = 1, max = 1) @Nullable Bundle correction,
            ServletRequestDetails request) {
        if (correction == null) {
            throw new RefusedException(Refusal.of(RefusalCode.MISSING_PARAMETER, "bundle"));
        }
        KeptDelivery delivery = visible.findRefused(id, request);
        Map<String, String> headers = new HashMap<>(delivery.headers());
        headers.put("Content-Type", "application/fhir+json");
        nameAlike(correction, delivery, headers);
        String json = context.newJsonParser().encodeResourceToString(correction);
        return deliver(delivery, json.getBytes(StandardCharsets.UTF_8), headers, request);
    }

    /** Nobody will correct it, or it is not to be carried out any more. */
    @Operation(name = "$quarantine-dismiss")
    public Task dismiss(
            @OperationParam(name = "id", typeName = "string", min = 1, max = 1) @Nullable IPrimitiveType<String> id,
            @OperationParam(name = "reason", typeName = "string", min = 1, max = 1) @Nullable
                    IPrimitiveType<String> reason,
            ServletRequestDetails request) {
        KeptDelivery delivery = visible.find(id, request);
        String why = DeliveriesOfCaller.required(reason, "reason");
        Caller caller = Caller.of(request);
        boolean done = delivery.status() == Status.WAITING
                ? deliveries.withdraw(delivery.id(), withdrawn(delivery), caller, why)
                : deliveries.settle(delivery.id(), Status.DISMISSED, caller, why);
        if (!done) {
            boolean running = delivery.status() == Status.WAITING || delivery.status() == Status.RUNNING;
            throw new RefusedException(
                    Refusal.of(running ? RefusalCode.DELIVERY_WAITING : RefusalCode.DELIVERY_SETTLED, delivery.id()));
        }
        return read(id, request);
    }

    /** For its sender, who follows it. */
    private Outcome withdrawn(KeptDelivery delivery) {
        OperationOutcome outcome = Outcomes.of(
                List.of(Refusal.of(RefusalCode.DELIVERY_SETTLED, delivery.id())),
                Language.accepted(delivery.headers().get("Accept-Language")));
        return new Outcome(
                HttpServletResponse.SC_GONE,
                RefusalCode.DELIVERY_SETTLED.id(),
                context.newJsonParser().encodeResourceToString(outcome));
    }

    /** Empties the bytes and the outcome, which may quote from them. For who sees all. */
    @Operation(name = "$quarantine-erase")
    public Parameters erase(
            @OperationParam(name = "id", typeName = "string", min = 1, max = 1) @Nullable IPrimitiveType<String> id,
            @OperationParam(name = "reason", typeName = "string", min = 1, max = 1) @Nullable
                    IPrimitiveType<String> reason,
            ServletRequestDetails request) {
        if (!KeptDelivery.seesAll(Caller.of(request))) {
            throw new RefusedException(Refusal.of(RefusalCode.FORBIDDEN));
        }
        KeptDelivery delivery = visible.find(id, request);
        String why = DeliveriesOfCaller.required(reason, "reason");
        if (!deliveries.erase(delivery.id(), Caller.of(request), why)) {
            throw new RefusedException(Refusal.of(RefusalCode.DELIVERY_WAITING, delivery.id()));
        }
        Parameters done = new Parameters();
        done.addParameter()
                .setName("erased")
                .setValue(new StringType(delivery.id().toString()));
        return done;
    }

    /** The answer, with the status, that posting the same would have got. */
    private IBaseResource deliver(
            KeptDelivery delivery, byte[] body, Map<String, String> headers, ServletRequestDetails request) {
        Caller decider = Caller.of(request);
        Result result = redelivery.deliverFor(decider, delivery, body, headers);
        if (!result.momentary()) {
            deliveries.renew(delivery.id(), result.outcome());
        }
        if (result.accepted()) {
            deliveries.settle(delivery.id(), Status.CORRECTED, decider, null);
        }
        request.getServletResponse().setStatus(result.outcome().httpStatus());
        IBaseResource answer =
                context.newJsonParser().parseResource(result.outcome().json());
        if (decider.role() == Caller.Role.AGENCY && answer instanceof Bundle entries) {
            // What the site would be shown of its records is not the agency's to read.
            entries.getEntry().forEach(entry -> entry.setResource(null));
        }
        return answer;
    }

    /**
     * So that the correction and its sender's own one are one delivery, whichever comes first, and that what was
     * accepted of a batch is found again: whatever the correction calls itself, it has the name of what it corrects.
     */
    private static void nameAlike(Bundle correction, KeptDelivery delivery, Map<String, String> headers) {
        if (headers.containsKey("Idempotency-Key")) {
            return;
        }
        Optional<Identifier> name = Submission.identifierIn(delivery.key());
        if (name.isPresent()) {
            correction.setIdentifier(name.get());
        } else if (correction.getType() == BundleType.BATCH && Submission.isOfContent(delivery.key())) {
            // Without a name, entries that were accepted are known by their content, and under a new one by nothing.
            correction.setIdentifier(null);
        } else if (!correction.getIdentifier().hasValue()) {
            headers.put("Idempotency-Key", delivery.id().toString());
        }
    }

    private static Language languageOf(ServletRequestDetails request) {
        return Language.accepted(request.getHeader("Accept-Language"));
    }
}
