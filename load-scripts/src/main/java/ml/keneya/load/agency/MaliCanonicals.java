package ml.keneya.load.agency;

/**
 * The canonical addresses of Mali's guide that this package reads, in one place, since the national authority may move
 * them.
 */
final class MaliCanonicals {
    static final String NOTIFIABLE_DISEASE = "https://keneya.ml/fhir/CodeSystem/ml-notifiable-disease";
    static final String CASE_CLASSIFICATION = "https://keneya.ml/fhir/CodeSystem/ml-case-classification";

    /** Before the reform. */
    static final String DIVISIONS_OF_2015 = "https://keneya.ml/fhir/CodeSystem/ml-administrative-division-2015";

    /** Law 2023-007. */
    static final String DIVISIONS_OF_2023 = "https://keneya.ml/fhir/CodeSystem/ml-administrative-division-2023";

    private MaliCanonicals() {}

    static String extension(String name) {
        return "https://keneya.ml/fhir/StructureDefinition/ml-ext-" + name;
    }
}
