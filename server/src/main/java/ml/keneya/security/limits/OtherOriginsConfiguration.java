package ml.keneya.security.limits;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/** Lets pages of the origins that are listed read answers; without a list no browser hands any to another page. */
@Configuration(proxyBeanMethods = false)
class OtherOriginsConfiguration {

    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

    /**
     * Not the page where people log in: nobody else's page has to read it, and its own form comes without an origin,
     * which would be refused.
     */
    static final String[] PATHS = {
        "/fhir", "/fhir/*", "/oauth2/token", "/oauth2/revoke", "/oauth2/jwks", "/oauth2/userinfo", "/.well-known/*"
    };

    private static final List<String> ASKED_WITH = List.of(
            "Authorization",
            "Accept",
            "Accept-Language",
            "Content-Type",
            "If-Match",
            "If-None-Match",
            "If-None-Exist",
            "If-Modified-Since",
            "Prefer",
            "Keneya-Facility",
            "Keneya-Purpose");

    private static final List<String> ANSWERED_WITH =
            List.of("Location", "Content-Location", "ETag", "Last-Modified", "Retry-After", "WWW-Authenticate");

    /** Outside of the trace: a browser's question whether it may ask is no access to a record. */
    @Bean
    FilterRegistrationBean<CorsFilter> otherOrigins(CorsSettings settings) {
        FilterRegistrationBean<CorsFilter> registration = new FilterRegistrationBean<>(filter(settings));
        registration.setEnabled(settings.areOn());
        registration.addUrlPatterns(PATHS);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 5);
        return registration;
    }

    static CorsFilter filter(CorsSettings settings) {
        CorsConfiguration allowed = new CorsConfiguration();
        allowed.setAllowedOrigins(settings.origins());
        allowed.setAllowedMethods(METHODS);
        allowed.setAllowedHeaders(ASKED_WITH);
        allowed.setExposedHeaders(ANSWERED_WITH);
        // A page shows a token; nothing that a browser adds by itself lets anybody in.
        allowed.setAllowCredentials(false);
        allowed.setMaxAge(Duration.ofHours(1));
        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        source.registerCorsConfiguration("/**", allowed);
        return new CorsFilter(source);
    }
}
