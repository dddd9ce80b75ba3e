package ml.keneya.export.upload;

import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/** What became of the lines so far. */
final class ImportSummary {

    /** Refused lines that are named in the answer; all of them are counted, and kept as long as there is room. */
    private static final int MOST_NAMED = 1_000;

    private List<Rejected> rejected = new ArrayList<>();
    private long accepted;
    private long refused;

    /** @param keptAs number of the kept delivery; null when it is not kept */
    record Rejected(long line, @Nullable String keptAs, OperationOutcome why) {}

    void accept() {
        accepted++;
    }

    void refuse(UploadedLine line, @Nullable String keptAs, OperationOutcome why) {
        refused++;
        if (rejected.size() < MOST_NAMED) {
            rejected.add(new Rejected(line.number(), keptAs, why));
        }
    }

    long accepted() {
        return accepted;
    }

    /** What became of some lines. */
    record Counts(long accepted, long refused, List<Rejected> rejected) {}

    /** What became of the lines since this was last asked. */
    Counts drain() {
        Counts counts = new Counts(accepted, refused, rejected);
        accepted = 0;
        refused = 0;
        rejected = new ArrayList<>();
        return counts;
    }

    Parameters asParameters() {
        Parameters summary = new Parameters();
        // A count may be larger than FHIR's integer allows; nobody uploads so many lines at once.
        summary.addParameter("lines", new IntegerType(accepted + refused));
        summary.addParameter("accepted", new IntegerType(accepted));
        summary.addParameter("refused", new IntegerType(refused));
        for (Rejected each : rejected) {
            ParametersParameterComponent parameter = summary.addParameter().setName("reject");
            parameter.addPart().setName("line").setValue(new IntegerType(each.line()));
            if (each.keptAs() != null) {
                parameter.addPart().setName("quarantine").setValue(new StringType(each.keptAs()));
            }
            parameter.addPart().setName("outcome").setResource(each.why());
        }
        return summary;
    }
}
