package ml.keneya.store.concepts;

import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.stream.Stream;
import ml.keneya.fhir.FhirContribution;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.fhir.StreamedBodies;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.CodeSystemContentMode;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.UriType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * {@code CodeSystem/$load-concepts}, {@code $loaded-systems} and {@code $remove-concepts}: for {@code ./keneya
 * terminology}, which reads the publishers' files. The access table says who may call them.
 */
@Component
class OffersLoading implements FhirContribution {

    /** A piece; what is read of it is held in memory. */
    private static final DataSize LARGEST_PIECE = DataSize.ofMegabytes(16);

    private final Loads loads;
    private final StreamedBodies bodies;
    private final IValidationSupport classPath;

    OffersLoading(Loads loads, StreamedBodies bodies, IValidationSupport classPath) {
        this.loads = loads;
        this.bodies = bodies;
        this.classPath = classPath;
    }

    @Override
    public void contributeTo(RestfulServer server) {
        server.registerProvider(this);
    }

    /**
     * Piece 0 begins and says how far it was brought before, the others bring facts as lines, and {@code complete=true}
     * with the number of the last one makes the version answer.
     */
    @Operation(name = "$load-concepts", typeName = "CodeSystem", manualRequest = true)
    public Parameters load(ServletRequestDetails request) {
        Loads.Content content = new Loads.Content(
                required(request, "system"),
                required(request, "version"),
                required(request, "title"),
                required(request, "language"),
                optional(request, "copyright"),
                required(request, "digest"));
        refuseWhatIsKnown(content.url());
        int piece = number(request, "piece");
        if ("true".equals(optional(request, "complete"))) {
            return described(loads.complete(content, piece));
        }
        if (piece == 0) {
            return described(loads.begin(content));
        }
        try (InputStream body = bodies.open(request, LARGEST_PIECE)) {
            return described(loads.take(content, piece, Facts.read(body)));
        } catch (IOException linkBroke) {
            throw new RefusedException(Refusal.of(RefusalCode.UNREADABLE, ""));
        }
    }

    /** What comes with the release answers first; of what is loaded beside it nobody would ever hear. */
    private void refuseWhatIsKnown(String url) {
        if (classPath.fetchCodeSystem(url) instanceof CodeSystem known
                && known.getContent() != CodeSystemContentMode.NOTPRESENT) {
            throw new RefusedException(Refusal.of(RefusalCode.KNOWN_FROM_RELEASE, url));
        }
    }

    @Operation(name = "$loaded-systems", typeName = "CodeSystem", manualRequest = true, idempotent = true)
    public Parameters list(ServletRequestDetails request) {
        Parameters answer = new Parameters();
        for (Loads.State state : loads.all()) {
            ParametersParameterComponent part = answer.addParameter().setName("system");
            described(state).getParameter().forEach(each -> part.addPart(each));
        }
        return answer;
    }

    @Operation(name = "$remove-concepts", typeName = "CodeSystem", manualRequest = true)
    public Parameters remove(ServletRequestDetails request) {
        return described(loads.remove(required(request, "system"), required(request, "version")));
    }

    private static Parameters described(Loads.State state) {
        Parameters answer = new Parameters();
        answer.addParameter("url", new UriType(state.url()));
        answer.addParameter("version", new StringType(state.version()));
        answer.addParameter("title", new StringType(state.title()));
        answer.addParameter("pieces", new IntegerType(state.pieces()));
        answer.addParameter("whole", new BooleanType(state.isWhole()));
        if (state.concepts() != null) {
            answer.addParameter("concepts", new IntegerType(state.concepts()));
        }
        return answer;
    }

    private static String required(ServletRequestDetails request, String name) {
        String value = optional(request, name);
        if (value == null) {
            throw new RefusedException(Refusal.of(RefusalCode.MISSING_PARAMETER, "« " + name + " »"));
        }
        return value;
    }

    private static @Nullable String optional(ServletRequestDetails request, String name) {
        return Stream.ofNullable(request.getParameters().get(name))
                .flatMap(Arrays::stream)
                .map(String::strip)
                .filter(value -> !value.isEmpty() && value.indexOf('\0') < 0)
                .findFirst()
                .orElse(null);
    }

    private static int number(ServletRequestDetails request, String name) {
        String text = required(request, name);
        if (!text.matches("\\d{1,9}")) {
            throw new RefusedException(Refusal.of(RefusalCode.BAD_PARAMETER, name, text));
        }
        return Integer.parseInt(text);
    }
}
