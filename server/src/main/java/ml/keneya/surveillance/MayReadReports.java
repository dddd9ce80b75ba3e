package ml.keneya.surveillance;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.Set;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Caller.Role;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;

/** Figures of small places tell of persons, so only who may see everybody gets them. */
final class MayReadReports {

    private static final Set<Role> ROLES = Set.of(Role.AGENCY, Role.ADMINISTRATOR, Role.SYSTEM);

    private MayReadReports() {}

    static void refuseOthers(RequestDetails request) {
        if (!ROLES.contains(Caller.of(request).role())) {
            throw new RefusedException(Refusal.of(RefusalCode.FORBIDDEN));
        }
    }
}
