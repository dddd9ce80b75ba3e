package ml.keneya.security.login;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import ml.keneya.security.Admission;
import ml.keneya.security.Network;
import ml.keneya.security.people.Entry;
import ml.keneya.security.people.Entry.Problem;
import ml.keneya.security.people.LetsPeopleIn;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Stands before Spring's endpoint for authorization and finds out who the person is, for this one request. No session
 * is kept: whoever sits down at the same machine next is nobody.
 */
public class ReadsLogin extends OncePerRequestFilter {

    private static final String ENTRY = ReadsLogin.class.getName();

    private final String path;
    private final LetsPeopleIn people;
    private final Predicate<HttpServletRequest> isForApp;

    /**
     * @param path of the endpoint for authorization
     * @param isForApp whether a request names an application and its address: for others no password is looked at
     */
    public ReadsLogin(String path, LetsPeopleIn people, Predicate<HttpServletRequest> isForApp) {
        this.path = path;
        this.people = people;
        this.isForApp = isForApp;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !path.equals(request.getServletPath());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (LoginForm.isIn(request) && isForApp.test(request)) {
            LoginForm form = LoginForm.read(request);
            Entry entry =
                    FormToken.isRight(request) ? letIn(form, Network.of(request)) : Entry.refused(Problem.STALE_FORM);
            note(entry, form.hasCode() ? "code" : "password").bringTo(request);
            if (entry.account() != null) {
                SecurityContext context = SecurityContextHolder.createEmptyContext();
                UsernamePasswordAuthenticationToken person = UsernamePasswordAuthenticationToken.authenticated(
                        entry.account().id(), null, List.of());
                person.setDetails(entry.began());
                context.setAuthentication(person);
                SecurityContextHolder.setContext(context);
            }
            request.setAttribute(ENTRY, entry);
        }
        chain.doFilter(new AuthorizationRequest(request), response);
    }

    private Entry letIn(LoginForm form, String network) {
        return form.hasCode()
                ? people.byCode(form.login(), form.code(), form.chosen(), form.again())
                : people.byPassword(form.login(), form.password(), network);
    }

    private static Admission note(Entry entry, String how) {
        Problem problem = entry.problem();
        String refusal = problem == null ? null : problem.name().toLowerCase(Locale.ROOT);
        Admission tried = Admission.tried(Admission.LOGIN, entry.tried(), "by=" + how, refusal);
        return entry.account() == null ? tried : tried.as(entry.account().asCaller(null));
    }

    /** What came of the form that this request brought; a refusal without reason when it brought none. */
    static Entry entryOf(HttpServletRequest request) {
        return request.getAttribute(ENTRY) instanceof Entry entry ? entry : new Entry(null, null, null, null);
    }
}
