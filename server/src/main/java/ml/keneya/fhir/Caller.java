package ml.keneya.fhir;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
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

    /** HL7 v3 PurposeOfUse. */
    private static final String PUBLIC_HEALTH = "PUBHLTH";

    private static final String BREAKING_GLASS = "BTG";

    /** Treatment, emergency treatment, and what overrides the rules in an emergency. */
    private static final Set<String> CARE = Set.of("TREAT", "ETREAT", BREAKING_GLASS);

    private static final String ATTRIBUTE = Caller.class.getName();

    /** The roles of the access matrix. */
    public enum Role {
        SITE,
        EXPERT_HUB,
        AREA,
        AGENCY,
        /** Services for social affairs and child protection. */
        SOCIAL,
        /** Reads the trace and nothing else. */
        AUDITOR,
        /** Keeps conformance, registry and clients; clients call it "administrator". Sees no clinical data. */
        REGISTRAR,
        /** Who sits at the machine itself, where that is enough. No token carries it. */
        ADMINISTRATOR,
        /** Who showed no token and is not at the machine. */
        ANONYMOUS,
        /** The exchange itself, writing from inside. */
        SYSTEM;

        /** Whether no rule of the access matrix applies: whoever sits at the machine, and the exchange itself. */
        public boolean isUnrestricted() {
            return this == ADMINISTRATOR || this == SYSTEM;
        }

        /** Whether it follows up alerts and their cases, and works for no facility (decisions 0039 and 0074). */
        public boolean followsUp() {
            return this == AREA || this == AGENCY;
        }

        /** Whether it brings no records of its own but acts on those of others: alerts, requests, referrals. */
        public boolean actsOnWhatOthersBrought() {
            return followsUp() || isService();
        }

        /** Whether it is shown what was sent to it to act on. */
        public boolean isService() {
            return this == EXPERT_HUB || this == SOCIAL;
        }
    }

    public Caller {
        areas = Set.copyOf(areas);
    }

    /** Whoever reaches the loopback address of a server that lets its own machine in without a token. */
    public static Caller local() {
        return new Caller("local", null, Role.ADMINISTRATOR, Set.of(), null);
    }

    /** The exchange itself: start-up work, jobs and follow-up writes. */
    public static Caller system() {
        return new Caller("keneya", null, Role.SYSTEM, Set.of(), null);
    }

    /** Who showed no token; may read what the exchange says about itself. */
    public static Caller anonymous() {
        return new Caller("anonymous", null, Role.ANONYMOUS, Set.of(), null);
    }

    /** Whether the caller says that it reads for public health. */
    public boolean readsForPublicHealth() {
        return PUBLIC_HEALTH.equals(purpose);
    }

    /** Whether the caller says that it reads to treat somebody. */
    public boolean readsForCare() {
        return purpose != null && CARE.contains(purpose);
    }

    /** Whether the caller says that in an emergency it must read what it otherwise may not. */
    public boolean breaksTheGlass() {
        return BREAKING_GLASS.equals(purpose);
    }

    public Caller actingFor(String facilityCode) {
        return new Caller(client, facilityCode, role, areas, purpose);
    }

    /**
     * The caller of a request; a request that did not come over HTTP is the exchange's own, and one that did and of
     * which nobody has said yet whose it is has no rights.
     */
    public static Caller of(@Nullable RequestDetails request) {
        if (request != null
                && request.getUserData() != null
                && request.getUserData().get(ATTRIBUTE) instanceof Caller caller) {
            return caller;
        }
        return request instanceof ServletRequestDetails ? anonymous() : system();
    }

    /** Hands the caller to the HTTP face, before HAPI has made its own request out of this one. */
    public void bringTo(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /** Whom the front door let in, before HAPI or anybody behind it knows. */
    public static Optional<Caller> broughtBy(HttpServletRequest request) {
        return Optional.ofNullable((Caller) request.getAttribute(ATTRIBUTE));
    }

    public void attachTo(RequestDetails request) {
        request.getUserData().put(ATTRIBUTE, this);
    }

    public static boolean isAttachedTo(RequestDetails request) {
        return request.getUserData().containsKey(ATTRIBUTE);
    }
}
