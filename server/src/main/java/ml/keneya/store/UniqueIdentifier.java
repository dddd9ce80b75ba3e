package ml.keneya.store;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import ml.keneya.conformance.Canonicals;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;

/**
 * A number that only one Patient may hold (decision 14): the national ones of a person, and the record number of a
 * site. Numbers that a household shares (AMO of the insured, phones) and those of a place and year (birth certificate)
 * are not among them.
 */
record UniqueIdentifier(String system, String value) {

    private static final Set<String> NATIONAL = Set.of(Canonicals.NINA, Canonicals.BIOMETRIC_CARD);
    private static final Pattern SITE_RECORD =
            Pattern.compile(Pattern.quote(Canonicals.IDENTIFIERS) + "/site/[^/]+/record");

    static boolean isUnique(String system) {
        return NATIONAL.contains(system) || SITE_RECORD.matcher(system).matches();
    }

    /** Of the person, whoever treats her; the others are the business of one site. */
    boolean isNational() {
        return NATIONAL.contains(system);
    }

    static Set<UniqueIdentifier> of(Patient person) {
        Set<UniqueIdentifier> unique = new LinkedHashSet<>();
        for (Identifier identifier : person.getIdentifier()) {
            if (identifier.hasSystem() && identifier.hasValue() && isUnique(identifier.getSystem())) {
                unique.add(new UniqueIdentifier(identifier.getSystem(), identifier.getValue()));
            }
        }
        return unique;
    }
}
