package ml.keneya.surveillance;

import org.hl7.fhir.r4.model.Measure;

/**
 * Something that is counted: a folder of {@code ml.keneya.indicators}.
 *
 * @param measure says in words what is counted, and which column of the statement holds which population
 * @param sql the figures: {@code group_code} and {@code place}, other texts (by which figures are told apart), numbers
 */
record Indicator(Measure measure, String sql) {

    String id() {
        return measure.getIdPart();
    }
}
