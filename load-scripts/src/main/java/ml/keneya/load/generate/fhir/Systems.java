package ml.keneya.load.generate.fhir;

/** The addresses of the guide that generated records use. */
final class Systems {
    private static final String BASE = "https://keneya.ml/fhir/";

    static final String SUBMISSION = "https://keneya.ml/id/submission";
    static final String FACILITY = "https://keneya.ml/id/facility";
    static final String HOUSEHOLD = "https://keneya.ml/id/household";
    static final String NINA = "https://keneya.ml/id/nina";
    static final String AMO = "https://keneya.ml/id/amo";
    static final String RAMED = "https://keneya.ml/id/ramed";
    static final String BIRTH_CERTIFICATE = "https://keneya.ml/id/birth-certificate";
    static final String DISPLACED = "https://keneya.ml/id/idp-registration";

    static final String ICD_10 = "http://hl7.org/fhir/sid/icd-10";
    static final String CVX = "http://hl7.org/fhir/sid/cvx";
    static final String LOINC = "http://loinc.org";
    static final String UCUM = "http://unitsofmeasure.org";
    static final String BCP_47 = "urn:ietf:bcp:47";
    private static final String HL7 = "http://terminology.hl7.org/CodeSystem/";

    private Systems() {}

    static String extension(String name) {
        return BASE + "StructureDefinition/ml-ext-" + name;
    }

    static String profile(String name) {
        return BASE + "StructureDefinition/ml-" + name;
    }

    static String codes(String name) {
        return BASE + "CodeSystem/ml-" + name;
    }

    static String division(int since) {
        return codes("administrative-division-" + since);
    }

    static String hl7(String name) {
        return HL7 + name;
    }

    static String records(String facility) {
        return "https://keneya.ml/id/site/" + facility + "/record";
    }
}
