package ml.keneya.security.issuer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import ml.keneya.fhir.Caller.Role;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.security.Reason;
import ml.keneya.security.access.Scopes;
import ml.keneya.security.client.Outsider;
import ml.keneya.security.client.Outsiders;
import ml.keneya.security.client.RoleNames;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.stereotype.Component;

/**
 * Gives somebody whom the other issuer vouches for the role and the place that the claims of the token name, by the
 * rules that hold for clients of our own. What is missing, unknown, ambiguous or not allowed gives no right at all.
 */
@Component
class PlacesOutsiders {

    private static final String SCOPE = "scope";
    private static final String BREAKING_GLASS = "BTG";
    private static final Pattern PURPOSE = Pattern.compile("[A-Z]{2,20}");

    /** As many as an officer may have; a list without end is a fault. */
    private static final int MOST_AREAS = 50;

    private final IssuerSettings settings;
    private final KnownPlaces known;
    private final Outsiders outsiders;
    private final Set<Role> roles;

    PlacesOutsiders(IssuerSettings settings, KnownPlaces known, Outsiders outsiders) {
        this.settings = settings;
        this.known = known;
        this.outsiders = outsiders;
        this.roles = settings.roles().stream().map(PlacesOutsiders::role).collect(Collectors.toUnmodifiableSet());
    }

    boolean mayGive(Role role) {
        return roles.contains(role);
    }

    Verdict place(Outsider outsider, Jwt token, @Nullable String purpose) {
        Optional<Role> role =
                one(token, settings.roleClaim()).flatMap(RoleNames::find).filter(this::mayGive);
        if (role.isEmpty()) {
            return refuse(outsider, Reason.OUTSIDE_ROLE, settings.roleClaim());
        }
        boolean works = token.hasClaim(settings.facilityClaim());
        Optional<String> facility = one(token, settings.facilityClaim()).filter(known::isFacility);
        if (works ? facility.isEmpty() : needsFacility(role.get())) {
            return refuse(outsider, Reason.OUTSIDE_PLACE, settings.facilityClaim());
        }
        // Areas of anybody but a district or region would mean something else to each reader.
        Set<String> areas = Set.copyOf(words(token, settings.areasClaim()));
        boolean placed = role.get() == Role.AREA
                ? !areas.isEmpty() && areas.size() <= MOST_AREAS && known.areAreas(areas)
                : !token.hasClaim(settings.areasClaim());
        if (!placed) {
            return refuse(outsider, Reason.OUTSIDE_PLACE, settings.areasClaim());
        }
        Optional<Scopes> scopes = scopes(words(token, SCOPE));
        if (scopes.isEmpty()) {
            return refuse(outsider, Reason.OUTSIDE_SCOPE, SCOPE);
        }
        Outsider here = outsider.placed(role.get(), facility.orElse(null), areas);
        outsiders.keep(here);
        return new Verdict.LetIn(here.asCaller(purpose(token, purpose)), scopes.get());
    }

    /**
     * Of a system or of a person, never of both. Words without a slash are the issuer's own business; whatever else
     * looks like a right on records must be understood, as in tokens of our own.
     */
    private static Optional<Scopes> scopes(List<String> words) {
        List<String> rights = words.stream().filter(word -> word.contains("/")).toList();
        return rights.isEmpty()
                ? Optional.empty()
                : Scopes.parse(String.join(" ", rights)).or(() -> Scopes.ofPerson(rights));
    }

    /** The claim limits what the request may state. It states by itself only what opens nothing in an emergency. */
    private @Nullable String purpose(Jwt token, @Nullable String stated) {
        if (!token.hasClaim(settings.purposeClaim())) {
            return stated;
        }
        List<String> allowed = words(token, settings.purposeClaim());
        if (stated != null) {
            return allowed.contains(stated) ? stated : null;
        }
        return allowed.size() == 1
                        && PURPOSE.matcher(allowed.get(0)).matches()
                        && !BREAKING_GLASS.equals(allowed.get(0))
                ? allowed.get(0)
                : null;
    }

    /** The one value of a claim; nothing when there are several. */
    private static Optional<String> one(Jwt token, String claim) {
        Object value = token.getClaims().get(claim);
        List<?> all = value instanceof Collection<?> several
                ? new ArrayList<>(several)
                : value == null ? List.of() : List.of(value);
        return all.size() == 1 && all.get(0) instanceof String text && !text.isBlank()
                ? Optional.of(text)
                : Optional.empty();
    }

    /** Those of a claim that is a text with spaces or a list of texts; none when it is anything else. */
    private static List<String> words(Jwt token, String claim) {
        Object value = token.getClaims().get(claim);
        if (value instanceof String text) {
            return Arrays.stream(text.strip().split(" +"))
                    .filter(word -> !word.isEmpty())
                    .toList();
        }
        return value instanceof Collection<?> several && several.stream().allMatch(String.class::isInstance)
                ? several.stream().map(String.class::cast).toList()
                : List.of();
    }

    private static boolean needsFacility(Role role) {
        return role == Role.SITE || role.isService();
    }

    private static Role role(String name) {
        return RoleNames.find(name)
                .orElseThrow(() -> new IllegalArgumentException("keneya.issuer.roles: \"" + name + "\" is no role."));
    }

    private static Verdict refuse(Outsider outsider, Reason reason, String claim) {
        return new Verdict.Refused(outsider.asNobody(), reason, Refusal.of(RefusalCode.OUTSIDER_UNPLACED, claim));
    }
}
