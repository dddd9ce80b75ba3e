package ml.keneya.views.operation;

import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import ml.keneya.views.definition.CompiledView;
import ml.keneya.views.upkeep.HowMany;
import ml.keneya.views.upkeep.Verification;
import ml.keneya.views.upkeep.ViewUpkeep;
import ml.keneya.views.upkeep.ViewUpkeep.TableStatus;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.StringType;
import org.springframework.stereotype.Component;

/** What the operator's operations answer: one parameter {@code view} for each table or comparison. */
@Component
class TellsUpkeep {

    private final ViewUpkeep upkeep;

    TellsUpkeep(ViewUpkeep upkeep) {
        this.upkeep = upkeep;
    }

    Parameters status() {
        Parameters told = new Parameters();
        for (TableStatus table : upkeep.status()) {
            ParametersParameterComponent view = told.addParameter().setName("view");
            view.addPart().setName("name").setValue(new StringType(table.view()));
            view.addPart().setName("table").setValue(new StringType(table.table()));
            view.addPart().setName("state").setValue(new CodeType(table.state().toLowerCase(Locale.ROOT)));
            number(view, "copied", table.copied());
            number(view, "expected", table.expected());
            number(view, "unfit", table.unfit());
            view.addPart().setName("started").setValue(instant(table.started()));
            if (table.activated() != null) {
                view.addPart().setName("activated").setValue(instant(table.activated()));
            }
        }
        return told;
    }

    Parameters rebuild(List<CompiledView> views) {
        views.forEach(upkeep::rebuild);
        return status();
    }

    Parameters verify(List<CompiledView> views, HowMany wanted) {
        Parameters told = new Parameters();
        views.forEach(each -> upkeep.verify(each, wanted).ifPresent(found -> add(told, found)));
        return told;
    }

    private static void add(Parameters told, Verification found) {
        ParametersParameterComponent view = told.addParameter().setName("view");
        view.addPart().setName("name").setValue(new StringType(found.view()));
        number(view, "records", found.records());
        number(view, "unfit", found.unfit());
        number(view, "differences", found.differences());
        found.examples().forEach(id -> view.addPart().setName("example").setValue(new StringType(id)));
    }

    /** An integer of FHIR R4 ends at two thousand million. */
    private static void number(ParametersParameterComponent view, String name, long value) {
        view.addPart().setName(name).setValue(new DecimalType(value));
    }

    private static InstantType instant(OffsetDateTime time) {
        return new InstantType(time.truncatedTo(ChronoUnit.MILLIS).format(DateTimeFormatter.ISO_OFFSET_DATE_TIME));
    }
}
