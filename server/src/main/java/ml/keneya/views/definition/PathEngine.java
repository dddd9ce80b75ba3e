package ml.keneya.views.definition;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import java.util.List;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.views.definition.ViewDefinition.Path;
import org.hl7.fhir.exceptions.FHIRException;
import org.hl7.fhir.r4.fhirpath.ExpressionNode;
import org.hl7.fhir.r4.fhirpath.FHIRPathEngine;
import org.hl7.fhir.r4.hapi.ctx.HapiWorkerContext;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Basic;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/**
 * Parses FHIRPath once and evaluates what {@link SimplePaths} leaves over. The only class that runs HL7's FHIRPath
 * engine.
 */
@Component
class PathEngine {

    /** What an expression sees in a row of nulls. */
    private static final Base NOTHING = new Basic();

    /**
     * Built at its first use: it needs all of FHIR's definitions, which are still being read when the server starts.
     */
    private final SingletonSupplier<FHIRPathEngine> engine;

    PathEngine(FhirContext context, IValidationSupport support) {
        this.engine = SingletonSupplier.of(() -> engine(context, support));
    }

    private static FHIRPathEngine engine(FhirContext context, IValidationSupport support) {
        FHIRPathEngine engine = new FHIRPathEngine(new HapiWorkerContext(context, support));
        engine.setHostServices(new ViewFunctions());
        return engine;
    }

    ExpressionNode parse(Path path) {
        try {
            return engine.obtain().parse(path.text());
        } catch (FHIRException | IndexOutOfBoundsException unreadable) {
            throw refused(path);
        }
    }

    List<Base> evaluate(ExpressionNode node, @Nullable Base focus, Scope scope, Path path) {
        Base seen = focus == null ? NOTHING : focus;
        try {
            return engine.obtain().evaluate(scope, scope.resource(), scope.resource(), seen, node);
        } catch (FHIRException | UnsupportedOperationException | IllegalArgumentException unfit) {
            throw refused(path);
        }
    }

    static RefusedException refused(Path path) {
        return new RefusedException(
                Refusal.of(RefusalCode.VIEW_PATH, path.text()).at(path.place()));
    }
}
