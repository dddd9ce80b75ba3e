package ml.keneya.store;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import ml.keneya.conformance.Canonicals;
import ml.keneya.fhir.Caller;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.jspecify.annotations.Nullable;

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

    /** Whether a caller may say who has this number: everybody of a national one, of a record number only its site. */
    boolean isClaimedBy(Caller caller) {
        return isNational() || caller.role().isUnrestricted() || isOf(caller.facility());
    }

    boolean isOf(@Nullable String facility) {
        return facility != null && system.equals(Canonicals.IDENTIFIERS + "/site/" + facility + "/record");
    }

    static Set<UniqueIdentifier> of(Patient person) {
        Set<UniqueIdentifier> unique = new LinkedHashSet<>();
        person.getIdentifier().forEach(identifier -> of(identifier).ifPresent(unique::add));
        return unique;
    }

    static Optional<UniqueIdentifier> of(Identifier identifier) {
        return identifier.getSystem() != null && identifier.getValue() != null && isUnique(identifier.getSystem())
                ? Optional.of(new UniqueIdentifier(identifier.getSystem(), identifier.getValue()))
                : Optional.empty();
    }
}
