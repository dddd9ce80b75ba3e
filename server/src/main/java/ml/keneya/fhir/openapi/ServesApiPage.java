package ml.keneya.fhir.openapi;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import ml.keneya.fhir.Language;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.springframework.core.io.ClassPathResource;

/**
 * Answers {@code /fhir/api-docs} and {@code /fhir/swagger-ui/}. Everything on the page comes from this server: the site
 * that reads it may have no way to any other.
 */
@Interceptor(order = 2000)
class ServesApiPage {

    private static final String DOCUMENT = "/api-docs";
    private static final String PAGE = "/swagger-ui";

    /** What Swagger UI needs: inline styles, and pictures inside its style sheet. */
    private static final String ONLY_FROM_HERE =
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

    private final ObjectMapper json = new ObjectMapper();
    private final String swaggerUi = "META-INF/resources/webjars/swagger-ui/" + versionOfSwaggerUi() + "/";

    /** @return false when the request is answered here */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED)
    boolean answer(HttpServletRequest request, HttpServletResponse response, ServletRequestDetails details)
            throws IOException {
        String path = String.valueOf(request.getPathInfo());
        if (!"GET".equals(request.getMethod())) {
            return true;
        }
        Language language = Language.accepted(request.getHeader("Accept-Language"));
        switch (path) {
            case DOCUMENT -> send(response, "application/json", document(details, language));
            case PAGE -> response.sendRedirect(details.getFhirServerBase() + PAGE + "/");
            case PAGE + "/", PAGE + "/index.html" ->
                send(response, "text/html", ours(language == Language.ENGLISH ? "page_en.html" : "page_fr.html"));
            case PAGE + "/page.css" -> send(response, "text/css", ours("page.css"));
            case PAGE + "/page.js" -> send(response, "text/javascript", ours("page.js"));
            case PAGE + "/swagger-ui.css" -> send(response, "text/css", theirs("swagger-ui.css"));
            case PAGE + "/swagger-ui-bundle.js" -> send(response, "text/javascript", theirs("swagger-ui-bundle.js"));
            default -> {
                return true;
            }
        }
        return false;
    }

    private byte[] document(ServletRequestDetails details, Language language) throws IOException {
        CapabilityStatement statement =
                (CapabilityStatement) details.getServer().getCapabilityStatement(details);
        OperationDefinitions operations = new OperationDefinitions(details);
        return json.writeValueAsBytes(new ApiDocument(statement, operations, language).write());
    }

    private static byte[] ours(String file) throws IOException {
        return read(new ClassPathResource(file, ServesApiPage.class));
    }

    private byte[] theirs(String file) throws IOException {
        return read(new ClassPathResource(swaggerUi + file));
    }

    private static byte[] read(ClassPathResource file) throws IOException {
        try (InputStream stream = file.getInputStream()) {
            return stream.readAllBytes();
        }
    }

    private static void send(HttpServletResponse response, String type, byte[] body) throws IOException {
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType(type);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setHeader("Vary", "Accept-Language");
        response.setHeader("Content-Security-Policy", ONLY_FROM_HERE);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static String versionOfSwaggerUi() {
        ClassPathResource pom = new ClassPathResource("META-INF/maven/org.webjars/swagger-ui/pom.properties");
        Properties properties = new Properties();
        try (InputStream stream = pom.getInputStream()) {
            properties.load(stream);
        } catch (IOException missing) {
            throw new IllegalStateException("Swagger UI is not on the class path.", missing);
        }
        return properties.getProperty("version");
    }
}
