package ml.keneya.security.access;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ml.keneya.fhir.Caller.Role;

/** What answers beside HAPI's methods, and who may have it; what is added stands here or a test fails. */
final class KnownRoutes {

    static final List<Role> ROLES =
            List.of(Role.SITE, Role.EXPERT_HUB, Role.AREA, Role.AGENCY, Role.SOCIAL, Role.AUDITOR, Role.REGISTRAR);

    private static final Set<Role> NOBODY = Set.of();
    private static final Set<Role> EVERY_ROLE = Set.copyOf(ROLES);
    private static final Set<Role> WITHOUT_TOKEN =
            Stream.concat(ROLES.stream(), Stream.of(Role.ANONYMOUS)).collect(Collectors.toUnmodifiableSet());
    private static final Set<Role> OF_ROWS = Set.of(Role.AREA, Role.AGENCY);

    /** The interceptors that answer instead of HAPI, what each answers, and who may have it. */
    static final Map<String, List<Aside>> ASIDE = Map.of(
            "ShowsTrace",
            List.of(
                    new Aside("GET", "AuditEvent", Set.of(Role.AUDITOR)),
                    new Aside("GET", "AuditEvent/1.1", Set.of(Role.AUDITOR)),
                    new Aside("GET", "AuditEvent/1.1/_history/1", Set.of(Role.AUDITOR)),
                    new Aside("POST", "AuditEvent/_search", Set.of(Role.AUDITOR)),
                    new Aside("POST", "AuditEvent/$verify", Set.of(Role.AUDITOR))),
            "AnswersViewOperations",
            List.of(
                    new Aside("GET", "ViewDefinition", NOBODY),
                    new Aside("GET", "ViewDefinition/patient", NOBODY),
                    new Aside("POST", "ViewDefinition", NOBODY),
                    new Aside("GET", "ViewDefinition/$status", NOBODY),
                    new Aside("POST", "ViewDefinition/$rebuild", NOBODY),
                    new Aside("POST", "ViewDefinition/$verify", NOBODY),
                    new Aside("GET", "ViewDefinition/patient/$viewdefinition-run", OF_ROWS),
                    new Aside("GET", "ViewDefinition/patient/$run", OF_ROWS),
                    new Aside("GET", "ViewDefinition/patient/$sql-run", OF_ROWS),
                    new Aside("POST", "$viewdefinition-run", OF_ROWS),
                    new Aside("POST", "$sql-run", OF_ROWS)),
            "ReceivesUploads",
            List.of(
                    new Aside("OPTIONS", "$upload", WITHOUT_TOKEN),
                    new Aside("POST", "$upload", Set.of(Role.SITE)),
                    new Aside("HEAD", "$upload?id=1", Set.of(Role.SITE)),
                    new Aside("PATCH", "$upload?id=1", Set.of(Role.SITE)),
                    new Aside("DELETE", "$upload?id=1", Set.of(Role.SITE))),
            "ShowsProvenance",
            List.of(new Aside("GET", "Provenance/00000000-0000-4000-8000-000000000000", Set.of(Role.SITE))),
            // Each of its entries is judged when it is carried out.
            "AcceptsForLater",
            List.of(new Aside("POST", "", EVERY_ROLE)),
            "AnswersMetadataModes",
            List.of(new Aside("GET", "metadata?mode=terminology", WITHOUT_TOKEN)),
            "ServesApiPage",
            List.of(
                    new Aside("GET", "api-docs", WITHOUT_TOKEN),
                    new Aside("GET", "swagger-ui/", WITHOUT_TOKEN),
                    new Aside("GET", "swagger-ui/page.js", WITHOUT_TOKEN)));

    /** Servlets beside Spring's and Tomcat's own, and where they answer. */
    static final Map<String, Set<String>> SERVLETS = Map.of(
            "dispatcherServlet",
            Set.of("/"),
            "fhir",
            Set.of("/fhir/*"),
            "guide",
            Set.of("/guide", "/guide/*", "/package.tgz"),
            "tokens",
            Set.of(
                    "/fhir/.well-known/smart-configuration",
                    "/.well-known/oauth-authorization-server",
                    "/.well-known/openid-configuration"),
            "issuers",
            Set.of("/.well-known/oauth-protected-resource/fhir"),
            // Asks for a token itself.
            "userinfo",
            Set.of("/oauth2/userinfo"));

    /** Filters, which could answer too, and where they stand. */
    static final Map<String, Set<String>> FILTERS = Map.ofEntries(
            // Nothing under these leaves without a row in the trace.
            entry("answersOnceTraced", "/fhir", "/fhir/*"),
            entry("admitsOnceTraced", "/oauth2/*", "/operator", "/operator/*"),
            // Who calls, before anything is read.
            entry("letsCallersIn", "/fhir", "/fhir/*"),
            entry("operatorDoor", "/operator", "/operator/*"),
            entry("springSecurityFilterChain", "/oauth2/*"),
            // These refuse, and let nobody in.
            entry("refusesForeignNames", "/fhir", "/fhir/*", "/oauth2/*", "/.well-known/*", "/operator/*"),
            entry("guardsRequests", "/fhir", "/fhir/*"),
            entry("limitsClients", "/fhir", "/fhir/*"),
            entry("limitsLogins", "/oauth2/*"),
            entry("limitsGuessing", "/oauth2/token"),
            entry("limitsTokenBodies", "/oauth2/*"),
            entry("answersSlowBodies", "/error"),
            entry("breaksOffAnswers", "/fhir/*"),
            entry("protectiveHeaders", "/*"),
            // Spring's and Tomcat's, which answer nothing; of web sockets there is none.
            entry("Tomcat WebSocket (JSR356) Filter", "/*"),
            entry("webMvcObservationFilter", "/*"),
            entry("characterEncodingFilter", "/*"),
            entry("formContentFilter", "/*"),
            entry("requestContextFilter", "/*"));

    /** What Spring routes outside of the operator's door. */
    static final Set<String> FOR_EVERYBODY =
            Set.of("ANY /error", "GET /actuator", "GET /actuator/health", "GET /actuator/health/**");

    private static Map.Entry<String, Set<String>> entry(String filter, String... patterns) {
        return Map.entry(filter, Set.of(patterns));
    }

    record Aside(String method, String path, Set<Role> may) {}

    private KnownRoutes() {}
}
