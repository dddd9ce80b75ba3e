package ml.keneya.fhir;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.Set;

/**
 * An answer tells of these people though their records did not leave the storage one by one; published before it is
 * sent.
 *
 * @param patients their ids
 * @param request that is answered
 */
public record PeopleShown(Set<String> patients, RequestDetails request) {

    public PeopleShown {
        patients = Set.copyOf(patients);
    }
}
