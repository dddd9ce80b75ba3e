package ml.keneya.fhir;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is calling, for whom and why. Rights reach the stages as this value: access control fills it for the request, the
 * stages read it.
 *
 * @param client the system or person that calls, an identifier and never a name
 * @param facility the code of the facility or authority the client acts for, absent when it acts for none
 * @param role what the client may do
 * @param areas codes of the administrative divisions whose records the caller may see; empty means no limit
 * @param purpose why the caller reads (HL7 v3 PurposeOfUse), absent when none was stated
 */
public record Caller(
        String client,
        @Nullable String facility,
        Role role,
        Set<String> areas,
        @Nullable String purpose) {

    private static final String ATTRIBUTE = Caller.class.getName();

    /** The roles of the access matrix. */
    public enum Role {
        SITE,
        EXPERT_HUB,
        AREA,
        AGENCY,
        ADMINISTRATOR,
        /** The exchange itself, writing from inside. */
        SYSTEM
    }

    public Caller {
        areas = Set.copyOf(areas);
    }

    /** The caller of a server without access control, which therefore listens on loopback only. */
    public static Caller local() {
        return new Caller("local", null, Role.ADMINISTRATOR, Set.of(), null);
    }

    /** The exchange itself: start-up work, jobs and follow-up writes. */
    public static Caller system() {
        return new Caller("keneya", null, Role.SYSTEM, Set.of(), null);
    }

    public Caller actingFor(String facilityCode) {
        return new Caller(client, facilityCode, role, areas, purpose);
    }

    /** The caller of a request; a request that did not come over HTTP is the exchange's own. */
    public static Caller of(@Nullable RequestDetails request) {
        if (request == null || request.getUserData() == null) {
            return system();
        }
        return request.getUserData().get(ATTRIBUTE) instanceof Caller caller ? caller : system();
    }

    public void attachTo(RequestDetails request) {
        request.getUserData().put(ATTRIBUTE, this);
    }

    static boolean isAttachedTo(RequestDetails request) {
        return request.getUserData().containsKey(ATTRIBUTE);
    }
}
