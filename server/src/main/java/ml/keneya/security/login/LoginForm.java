package ml.keneya.security.login;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/**
 * What a person has typed.
 *
 * @param code absent (empty) when it is a login by password
 */
record LoginForm(String login, String password, String code, String chosen, String again) {

    static final String LOGIN = "login";
    static final String PASSWORD = "password";
    static final String CODE = "code";
    static final String CHOSEN = "new_password";
    static final String AGAIN = "new_password_again";

    static final Set<String> FIELDS = Set.of(FormToken.FIELD, LOGIN, PASSWORD, CODE, CHOSEN, AGAIN);

    private static final int LONGEST = 500;

    static LoginForm read(HttpServletRequest request) {
        return new LoginForm(
                value(request, LOGIN),
                value(request, PASSWORD),
                value(request, CODE),
                value(request, CHOSEN),
                value(request, AGAIN));
    }

    /** Whether the request brings a form, as opposed to an application that sends its wishes as one. */
    static boolean isIn(HttpServletRequest request) {
        return "POST".equals(request.getMethod()) && request.getParameter(LOGIN) != null;
    }

    boolean hasCode() {
        return !code.isEmpty() || !chosen.isEmpty();
    }

    private static String value(HttpServletRequest request, String name) {
        String value = request.getParameter(name);
        return value == null || value.length() > LONGEST ? "" : value;
    }

    /** Never by accident in a log. */
    @Override
    public String toString() {
        return "login form";
    }
}
