package ml.keneya.store;

import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Who holds a number that one person alone may hold, and who treats her. */
@Component
public class PeopleByNumber {

    private final IdentifierClaims claims;
    private final Treatments treatments;

    PeopleByNumber(IdentifierClaims claims, Treatments treatments) {
        this.claims = claims;
        this.treatments = treatments;
    }

    /** The id of the Patient; nothing when nobody holds the number, or several may. */
    public Optional<String> holder(String system, String value) {
        return claims.holders(Set.of(new UniqueIdentifier(system, value))).values().stream()
                .findFirst();
    }

    /** Whether it is a person's wherever she is treated, and not the record number of one site. */
    public boolean isNational(String system) {
        return new UniqueIdentifier(system, "").isNational();
    }

    public boolean isTreatedAt(String patient, String facility) {
        return !treatments.among(Set.of(patient), facility).isEmpty();
    }
}
