package ml.keneya.security.client;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.text.ParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import ml.keneya.fhir.Caller.Role;
import ml.keneya.security.Admission;
import ml.keneya.security.Sandbox;
import ml.keneya.security.access.Scopes;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * What an operator does with clients: systems that call by themselves and applications that people use. Not under
 * {@code /fhir}: it is no part of what clients see.
 */
@RestController
@RequestMapping("/operator/clients")
class ManagesClients {

    /** Enough to show records to who may see them while they are there, and to change nothing. */
    private static final String SCOPES_OF_APPS = "openid fhirUser profile online_access user/*.rs";

    private final Clients clients;
    private final Apps apps;
    private final KeysAtAddresses published;
    private final Outsiders outsiders;

    ManagesClients(Clients clients, Apps apps, KeysAtAddresses published, Outsiders outsiders) {
        this.clients = clients;
        this.apps = apps;
        this.published = published;
        this.outsiders = outsiders;
    }

    /** @param redirectUris makes it an application that people use; it then has neither role nor keys of its own */
    record Wanted(
            @Nullable String id,
            @Nullable String name,
            @Nullable String role,
            @Nullable String facility,
            @Nullable Set<String> areas,
            @Nullable String scopes,
            @Nullable Map<String, Object> jwks,
            @Nullable String jwksUrl,
            @Nullable Set<String> redirectUris) {}

    /** @param subject the issuer and what it calls somebody of its own; absent of all others */
    record Shown(
            String id,
            String name,
            @Nullable String role,
            @Nullable String facility,
            Set<String> areas,
            String scopes,
            @Nullable String jwksUrl,
            Set<String> redirectUris,
            boolean revoked,
            @Nullable String subject) {}

    /** Where a client publishes its keys from now on. */
    record KeysElsewhere(@Nullable String jwksUrl) {}

    @GetMapping
    List<Shown> list() {
        return Stream.of(
                        clients.all().stream().map(ManagesClients::show),
                        apps.all().stream().map(ManagesClients::show),
                        outsiders.all().stream().map(ManagesClients::show))
                .flatMap(each -> each)
                .toList();
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Shown add(@RequestBody Wanted wanted, HttpServletRequest request) {
        if (wanted.redirectUris() != null) {
            App app = app(wanted, wanted.redirectUris());
            Admission.noteAbout(request, app.id());
            return taken(apps.add(app), show(app));
        }
        Client client = client(wanted);
        Admission.noteAbout(request, client.id());
        return taken(clients.add(client), show(client));
    }

    @PutMapping("/{id}/jwks")
    void replaceKeys(@PathVariable String id, @RequestBody Map<String, Object> jwks, HttpServletRequest request) {
        replace(id, ClientKeys.of(publicKeys(jwks)), request);
    }

    @PutMapping("/{id}/jwks-url")
    void fetchKeys(@PathVariable String id, @RequestBody KeysElsewhere keys, HttpServletRequest request) {
        replace(id, published(keys.jwksUrl()), request);
    }

    private void replace(String id, ClientKeys keys, HttpServletRequest request) {
        if (!clients.replaceKeys(id, keys)) {
            throw unknown();
        }
        if (keys.address() != null) {
            published.forget(keys.address());
        }
        Admission.noteAbout(request, id);
    }

    @DeleteMapping("/{id}")
    void revoke(@PathVariable String id, HttpServletRequest request) {
        if (!clients.revoke(id) && !apps.revoke(id) && !outsiders.revoke(id)) {
            throw unknown();
        }
        Admission.noteAbout(request, id);
    }

    private static Shown taken(boolean added, Shown shown) {
        if (!added) {
            throw new OperatorRefusal(HttpStatus.CONFLICT, "Cet identifiant est pris. / This id is taken.");
        }
        return shown;
    }

    static Client client(Wanted wanted) {
        Set<String> areas = Objects.requireNonNullElse(wanted.areas(), Set.of());
        Role role = RoleNames.read(wanted.role(), wanted.facility(), areas);
        String scopes = Objects.requireNonNullElse(wanted.scopes(), "system/*.cruds");
        if (Scopes.parse(scopes).isEmpty()) {
            throw new OperatorRefusal(HttpStatus.BAD_REQUEST, "scopes : SMART App Launch 2.2, system/…");
        }
        String id = id(wanted);
        return new Client(
                id,
                Objects.requireNonNullElse(wanted.name(), id),
                role,
                wanted.facility(),
                areas,
                scopes,
                keys(wanted),
                false);
    }

    private static App app(Wanted wanted, Set<String> redirectUris) {
        if (wanted.role() != null || wanted.facility() != null || wanted.jwks() != null || wanted.jwksUrl() != null) {
            throw new OperatorRefusal(
                    HttpStatus.BAD_REQUEST,
                    "Une application n'a ni rôle, ni établissement, ni clés : ceux qui l'utilisent ont un rôle. / An"
                            + " application has no role, facility or keys: who uses it has a role.");
        }
        String scopes = Objects.requireNonNullElse(wanted.scopes(), SCOPES_OF_APPS);
        List<String> words = Arrays.asList(scopes.split(" "));
        if (Scopes.ofPerson(words).isEmpty()
                || !words.contains("openid")
                        && Scopes.ofPerson(words).filter(Scopes::isNone).isPresent()) {
            throw new OperatorRefusal(
                    HttpStatus.BAD_REQUEST,
                    "scopes : SMART App Launch 2.2, user/…, "
                            + String.join(
                                    ", ", Scopes.ABOUT_PERSONS.stream().sorted().toList()));
        }
        if (redirectUris.isEmpty() || !redirectUris.stream().allMatch(RedirectAddress::isSafe)) {
            throw new OperatorRefusal(
                    HttpStatus.BAD_REQUEST,
                    "redirectUris : https://… sans fragment ; http:// pour 127.0.0.1 seulement ; ou un schéma propre à"
                            + " l'application, avec un point. / https://… without fragment; http:// for 127.0.0.1 only; or"
                            + " a scheme of the application's own, with a dot in it.");
        }
        String id = id(wanted);
        return new App(id, Objects.requireNonNullElse(wanted.name(), id), redirectUris, scopes, false);
    }

    private static String id(Wanted wanted) {
        String id = Objects.requireNonNullElseGet(
                wanted.id(), () -> UUID.randomUUID().toString());
        // What begins like a person, a guest or an outsider is one: the trace must not take the one for the other.
        if (!id.matches("[a-z0-9][a-z0-9._-]{2,63}")
                || id.startsWith("person-")
                || id.startsWith(Outsiders.PREFIX)
                || id.startsWith(Sandbox.PREFIX)
                || Set.of("local", "keneya", "anonymous").contains(id)) {
            throw new OperatorRefusal(HttpStatus.BAD_REQUEST, "id ?");
        }
        return id;
    }

    private static ClientKeys keys(Wanted wanted) {
        if (wanted.jwksUrl() == null) {
            return ClientKeys.of(publicKeys(Objects.requireNonNullElse(wanted.jwks(), Map.of())));
        }
        if (wanted.jwks() != null) {
            throw new OperatorRefusal(HttpStatus.BAD_REQUEST, "jwks, jwksUrl : l'un des deux. / one of the two.");
        }
        return published(wanted.jwksUrl());
    }

    private static ClientKeys published(@Nullable String address) {
        if (address == null || !ClientKeys.isSafe(address)) {
            throw new OperatorRefusal(
                    HttpStatus.BAD_REQUEST,
                    "jwksUrl : https://… ; http:// pour 127.0.0.1 seulement. / https://…; http:// for 127.0.0.1 only.");
        }
        return ClientKeys.at(URI.create(address));
    }

    /**
     * Only keys that a client may sign with; a private one has no business here and is refused, so that it is noticed.
     */
    private static String publicKeys(Map<String, Object> jwks) {
        try {
            List<JWK> keys = JWKSet.parse(jwks).getKeys();
            if (keys.isEmpty() || !keys.stream().allMatch(ClientKeys::isFit)) {
                throw new OperatorRefusal(
                        HttpStatus.BAD_REQUEST,
                        "jwks : clés publiques RSA (2048 bits ou plus) ou EC P-384, avec kid. / public keys, RSA (2048 bits"
                                + " or more) or EC P-384, with kid.");
            }
            return new JWKSet(keys).toString();
        } catch (ParseException unreadable) {
            throw new OperatorRefusal(HttpStatus.BAD_REQUEST, "jwks : RFC 7517 ?");
        }
    }

    private static Shown show(Client client) {
        return new Shown(
                client.id(),
                client.name(),
                RoleNames.of(client.role()),
                client.facility(),
                client.areas(),
                client.scopes(),
                client.keys().address() == null ? null : client.keys().address().toString(),
                Set.of(),
                client.revoked(),
                null);
    }

    private static Shown show(App app) {
        return new Shown(
                app.id(),
                app.name(),
                null,
                null,
                Set.of(),
                app.scopes(),
                null,
                app.redirectUris(),
                app.revoked(),
                null);
    }

    private static Shown show(Outsider outsider) {
        return new Shown(
                outsider.id(),
                outsider.id(),
                outsider.role() == null ? "" : RoleNames.of(outsider.role()),
                outsider.facility(),
                outsider.areas(),
                "",
                null,
                Set.of(),
                outsider.revoked(),
                outsider.issuer() + " " + outsider.subject());
    }

    private static OperatorRefusal unknown() {
        return new OperatorRefusal(
                HttpStatus.NOT_FOUND, "Ce client est inconnu ou révoqué. / This client is unknown or revoked.");
    }
}
