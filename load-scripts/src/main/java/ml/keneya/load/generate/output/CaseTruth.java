package ml.keneya.load.generate.output;

import ml.keneya.load.generate.fhir.FhirJson;
import ml.keneya.load.generate.outbreak.Outbreak;

/**
 * A case of an outbreak and where it stands in the data.
 *
 * @param seen epoch day of the visit
 */
record CaseTruth(
        int outbreak,
        Outbreak.Case affliction,
        String patient,
        String encounter,
        String condition,
        String recordNumber,
        String submission,
        String facility,
        int seen) {
    void write(FhirJson json) {
        json.object()
                .date("onset", affliction.onset())
                .date("seen", seen)
                .text("classification", affliction.classification())
                .flag("died", affliction.dies())
                .text("commune", affliction.commune().code())
                .text("facility", facility)
                .text("recordNumber", recordNumber)
                .text("patient", patient)
                .text("encounter", encounter)
                .text("condition", condition)
                .text("submission", submission)
                .end();
    }
}
