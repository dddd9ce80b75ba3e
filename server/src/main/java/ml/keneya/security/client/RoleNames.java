package ml.keneya.security.client;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ml.keneya.fhir.Caller.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Roles by the names that people use; nobody can be given the rights of the machine itself. */
public final class RoleNames {

    private static final Map<String, Role> ROLES = Map.of(
            "site", Role.SITE,
            "expert-hub", Role.EXPERT_HUB,
            "area", Role.AREA,
            "agency", Role.AGENCY,
            "social", Role.SOCIAL,
            "auditor", Role.AUDITOR,
            "administrator", Role.REGISTRAR);

    private RoleNames() {}

    /**
     * The role of that name, with what it cannot be without.
     *
     * @throws OperatorRefusal when there is no such role, or when the facility or the areas that it works for are
     *     missing
     */
    public static Role read(@Nullable String name, @Nullable String facility, Set<String> areas) {
        Role role = find(String.valueOf(name))
                .orElseThrow(() -> new OperatorRefusal(HttpStatus.BAD_REQUEST, "role : " + String.join(", ", all())));
        if (role == Role.SITE && (facility == null || facility.isBlank())) {
            throw new OperatorRefusal(HttpStatus.BAD_REQUEST, "facility ?");
        }
        if (role == Role.AREA && areas.isEmpty()) {
            throw new OperatorRefusal(HttpStatus.BAD_REQUEST, "areas ?");
        }
        return role;
    }

    /** The role of that name, whatever else it needs; nothing when there is none. */
    public static Optional<Role> find(String name) {
        return Optional.ofNullable(ROLES.get(name));
    }

    public static String of(Role role) {
        return ROLES.entrySet().stream()
                .filter(named -> named.getValue() == role)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(role.name().toLowerCase(Locale.ROOT));
    }

    private static List<String> all() {
        return ROLES.keySet().stream().sorted().toList();
    }
}
