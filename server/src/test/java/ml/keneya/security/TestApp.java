package ml.keneya.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;

/** An application in a browser that people log in through: it walks the code flow over HTTP, page and form included. */
public final class TestApp {

    public static final String CALLBACK = "https://app.example.org/callback";

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Pattern FORM_TOKEN = Pattern.compile("name=\"form_token\" value=\"([^\"]+)\"");
    private static final Pattern ACTION = Pattern.compile("action=\"([^\"]+)\"");

    private final Exchange exchange;
    private final String id;
    private final String verifier = (UUID.randomUUID() + "-" + UUID.randomUUID()).replace("-", ".");

    private TestApp(Exchange exchange, String id) {
        this.exchange = exchange;
        this.id = id;
    }

    public static TestApp with(Exchange exchange, String scopes) {
        String id = Exchange.unique("app");
        register(exchange, id, scopes, CALLBACK).hasStatus(201);
        return new TestApp(exchange, id);
    }

    public static Answer register(Exchange exchange, String id, String scopes, String redirectUri) {
        return TestSystem.operate(
                exchange,
                "POST",
                "",
                "{\"id\":\"%s\",\"name\":\"Suivi des alertes <b>\",\"scopes\":\"%s\",\"redirectUris\":[\"%s\"]}"
                        .formatted(id, scopes, redirectUri),
                TestSystem.operatorKey());
    }

    /** The same application at another server. */
    public TestApp at(Exchange other) {
        return new TestApp(other, id);
    }

    public String id() {
        return id;
    }

    public String verifier() {
        return verifier;
    }

    /** The address that the application sends its person to, changed as a test wants it. */
    public String wish(String scopes, Consumer<Map<String, String>> change) {
        Map<String, String> wish = new LinkedHashMap<>();
        wish.put("response_type", "code");
        wish.put("client_id", id);
        wish.put("redirect_uri", CALLBACK);
        wish.put("scope", scopes);
        wish.put("state", "state-of-" + id);
        wish.put("nonce", "nonce-of-" + id);
        wish.put("aud", exchange.base());
        wish.put("code_challenge", challenge(verifier));
        wish.put("code_challenge_method", "S256");
        change.accept(wish);
        return TestSystem.root(exchange) + "/oauth2/authorize?" + form(wish);
    }

    public Answer ask(String scopes) {
        return ask(scopes, wish -> {});
    }

    public Answer ask(String scopes, Consumer<Map<String, String>> change) {
        return exchange.get(wish(scopes, change));
    }

    /** Fills the form of a page in and sends it, with the cookie of the page. */
    public Answer send(Answer page, String... fields) {
        return sendWith(cookie(page), page, fields);
    }

    public Answer sendWith(String cookie, Answer page, String... fields) {
        return send(cookie, page.body(), fields);
    }

    /** The form of a page that was changed on the way. */
    public Answer sendTo(String changed, Answer page, String... fields) {
        return send(cookie(page), changed, fields);
    }

    private Answer send(String cookie, String page, String... fields) {
        Map<String, String> filled = new LinkedHashMap<>();
        filled.put("form_token", found(FORM_TOKEN, page));
        for (int at = 0; at < fields.length; at += 2) {
            filled.put(fields[at], fields[at + 1]);
        }
        String action = found(ACTION, page).replace("&amp;", "&");
        return exchange.send(
                "POST",
                TestSystem.root(exchange) + "/oauth2/authorize" + action,
                FORM,
                BodyPublishers.ofString(form(filled)),
                "Cookie",
                cookie);
    }

    public static String cookie(Answer page) {
        return page.header("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
    }

    /** What the browser is sent back to the application with. */
    public static Map<String, String> sentBack(Answer answer) {
        answer.hasStatus(303);
        String location = answer.header("Location").orElseThrow();
        assertThat(location).startsWith(CALLBACK + "?");
        return Arrays.stream(URI.create(location).getRawQuery().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    /** A code, by the person's password. */
    public String code(TestPerson person, String scopes) {
        Answer back = send(ask(scopes), "login", person.login(), "password", person.password());
        return sentBack(back).get("code");
    }

    public Answer redeem(String code, Consumer<Map<String, String>> change) {
        Map<String, String> wanted = new LinkedHashMap<>();
        wanted.put("grant_type", "authorization_code");
        wanted.put("client_id", id);
        wanted.put("code", code);
        wanted.put("redirect_uri", CALLBACK);
        wanted.put("code_verifier", verifier);
        change.accept(wanted);
        return post("/oauth2/token", wanted);
    }

    public Answer redeem(String code) {
        return redeem(code, wanted -> {});
    }

    public Answer renew(String refreshToken) {
        return post(
                "/oauth2/token", Map.of("grant_type", "refresh_token", "client_id", id, "refresh_token", refreshToken));
    }

    public Answer giveBack(String token) {
        return post("/oauth2/revoke", Map.of("client_id", id, "token", token));
    }

    /** The two halves of the header that shows a fresh token of the person. */
    public String[] tokenOf(TestPerson person, String scopes) {
        Answer tokens = redeem(code(person, scopes)).hasStatus(200);
        return bearer(TestSystem.read(tokens).path("access_token").asText());
    }

    public static String[] bearer(String token) {
        return new String[] {"Authorization", "Bearer " + token};
    }

    public Answer post(String path, Map<String, String> parameters) {
        return exchange.send("POST", TestSystem.root(exchange) + path, FORM, BodyPublishers.ofString(form(parameters)));
    }

    public static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String found(Pattern pattern, String page) {
        Matcher matcher = pattern.matcher(page);
        assertThat(matcher.find()).as("%s in %s", pattern, page).isTrue();
        return matcher.group(1);
    }

    private static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
