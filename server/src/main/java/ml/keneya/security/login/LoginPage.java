package ml.keneya.security.login;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ml.keneya.fhir.Language;
import ml.keneya.security.Sandbox;
import ml.keneya.security.client.App;
import ml.keneya.security.people.Entry.Problem;
import ml.keneya.security.people.Secret;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/**
 * The page for people: one file, four kilobytes, no script, nothing fetched from anywhere. The browser is told to run
 * nothing, to send the form to nobody but us and to go on from it to nobody but the application.
 */
@Component
class LoginPage {

    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z-]+)}}");

    private final String frame = read("page.html");
    private final String form = read("form.html");
    private final String style = read("page.css");
    private final Sandbox sandbox;
    private final String onlyThisStyle = "'sha256-" + Base64.getEncoder().encodeToString(Secret.hash(style)) + "'";

    LoginPage(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    /** @param problem with what the person has typed before */
    void show(App app, @Nullable Problem problem, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        ResourceBundle words = words(request);
        String hint = request.getParameter("login_hint");
        Map<String, String> values = new HashMap<>();
        values.put("title", words.getString("title"));
        values.put("notice", problem == null ? "" : notice(words.getString("problem." + name(problem))));
        values.put("application", escaped(app.name()));
        values.put("host", escaped(target(request)));
        values.put("action", escaped("?" + request.getQueryString()));
        values.put("token", FormToken.give(request, response));
        values.put("login", hint == null || hint.length() > 64 ? "" : escaped(hint));
        values.put("open", isAboutCode(problem) ? " open" : "");
        values.put("content", fill(form, words, values));
        send(fill(frame, words, values), "'self' " + originOf(target(request)), request, response);
    }

    /** @param reason a key of the messages */
    void refuse(String reason, HttpServletRequest request, HttpServletResponse response) throws IOException {
        ResourceBundle words = words(request);
        response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
        Map<String, String> values = new HashMap<>();
        values.put("title", words.getString("refused"));
        values.put("content", notice(words.getString("refused." + reason)));
        send(fill(frame, words, values), "'none'", request, response);
    }

    private void send(String page, String formsGoTo, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        byte[] body = page.getBytes(StandardCharsets.UTF_8);
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader("Content-Language", language(request).locale().getLanguage());
        response.setHeader("Vary", "Accept-Language");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'none'; style-src " + onlyThisStyle + "; img-src data:; form-action " + formsGoTo
                        + "; frame-ancestors 'none'; base-uri 'none'");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** Words of ours are put in as they are, everything else has been escaped. */
    private String fill(String template, ResourceBundle words, Map<String, String> values) {
        Matcher places = PLACE.matcher(template);
        return places.replaceAll(place -> {
            String name = place.group(1);
            String value = switch (name) {
                case "style" -> style;
                case "sandbox" -> sandbox.isOn() ? notice(words.getString("in-sandbox")) : "";
                case "language" -> words.getLocale().getLanguage();
                default -> values.containsKey(name) ? values.get(name) : words.getString(name);
            };
            return Matcher.quoteReplacement(value);
        });
    }

    private static String notice(String text) {
        return "<p class=\"notice\" role=\"alert\">" + text + "</p>";
    }

    private static boolean isAboutCode(@Nullable Problem problem) {
        return problem == Problem.WEAK_PASSWORD || problem == Problem.DIFFERENT_PASSWORDS;
    }

    private static String name(Problem problem) {
        return problem.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Where the person goes from here; the address has been found to be one of the application's. */
    private static String target(HttpServletRequest request) {
        return String.valueOf(request.getParameter("redirect_uri"));
    }

    private static String originOf(String address) {
        URI uri = URI.create(address);
        return uri.getHost() == null || !String.valueOf(uri.getScheme()).startsWith("http")
                ? uri.getScheme() + ":"
                : uri.getScheme() + "://" + uri.getAuthority();
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text, StandardCharsets.UTF_8.name());
    }

    private static ResourceBundle words(HttpServletRequest request) {
        return ResourceBundle.getBundle(
                "ml.keneya.security.login.words",
                language(request).locale(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** What the application says its people speak (OpenID Connect) goes before what the browser says. */
    private static Language language(HttpServletRequest request) {
        String wanted = request.getParameter("ui_locales");
        return Language.accepted(
                wanted == null || wanted.isBlank()
                        ? request.getHeader("Accept-Language")
                        : wanted.strip().replace(' ', ','));
    }

    private static String read(String file) {
        try {
            return new ClassPathResource(file, LoginPage.class).getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
