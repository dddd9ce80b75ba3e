package ml.keneya.security.token;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import ml.keneya.security.people.Account;
import org.springframework.stereotype.Component;

/** What an application is told about a person (OpenID Connect Core 1.0, section 5; SMART App Launch 2.2). */
@Component
class PersonClaims {

    /** @param scopes that the application was given: it hears what it asked for and no more */
    Map<String, Object> of(Account account, Collection<String> scopes, String fhirBase) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("sub", account.id());
        if (scopes.contains("profile")) {
            claims.put("name", account.name());
            claims.put("locale", account.language());
        }
        if (scopes.contains("fhirUser") && account.practitioner() != null) {
            claims.put("fhirUser", fhirBase + "/" + account.practitioner());
        }
        return claims;
    }
}
