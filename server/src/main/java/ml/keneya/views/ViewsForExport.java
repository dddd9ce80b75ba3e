package ml.keneya.views;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.views.definition.CompilesViews;
import ml.keneya.views.output.RowFormat;
import ml.keneya.views.upkeep.Definitions;
import org.springframework.stereotype.Component;

/** Views for a stage that reads the records itself and wants rows of them. */
@Component
public class ViewsForExport {

    private final Definitions definitions;
    private final CompilesViews compiler;

    ViewsForExport(Definitions definitions, CompilesViews compiler) {
        this.definitions = definitions;
        this.compiler = compiler;
    }

    /**
     * One of the exchange's own views.
     *
     * @param reference {@code ViewDefinition/NAME}, or the canonical address with or without a version
     * @throws RefusedException ML-VIEWS-001 when there is none
     */
    public ViewForExport named(String reference) {
        String bare = reference.split("\\|", 2)[0];
        String name = bare.substring(bare.lastIndexOf('/') + 1);
        return definitions
                .named(name)
                .map(view -> new ViewForExport(view, false))
                .orElseThrow(() -> new RefusedException(Refusal.of(RefusalCode.VIEW_UNKNOWN, name)));
    }

    /** @throws RefusedException with the place of what is wrong with the definition */
    public ViewForExport sent(JsonNode definition) {
        return new ViewForExport(compiler.compile(definition), true);
    }

    /** A view that was given out before, by {@link ViewForExport#source()}. */
    public ViewForExport again(String source, boolean strict) {
        return new ViewForExport(compiler.compile(source), strict);
    }

    /** The media type of a format of rows; nothing when there is no such format. */
    public static Optional<String> mediaType(String format) {
        return RowFormat.named(format).map(RowFormat::mediaType);
    }
}
