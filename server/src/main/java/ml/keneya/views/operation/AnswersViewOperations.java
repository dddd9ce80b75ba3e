package ml.keneya.views.operation;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.server.RestfulServerUtils;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Caller.Role;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.fhir.StreamedAnswers;
import ml.keneya.views.definition.CompiledView;
import ml.keneya.views.table.LimitedReaders;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Parameters;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers {@code /ViewDefinition} and the operations on it (decision 24). */
@Interceptor(order = 2000)
@Component
class AnswersViewOperations {

    /** The name of SQL on FHIR 2.1, the one it had before, and the one of the 3.0 ballot. */
    static final Set<String> RUN = Set.of("$viewdefinition-run", "$run", "$sql-run");

    private static final String TYPE = "ViewDefinition";

    /** Rows tell of everybody. Others get what is left of them for {@link LimitedReaders}. */
    private static final Set<Role> MAY_READ = Set.of(Role.ADMINISTRATOR, Role.SYSTEM);

    private static final Set<Role> MAY_TEND = Set.of(Role.ADMINISTRATOR, Role.SYSTEM);

    private final ReadsRowRequests reads;
    private final RunsViews runs;
    private final ShowsDefinitions definitions;
    private final TellsUpkeep upkeep;
    private final StreamedAnswers answers;

    // Five collaborators: what is asked, its rows, the way out, the definitions, and how they are kept.
    AnswersViewOperations(
            ReadsRowRequests reads,
            RunsViews runs,
            ShowsDefinitions definitions,
            TellsUpkeep upkeep,
            StreamedAnswers answers) {
        this.reads = reads;
        this.runs = runs;
        this.definitions = definitions;
        this.upkeep = upkeep;
        this.answers = answers;
    }

    /** @return false when the request is answered here */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED)
    boolean answer(ServletRequestDetails request, HttpServletResponse response) throws IOException {
        boolean ofType = TYPE.equals(request.getResourceName());
        String operation = request.getOperation();
        boolean ofSystem = request.getResourceName() == null
                && operation != null
                && RUN.contains(operation)
                && !"$run".equals(operation);
        if (!ofType && !ofSystem) {
            return true;
        }
        Caller caller = Caller.of(request);
        boolean limited = readers(caller).isPresent() && operation != null && RUN.contains(operation);
        if (!limited && !MAY_READ.contains(caller.role())) {
            throw new RefusedException(Refusal.of(RefusalCode.FORBIDDEN));
        }
        IIdType id = request.getId();
        @Nullable String name = id == null ? null : id.getIdPart();
        if (operation == null) {
            show(request, response, name);
        } else if (RUN.contains(operation)) {
            run(request, response, name);
        } else {
            send(request, tendTo(request, operation, name));
        }
        return false;
    }

    /** What an operator does with the tables; {@code ./keneya views} speaks to these. */
    private Parameters tendTo(ServletRequestDetails request, String operation, @Nullable String name) {
        if (!MAY_TEND.contains(Caller.of(request).role())) {
            throw new RefusedException(Refusal.of(RefusalCode.FORBIDDEN));
        }
        List<CompiledView> views = name == null ? definitions.all() : List.of(reads.named(name));
        RequestTypeEnum method = request.getRequestType();
        return switch (operation) {
            case "$status" -> {
                refuseAllBut(RequestTypeEnum.GET, method);
                yield upkeep.status();
            }
            case "$rebuild" -> {
                refuseAllBut(RequestTypeEnum.POST, method);
                yield upkeep.rebuild(views);
            }
            case "$verify" -> {
                refuseAllBut(RequestTypeEnum.POST, method);
                yield upkeep.verify(views, ReadsHowMany.read(parameters(request)));
            }
            default -> throw new RefusedException(Refusal.of(RefusalCode.NOT_OFFERED, request.getRequestPath()));
        };
    }

    private static Optional<LimitedReaders> readers(Caller caller) {
        return switch (caller.role()) {
            case AREA -> Optional.of(new LimitedReaders(caller.areas()));
            case AGENCY -> Optional.of(LimitedReaders.AGENCY);
            default -> Optional.empty();
        };
    }

    private static OperationParameters parameters(ServletRequestDetails request) {
        boolean reading = request.getRequestType() == RequestTypeEnum.GET;
        return OperationParameters.read(request.getParameters(), reading ? new byte[0] : request.loadRequestContents());
    }

    private static void refuseAllBut(RequestTypeEnum allowed, RequestTypeEnum method) {
        if (method != allowed) {
            throw new RefusedException(Refusal.of(RefusalCode.METHOD_NOT_ALLOWED, allowed.name()));
        }
    }

    private static void send(ServletRequestDetails request, Parameters answer) throws IOException {
        RestfulServerUtils.streamResponseAsResource(
                request.getServer(), answer, Set.of(), 200, false, request.isRespondGzip(), request);
    }

    private void show(ServletRequestDetails request, HttpServletResponse response, @Nullable String name)
            throws IOException {
        if (request.getRequestType() != RequestTypeEnum.GET) {
            // Also where no definition has that name: whoever would keep one of theirs is told how (decision 0102).
            throw new RefusedException(Refusal.of(RefusalCode.VIEW_FROM_FILE));
        }
        String json = name == null
                ? definitions.asSearch(request.getFhirServerBase())
                : reads.named(name).source();
        response.setContentType("application/fhir+json");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
    }

    private void run(ServletRequestDetails request, HttpServletResponse response, @Nullable String name)
            throws IOException {
        boolean reading = request.getRequestType() == RequestTypeEnum.GET;
        if (!reading && request.getRequestType() != RequestTypeEnum.POST) {
            throw new RefusedException(Refusal.of(RefusalCode.METHOD_NOT_ALLOWED, "GET, POST"));
        }
        OperationParameters parameters = parameters(request);
        List<String> accepted = request.getHeaders("Accept");
        Caller caller = Caller.of(request);
        RowRequest wanted = readers(caller)
                .map(readers -> reads.readFor(readers, name, parameters, accepted))
                .orElseGet(() -> reads.read(name, parameters, accepted));
        response.setContentType(wanted.format().mediaType());
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        answers.send(request, stream -> runs.run(wanted, stream));
    }
}
