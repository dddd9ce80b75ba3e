package ml.keneya.export;

import java.util.Optional;
import java.util.Set;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Caller.Role;
import org.jspecify.annotations.Nullable;

/**
 * For whom an export is: which records it may hold, and in which form. It is settled when the export is asked for.
 *
 * @param facility whose records alone; null unless the kind is {@link Kind#OWN}
 */
record Audience(Kind kind, @Nullable String facility) {

    static final Audience EVERYTHING = new Audience(Kind.EVERYTHING, null);
    private static final Audience PSEUDONYMISED = new Audience(Kind.PSEUDONYMISED, null);

    enum Kind {
        /** All records as they are stored: for who sits at the machine. */
        EVERYTHING,
        /** Under pseudonyms, without what is labelled: for the agency. */
        PSEUDONYMISED,
        /** What a site would see if it read: its own records, and people it treats. */
        OWN
    }

    /** Nothing for those who may not export at all. */
    static Optional<Audience> of(Caller caller) {
        return switch (caller.role()) {
            case ADMINISTRATOR, SYSTEM -> Optional.of(EVERYTHING);
            case AGENCY -> Optional.of(PSEUDONYMISED);
            case SITE -> Optional.ofNullable(caller.facility()).map(facility -> new Audience(Kind.OWN, facility));
            default -> Optional.empty();
        };
    }

    boolean isEverything() {
        return kind == Kind.EVERYTHING;
    }

    boolean isPseudonymised() {
        return kind == Kind.PSEUDONYMISED;
    }

    /** A site's, for whom visibility is asked. */
    Caller asSite() {
        return new Caller("export", facility, Role.SITE, Set.of(), null);
    }
}
