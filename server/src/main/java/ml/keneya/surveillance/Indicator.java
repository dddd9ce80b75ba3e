package ml.keneya.surveillance;

import java.util.List;
import org.hl7.fhir.r4.model.Measure;
import org.jspecify.annotations.Nullable;

/**
 * Something that is counted: a folder of {@code ml.keneya.indicators}.
 *
 * @param measure says in words what is counted, and which column of the statement holds which population
 * @param sql the figures: {@code group_code} and {@code place}, other texts (by which figures are told apart), numbers
 * @param rates a list of shares, medians and other figures that cannot be summed; not every indicator has one
 * @param dataElements what DHIS2 calls its figures; none if nothing says so
 */
record Indicator(Measure measure, String sql, @Nullable String rates, List<Correspondence> dataElements) {

    Indicator {
        dataElements = List.copyOf(dataElements);
    }

    String id() {
        return measure.getIdPart();
    }
}
