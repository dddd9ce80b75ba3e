package ml.keneya.security.client;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.text.ParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import ml.keneya.fhir.Caller.Role;
import ml.keneya.security.access.Scopes;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What an operator does with clients, from the machine itself and with its key. Not under {@code /fhir}: it is no part
 * of what clients see.
 */
@RestController
@RequestMapping("/operator/clients")
class ManagesClients {

    private static final String KEY = "Keneya-Operator-Key";
    private static final int SMALLEST_RSA_KEY = 2048;

    /** By the names that people use; nobody can be given the rights of the machine itself. */
    private static final Map<String, Role> ROLES = Map.of(
            "site", Role.SITE,
            "expert-hub", Role.EXPERT_HUB,
            "area", Role.AREA,
            "agency", Role.AGENCY,
            "social", Role.SOCIAL,
            "auditor", Role.AUDITOR,
            "administrator", Role.REGISTRAR);

    private final Clients clients;
    private final OperatorKey operatorKey;

    ManagesClients(Clients clients, OperatorKey operatorKey) {
        this.clients = clients;
        this.operatorKey = operatorKey;
    }

    record Wanted(
            @Nullable String id,
            @Nullable String name,
            @Nullable String role,
            @Nullable String facility,
            @Nullable Set<String> areas,
            @Nullable String scopes,
            @Nullable Map<String, Object> jwks) {}

    record Shown(
            String id,
            String name,
            String role,
            @Nullable String facility,
            Set<String> areas,
            String scopes,
            boolean revoked) {}

    @GetMapping
    List<Shown> list(@RequestHeader(name = KEY, required = false) @Nullable String key, HttpServletRequest request) {
        letIn(key, request);
        return clients.all().stream().map(ManagesClients::show).toList();
    }

    @PostMapping
    ResponseEntity<Shown> add(
            @RequestBody Wanted wanted,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            HttpServletRequest request) {
        letIn(key, request);
        Client client = read(wanted);
        if (!clients.add(client)) {
            throw new Refused(HttpStatus.CONFLICT, "Cet identifiant est pris. / This id is taken.");
        }
        return ResponseEntity.status(HttpStatus.CREATED).body(show(client));
    }

    @PutMapping("/{id}/jwks")
    void replaceKeys(
            @PathVariable String id,
            @RequestBody Map<String, Object> jwks,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            HttpServletRequest request) {
        letIn(key, request);
        if (!clients.replaceKeys(id, publicKeys(jwks))) {
            throw unknown();
        }
    }

    @DeleteMapping("/{id}")
    void revoke(
            @PathVariable String id,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            HttpServletRequest request) {
        letIn(key, request);
        if (!clients.revoke(id)) {
            throw unknown();
        }
    }

    @ExceptionHandler
    ResponseEntity<Map<String, String>> answer(Refused refused) {
        return ResponseEntity.status(refused.status).body(Map.of("error", String.valueOf(refused.getMessage())));
    }

    private void letIn(@Nullable String key, HttpServletRequest request) {
        if (!isLoopback(request.getRemoteAddr()) || !operatorKey.is(key)) {
            throw new Refused(
                    HttpStatus.UNAUTHORIZED,
                    "La clé de l'opérateur manque ou est fausse. / The operator's key is missing or wrong.");
        }
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException unreadable) {
            return false;
        }
    }

    private static Client read(Wanted wanted) {
        Role role = Optional.ofNullable(wanted.role())
                .map(ROLES::get)
                .orElseThrow(() -> new Refused(
                        HttpStatus.BAD_REQUEST,
                        "role : "
                                + String.join(
                                        ", ", ROLES.keySet().stream().sorted().toList())));
        String scopes = Objects.requireNonNullElse(wanted.scopes(), "system/*.cruds");
        if (Scopes.parse(scopes).isEmpty()) {
            throw new Refused(HttpStatus.BAD_REQUEST, "scopes : SMART App Launch 2.2, system/…");
        }
        if (role == Role.SITE && (wanted.facility() == null || wanted.facility().isBlank())) {
            throw new Refused(HttpStatus.BAD_REQUEST, "facility ?");
        }
        Set<String> areas = Objects.requireNonNullElse(wanted.areas(), Set.of());
        if (role == Role.AREA && areas.isEmpty()) {
            throw new Refused(HttpStatus.BAD_REQUEST, "areas ?");
        }
        String id = Objects.requireNonNullElseGet(
                wanted.id(), () -> UUID.randomUUID().toString());
        if (!id.matches("[a-z0-9][a-z0-9._-]{2,63}")
                || Set.of("local", "keneya", "anonymous").contains(id)) {
            throw new Refused(HttpStatus.BAD_REQUEST, "id ?");
        }
        return new Client(
                id,
                Objects.requireNonNullElse(wanted.name(), id),
                role,
                wanted.facility(),
                areas,
                scopes,
                publicKeys(Objects.requireNonNullElse(wanted.jwks(), Map.of())),
                false);
    }

    /**
     * Only keys that a client may sign with; a private one has no business here and is refused, so that it is noticed.
     */
    private static String publicKeys(Map<String, Object> jwks) {
        try {
            List<JWK> keys = JWKSet.parse(jwks).getKeys();
            if (keys.isEmpty() || !keys.stream().allMatch(ManagesClients::isFit)) {
                throw new Refused(
                        HttpStatus.BAD_REQUEST,
                        "jwks : clés publiques RSA (2048 bits ou plus) ou EC P-384, avec kid. / public keys, RSA (2048 bits"
                                + " or more) or EC P-384, with kid.");
            }
            return new JWKSet(keys).toString();
        } catch (ParseException unreadable) {
            throw new Refused(HttpStatus.BAD_REQUEST, "jwks : RFC 7517 ?");
        }
    }

    private static boolean isFit(JWK key) {
        boolean strong = key instanceof RSAKey rsa && rsa.size() >= SMALLEST_RSA_KEY
                || key instanceof ECKey curve && Curve.P_384.equals(curve.getCurve());
        return strong && !key.isPrivate() && key.getKeyID() != null;
    }

    private static Shown show(Client client) {
        return new Shown(
                client.id(),
                client.name(),
                ROLES.entrySet().stream()
                        .filter(role -> role.getValue() == client.role())
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElse(client.role().name().toLowerCase(Locale.ROOT)),
                client.facility(),
                client.areas(),
                client.scopes(),
                client.revoked());
    }

    private static Refused unknown() {
        return new Refused(
                HttpStatus.NOT_FOUND, "Ce client est inconnu ou révoqué. / This client is unknown or revoked.");
    }

    private static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final HttpStatus status;

        Refused(HttpStatus status, String message) {
            super(message);
            this.status = status;
        }
    }
}
