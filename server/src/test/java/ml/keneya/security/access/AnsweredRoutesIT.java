package ml.keneya.security.access;

import static ml.keneya.test.Exchange.unique;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.server.method.OperationMethodBinding;
import jakarta.servlet.ServletContext;
import java.lang.reflect.Method;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Caller.Role;
import ml.keneya.fhir.FhirServer;
import ml.keneya.fhir.ServedTypes;
import ml.keneya.security.Reason;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Whatever answers does so behind a rule, whoever answers: HAPI's methods, interceptors that answer instead of them,
 * servlets, filters, and what Spring routes. What is added must be added here too, with who may have it.
 */
@KeneyaIntegrationTest
class AnsweredRoutesIT {

    /** From elsewhere, so that nobody is let in for sitting at the machine. */
    private static final String[] STRANGER = {"X-Forwarded-For", "203.0.113.9"};

    @Autowired
    FhirServer server;

    @Autowired
    ServedTypes served;

    @Autowired
    AccessTable table;

    @Autowired
    Exchange exchange;

    @Autowired
    ApplicationContext context;

    @Autowired
    ServletContext container;

    @Test
    @DisplayName("S11: whatever answers instead of HAPI is known, and is asked after the table")
    void s11_knowsEverythingThatAnswersAside() {
        List<Object> answering = answering();

        assertThat(answering.stream().map(each -> each.getClass().getSimpleName()))
                .containsExactlyInAnyOrderElementsOf(KnownRoutes.ASIDE.keySet());
        int decided = DecidesRequests.class.getAnnotation(Interceptor.class).order();
        assertThat(answering)
                .allSatisfy(each -> assertThat(
                                each.getClass().getAnnotation(Interceptor.class).order())
                        .as("the place in line of %s", each.getClass().getSimpleName())
                        .isGreaterThan(decided));
    }

    @Test
    @DisplayName("S11: what is answered instead of HAPI is refused to whoever may not have it")
    void s11_refusesWhatIsAnsweredAside() {
        Map<Role, String[]> callers = callers();
        for (KnownRoutes.Aside aside :
                KnownRoutes.ASIDE.values().stream().flatMap(Collection::stream).toList()) {
            callers.forEach((role, caller) -> {
                String body = aside.method().equals("POST") ? "{\"resourceType\":\"Parameters\"}" : "";
                String form = aside.path().endsWith("_search")
                        ? "application/x-www-form-urlencoded"
                        : "application/fhir+json";
                Answer answer = exchange.send(
                        aside.method(),
                        aside.path(),
                        form,
                        form.startsWith("application/x") ? BodyPublishers.noBody() : BodyPublishers.ofString(body),
                        caller);
                if (aside.may().contains(role)) {
                    assertThat(answer.status())
                            .as("%s by %s: %s", aside, role, answer.body())
                            .isNotIn(401, 403)
                            .isLessThan(500);
                } else {
                    isRefused(answer, role, aside.toString());
                }
            });
        }
    }

    @Test
    @DisplayName("S11: each operation and each type is refused to each role to which no rule opens it")
    void s11_refusesWhatNoRuleOpens() {
        Map<Role, String[]> callers = callers();
        Map<String, Wish> wishes = operations();
        for (String type : served.names()) {
            wishes.put(type + "?_count=0", new Wish(Interaction.SEARCH_TYPE, type, null, Map.of()));
            wishes.put(type + "/some", new Wish(Interaction.READ, type, null, Map.of()));
        }
        int[] refused = {0};
        wishes.forEach((path, wish) -> callers.forEach((role, caller) -> {
            Reason reason = table.judge(new Caller("some", "some", role, Set.of("ML"), null), Scopes.ALL, wish);
            if (!AccessTable.isAllowed(reason)) {
                isRefused(exchange.get(path, caller), role, path);
                refused[0]++;
            }
        }));
        assertThat(refused[0]).isGreaterThan(500);
    }

    @Test
    @DisplayName("S11: every servlet and every filter is known, and where it stands")
    void s11_knowsEveryServletAndFilter() {
        Map<String, Set<String>> servlets = container.getServletRegistrations().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> Set.copyOf(each.getValue().getMappings())));
        Map<String, Set<String>> filters = container.getFilterRegistrations().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> Set.copyOf(each.getValue().getUrlPatternMappings())));

        assertThat(servlets).containsExactlyInAnyOrderEntriesOf(KnownRoutes.SERVLETS);
        assertThat(filters).containsExactlyInAnyOrderEntriesOf(KnownRoutes.FILTERS);
    }

    @Test
    @DisplayName("S11: what Spring routes is behind the operator's door, or known to be for everybody")
    void s11_knowsEverythingThatSpringRoutes() {
        Set<String> outside =
                routes().stream().filter(route -> !isAtTheDoor(route)).collect(Collectors.toCollection(TreeSet::new));

        assertThat(outside).containsExactlyInAnyOrderElementsOf(KnownRoutes.FOR_EVERYBODY);
    }

    @Test
    @DisplayName("S11: the operator's door opens to no token")
    void s11_keepsTheOperatorsDoorShut() {
        String[] site = TestSystem.ofSite(exchange, unique("cscom")).withAll();
        List<String> doors =
                routes().stream().filter(AnsweredRoutesIT::isAtTheDoor).toList();

        assertThat(doors).hasSizeGreaterThan(8);
        for (String door : doors) {
            String method = door.replaceFirst(" .*", "");
            String path =
                    TestSystem.root(exchange) + door.replaceFirst(".* ", "").replaceAll("\\{.*?}", "some");
            for (String[] headers : new String[][] {site, STRANGER}) {
                assertThat(exchange.send(method, path, "application/json", BodyPublishers.ofString("{}"), headers)
                                .status())
                        .as(door)
                        .isEqualTo(401);
            }
        }
    }

    @Test
    void wouldNoticeARouteThatNobodyThoughtOf() throws ReflectiveOperationException {
        RequestMappingHandlerMapping spring =
                context.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
        RequestMappingInfo route = RequestMappingInfo.paths("/nobody-thought-of-this")
                .methods(RequestMethod.GET)
                .options(spring.getBuilderConfiguration())
                .build();
        Answers interceptor = new Answers();
        spring.registerMapping(route, interceptor, Answers.class.getDeclaredMethod("answer"));
        server.restful().registerInterceptor(interceptor);
        try {
            assertThat(routes()).contains("GET /nobody-thought-of-this");
            assertThat(answering()).contains(interceptor);
        } finally {
            spring.unregisterMapping(route);
            server.restful().unregisterInterceptor(interceptor);
        }
    }

    /** Answers nothing, and could. */
    @Interceptor(order = 9_000)
    private static final class Answers {

        @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED)
        boolean answer() {
            return true;
        }
    }

    private void isRefused(Answer answer, Role role, String what) {
        assertThat(answer.status())
                .as("%s by %s: %s", what, role, answer.body())
                .isEqualTo(role == Role.ANONYMOUS ? 401 : 403);
    }

    private Map<Role, String[]> callers() {
        Map<Role, String[]> callers = new EnumMap<>(Role.class);
        callers.put(Role.ANONYMOUS, STRANGER);
        callers.put(Role.SITE, TestSystem.ofSite(exchange, unique("cscom")).withAll());
        callers.put(Role.EXPERT_HUB, TestSystem.withRole(exchange, "expert-hub").withAll());
        callers.put(Role.AREA, TestSystem.withRole(exchange, "area").withAll());
        callers.put(Role.AGENCY, TestSystem.withRole(exchange, "agency").withAll());
        callers.put(Role.SOCIAL, TestSystem.withRole(exchange, "social").withAll());
        callers.put(Role.AUDITOR, TestSystem.withRole(exchange, "auditor").withAll());
        callers.put(
                Role.REGISTRAR, TestSystem.withRole(exchange, "administrator").withAll());
        assertThat(callers.keySet()).containsAll(KnownRoutes.ROLES);
        return callers;
    }

    /** Every address at which HAPI has an operation bound. */
    private Map<String, Wish> operations() {
        Map<String, Wish> found = new TreeMap<>();
        RouteInventoryIT.bindings(server)
                .filter(OperationMethodBinding.class::isInstance)
                .map(OperationMethodBinding.class::cast)
                .forEach(operation -> {
                    String name = operation.getName();
                    String type = operation.getResourceName();
                    if (operation.isCanOperateAtServerLevel() && type == null) {
                        found.put(name, new Wish(Interaction.OPERATION, null, name, Map.of()));
                    }
                    String at = type == null ? "Patient" : type;
                    Wish wish = new Wish(Interaction.OPERATION, at, name, Map.of());
                    if (operation.isCanOperateAtTypeLevel()) {
                        found.put(at + "/" + name, wish);
                    }
                    if (operation.isCanOperateAtInstanceLevel()) {
                        found.put(at + "/some/" + name, wish);
                    }
                });
        assertThat(found).hasSizeGreaterThan(30);
        return found;
    }

    /** Interceptors with a hook that can say that the request has been answered. */
    private List<Object> answering() {
        Set<Pointcut> before = Set.of(
                Pointcut.SERVER_INCOMING_REQUEST_PRE_PROCESSED,
                Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED,
                Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED);
        return server.restful().getInterceptorService().getAllRegisteredInterceptors().stream()
                .filter(each -> methodsOf(each.getClass())
                        .anyMatch(method -> method.getReturnType() == boolean.class
                                && method.getAnnotation(Hook.class) != null
                                && before.contains(
                                        method.getAnnotation(Hook.class).value())))
                .toList();
    }

    private static Stream<Method> methodsOf(Class<?> type) {
        return type == null
                ? Stream.empty()
                : Stream.concat(Arrays.stream(type.getDeclaredMethods()), methodsOf(type.getSuperclass()));
    }

    private static boolean isAtTheDoor(String route) {
        return route.matches("[A-Z]+ /operator/.*");
    }

    /** What Spring MVC would answer: method and pattern. */
    private Set<String> routes() {
        Set<String> routes = new TreeSet<>();
        for (HandlerMapping mapping :
                context.getBeansOfType(HandlerMapping.class).values()) {
            if (mapping instanceof RequestMappingInfoHandlerMapping methods) {
                methods.getHandlerMethods().keySet().forEach(info -> routes.addAll(inWords(info)));
            } else if (mapping instanceof AbstractUrlHandlerMapping addresses) {
                routes.addAll(addresses.getHandlerMap().keySet());
            } else if (mapping instanceof RouterFunctionMapping functions) {
                Object function = functions.getRouterFunction();
                routes.addAll(function == null ? List.of() : List.of(function.toString()));
            } else {
                routes.add(mapping.getClass().getSimpleName());
            }
        }
        return routes;
    }

    private static List<String> inWords(RequestMappingInfo info) {
        Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
        List<String> words = new ArrayList<>();
        for (String pattern : info.getPatternValues()) {
            (methods.isEmpty() ? Stream.of("ANY") : methods.stream().map(Enum::name))
                    .forEach(method -> words.add(method + " " + pattern));
        }
        return words;
    }
}
