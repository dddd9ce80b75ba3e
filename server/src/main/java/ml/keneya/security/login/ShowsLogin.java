package ml.keneya.security.login;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import ml.keneya.security.client.App;
import ml.keneya.security.client.Apps;
import ml.keneya.security.people.Entry.Problem;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.stereotype.Component;

/** Asks a person to log in, once the request of the application has been found good. */
@Component
public class ShowsLogin implements AuthenticationEntryPoint {

    /** Half a minute, the shortest that {@code LoginTries} makes people wait. */
    private static final String AGAIN_IN = "30";

    private final Apps apps;
    private final LoginPage page;

    ShowsLogin(Apps apps, LoginPage page) {
        this.apps = apps;
        this.page = page;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException nobody)
            throws IOException {
        App app = apps.find(String.valueOf(request.getParameter("client_id"))).orElse(null);
        if (app == null) {
            page.refuse("request", request, response);
            return;
        }
        Problem problem = ReadsLogin.entryOf(request).problem();
        if (problem != null) {
            response.setStatus(problem.status());
            if (problem == Problem.TOO_MANY_TRIES || problem == Problem.BUSY) {
                response.setHeader("Retry-After", AGAIN_IN);
            }
        }
        page.show(app, problem, request, response);
    }

    /** Whether a request names an application that may be used, and an address of it. */
    public boolean isForApp(HttpServletRequest request) {
        return apps.find(String.valueOf(request.getParameter("client_id")))
                .filter(app -> app.redirectUris().contains(String.valueOf(request.getParameter("redirect_uri"))))
                .isPresent();
    }

    /** Tells a person that an application asked for something it may not have, where it cannot be told itself. */
    public void refuse(String reason, HttpServletRequest request, HttpServletResponse response) throws IOException {
        page.refuse(reason, request, response);
    }
}
