package ml.keneya.views.upkeep;

import java.util.List;
import ml.keneya.conformance.Canonicals;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.views.definition.CompiledView;
import ml.keneya.views.table.RecordRows;
import ml.keneya.views.table.RecordRows.Origin;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns a record into what a table keeps of it. */
public final class MakesRows {

    private static final Logger log = LoggerFactory.getLogger(MakesRows.class);

    /** Where a record says whose it is, in the order of trust. */
    private static final List<String> PATIENT_ELEMENTS = List.of("patient", "subject", "beneficiary", "for");

    private MakesRows() {}

    /** The rows of the record, or why it has none although the view is over its type. */
    public record Outcome(RecordRows rows, @Nullable RefusedException failure) {}

    /** @param isNew whether the record cannot have had rows before */
    public static Outcome of(CompiledView view, Resource resource, boolean isNew) {
        Origin origin = origin(resource);
        try {
            return new Outcome(new RecordRows(origin, isNew, view.rows(resource)), null);
        } catch (RefusedException unfit) {
            return failed(origin, isNew, unfit);
        } catch (RuntimeException broken) {
            // Its message may quote the record, which no log may.
            log.error(
                    "View {} fails on {}/{}: {} at {}",
                    view.name(),
                    resource.fhirType(),
                    origin.id(),
                    broken.getClass().getName(),
                    broken.getStackTrace().length == 0 ? "" : broken.getStackTrace()[0]);
            return failed(origin, isNew, new RefusedException(Refusal.of(RefusalCode.VIEW_PATH, view.name())));
        }
    }

    /** The view is at fault, not the clinic: the record is kept, and the failure is shown to the operator. */
    private static Outcome failed(Origin origin, boolean isNew, RefusedException reason) {
        return new Outcome(new RecordRows(origin, isNew, List.of()), reason);
    }

    /** What a deleted record leaves: no rows. */
    public static RecordRows none(String id, long version) {
        return new RecordRows(new Origin(id, version, null, null, null, List.of()), false, List.of());
    }

    private static Origin origin(Resource resource) {
        IdType id = resource.getIdElement();
        List<Coding> security = resource.getMeta().getSecurity();
        return new Origin(
                id.getIdPart(),
                id.hasVersionIdPart() ? id.getVersionIdPartAsLong() : 0,
                lastUpdated(resource),
                "Patient".equals(resource.fhirType()) ? id.getIdPart() : patient(resource),
                security.stream()
                        .filter(MakesRows::isOwner)
                        .map(Coding::getCode)
                        .findFirst()
                        .orElse(null),
                security.stream()
                        .filter(label -> !isOwner(label))
                        .map(label -> label.getSystem() + "|" + label.getCode())
                        .toList());
    }

    private static boolean isOwner(Coding label) {
        return Canonicals.OWNER.equals(label.getSystem());
    }

    private static @Nullable String lastUpdated(Resource resource) {
        return resource.getMeta().hasLastUpdated()
                ? resource.getMeta().getLastUpdatedElement().getValueAsString()
                : null;
    }

    private static @Nullable String patient(Resource resource) {
        for (String element : PATIENT_ELEMENTS) {
            Base[] values = resource.getProperty(element.hashCode(), element, false);
            for (Base value : values == null ? new Base[0] : values) {
                if (value instanceof Reference reference && reference.hasReference()) {
                    IdType id = new IdType(reference.getReference());
                    if ("Patient".equals(id.getResourceType()) && !id.hasBaseUrl()) {
                        return id.getIdPart();
                    }
                }
            }
        }
        return null;
    }
}
