package ml.keneya.security.trace;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.server.RestfulServerUtils;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import ca.uhn.fhir.util.UrlUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.security.trace.ChainCheck.Verdict;
import ml.keneya.security.trace.TraceQuery.Place;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.jspecify.annotations.Nullable;

/** Answers {@code GET AuditEvent?…}, {@code GET AuditEvent/[id]} and {@code POST AuditEvent/$verify} from the trace. */
@Interceptor(order = 2500)
class ShowsTrace {

    private static final String TYPE = "AuditEvent";

    /** By name, because the auditor's role comes with access control. */
    private static final Set<String> MAY_READ = Set.of("AUDITOR", "ADMINISTRATOR", "SYSTEM");

    /** A log of years, of which an anchor a day is compared. */
    private static final int MOST_ANCHORS = 5_000;

    private static final Pattern ID = Pattern.compile("(\\d{1,9})\\.(\\d{1,18})");
    private static final Pattern ANCHOR = Pattern.compile("(\\d{1,9})/(\\d{1,18})/([0-9a-f]{64})");

    private final SearchesTrace rows;
    private final VerifiesTrace verifies;

    ShowsTrace(SearchesTrace rows, VerifiesTrace verifies) {
        this.rows = rows;
        this.verifies = verifies;
    }

    /** @return false when the request is answered here */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED)
    boolean answer(ServletRequestDetails request) throws IOException {
        if (!TYPE.equals(request.getResourceName()) || isWrite(request)) {
            return true;
        }
        if (!MAY_READ.contains(Caller.of(request).role().name())) {
            throw new RefusedException(Refusal.of(RefusalCode.FORBIDDEN));
        }
        String operation = request.getOperation();
        if ("$verify".equals(operation)) {
            send(request, verify(request));
        } else if (operation != null && operation.startsWith("$")) {
            return true;
        } else if (request.getId() != null) {
            send(request, read(request, request.getId().getIdPart()));
        } else {
            send(request, search(request));
        }
        return false;
    }

    private static boolean isWrite(ServletRequestDetails request) {
        RequestTypeEnum method = request.getRequestType();
        boolean asking = method == RequestTypeEnum.GET
                || method == RequestTypeEnum.HEAD
                || method == RequestTypeEnum.POST && request.getOperation() != null;
        return !asking;
    }

    private IBaseResource read(ServletRequestDetails request, String id) {
        Matcher parts = ID.matcher(id);
        if (!parts.matches()) {
            throw unknown(request);
        }
        return rows.find(Integer.parseInt(parts.group(1)), Long.parseLong(parts.group(2)))
                .map(new RendersTrace(request.getFhirServerBase())::render)
                .orElseThrow(() -> unknown(request));
    }

    private static RefusedException unknown(ServletRequestDetails request) {
        return new RefusedException(Refusal.of(RefusalCode.NOT_FOUND, request.getRequestPath()));
    }

    private Bundle search(ServletRequestDetails request) {
        Map<String, String[]> asked = request.getParameters();
        TraceQuery query = TraceQuery.read(asked);
        List<TracedEvent> found = rows.search(query);
        RendersTrace renders = new RendersTrace(request.getFhirServerBase());
        Bundle page = new Bundle().setType(BundleType.SEARCHSET);
        page.addLink().setRelation(Bundle.LINK_SELF).setUrl(link(request, asked, null));
        found.stream()
                .limit(query.count())
                .map(renders::render)
                .forEach(event -> page.addEntry()
                        .setFullUrl(request.getFhirServerBase() + "/" + TYPE + "/" + event.getIdPart())
                        .setResource(event)
                        .getSearch()
                        .setMode(SearchEntryMode.MATCH));
        if (found.size() > query.count() && query.count() > 0) {
            Place end = Place.of(found.get(query.count() - 1));
            page.addLink().setRelation(Bundle.LINK_NEXT).setUrl(link(request, asked, end));
        }
        return page;
    }

    private static String link(ServletRequestDetails request, Map<String, String[]> asked, @Nullable Place after) {
        Stream<String> kept = asked.entrySet().stream()
                .filter(parameter -> after == null || !parameter.getKey().equals(TraceQuery.PLACE))
                .flatMap(parameter -> Arrays.stream(parameter.getValue())
                        .map(value -> parameter.getKey() + "=" + UrlUtil.escapeUrlParam(value)));
        Stream<String> place = after == null ? Stream.empty() : Stream.of(TraceQuery.PLACE + "=" + after.inWords());
        String query = Stream.concat(kept, place).collect(Collectors.joining("&"));
        return request.getFhirServerBase() + "/" + TYPE + (query.isEmpty() ? "" : "?" + query);
    }

    private Parameters verify(ServletRequestDetails request) {
        if (request.getRequestType() != RequestTypeEnum.POST) {
            throw new RefusedException(Refusal.of(RefusalCode.METHOD_NOT_ALLOWED, "POST"));
        }
        byte[] body = request.loadRequestContents();
        Parameters given = body.length == 0
                ? new Parameters()
                : request.getFhirContext()
                        .newJsonParser()
                        .parseResource(Parameters.class, new String(body, StandardCharsets.UTF_8));
        List<ChainHead> noted = named(given, "anchor").map(ShowsTrace::anchor).toList();
        if (noted.size() > MOST_ANCHORS) {
            throw new RefusedException(
                    Refusal.of(RefusalCode.BAD_PARAMETER, "anchor", noted.size() + " > " + MOST_ANCHORS));
        }
        Integer chain = named(given, "chain").map(ShowsTrace::chain).findFirst().orElse(null);
        Verdict verdict =
                Caller.of(request).role().isUnrestricted() ? verifies.verify(noted, chain) : verifyOne(noted, chain);
        Parameters told = new Parameters();
        told.addParameter().setName("whole").setValue(new BooleanType(verdict.isWhole()));
        told.addParameter().setName("rows").setValue(new DecimalType(verdict.rows()));
        told.addParameter().setName("faults").setValue(new DecimalType(verdict.faulty()));
        verdict.faults().forEach(fault -> tell(told, fault));
        return told;
    }

    /** The whole trace is walked through on the machine itself; from elsewhere one chain after the other. */
    private Verdict verifyOne(List<ChainHead> noted, @Nullable Integer chain) {
        if (chain == null) {
            throw new RefusedException(Refusal.of(RefusalCode.MISSING_PARAMETER, "chain"));
        }
        return verifies.verifyInTurn(noted, chain);
    }

    private static Stream<String> named(Parameters given, String name) {
        return given.getParameter().stream()
                .filter(parameter -> name.equals(parameter.getName()))
                .map(parameter -> parameter.hasValue() ? parameter.getValue().primitiveValue() : "")
                .map(String::valueOf);
    }

    private static Integer chain(String words) {
        if (!words.matches("\\d{1,9}")) {
            throw new RefusedException(Refusal.of(RefusalCode.BAD_PARAMETER, "chain", words));
        }
        return Integer.valueOf(words);
    }

    private static void tell(Parameters told, ChainFault fault) {
        ParametersParameterComponent place = told.addParameter().setName("fault");
        place.addPart().setName("chain").setValue(new DecimalType(fault.chain()));
        place.addPart().setName("position").setValue(new DecimalType(fault.position()));
        place.addPart()
                .setName("kind")
                .setValue(new CodeType(fault.kind().name().toLowerCase(Locale.ROOT)));
    }

    private static ChainHead anchor(String words) {
        Matcher parts = ANCHOR.matcher(words);
        if (!parts.matches()) {
            throw new RefusedException(Refusal.of(RefusalCode.BAD_PARAMETER, "anchor", words));
        }
        return new ChainHead(Integer.parseInt(parts.group(1)), Long.parseLong(parts.group(2)), parts.group(3));
    }

    private static void send(ServletRequestDetails request, IBaseResource answer) throws IOException {
        if (answer instanceof Bundle found) {
            Access.of(request)
                    .ifPresent(access -> access.answers(found.getEntry().size()));
        }
        RestfulServerUtils.streamResponseAsResource(
                request.getServer(), answer, Set.of(), 200, false, request.isRespondGzip(), request);
    }
}
