package ml.keneya.security.permission;

import java.util.Optional;
import java.util.UUID;

/** Tells from an access token of ours which login it came of. */
@FunctionalInterface
public interface PermissionOfToken {

    /** @return nothing when the token is not ours or is a system's */
    Optional<UUID> read(String token);
}
