package ml.keneya.security.token;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import ml.keneya.fhir.Caller;
import ml.keneya.security.access.Scopes;
import ml.keneya.security.client.Apps;
import ml.keneya.security.client.Clients;
import ml.keneya.security.people.Account;
import ml.keneya.security.people.Accounts;
import ml.keneya.security.permission.Permissions;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.stereotype.Component;

/** Finds out from an access token who is calling. */
@Component
class ChecksTokens {

    private static final int MOST_REMEMBERED = 1_000;

    private final ReadsTokens reads;
    private final Clients clients;
    private final Apps apps;
    private final Accounts accounts;
    private final Permissions permissions;

    /** The same few words come with every request. */
    private final LoadingCache<String, Optional<Scopes>> understood =
            Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build(Scopes::parse);

    ChecksTokens(ReadsTokens reads, Clients clients, Apps apps, Accounts accounts, Permissions permissions) {
        this.reads = reads;
        this.clients = clients;
        this.apps = apps;
        this.accounts = accounts;
        this.permissions = permissions;
    }

    /** Who holds a good token, and what it may be used for. */
    record Holder(Caller caller, Scopes scopes) {}

    /** Whose token it is, and every word of its scopes. */
    record Person(Account account, List<String> scopes) {}

    /**
     * @param audience whom the token must be for
     * @param purpose what the request says it is for
     * @return nothing when the token is not good, for whatever reason
     */
    Optional<Holder> check(String token, String issuer, String audience, @Nullable String purpose) {
        Optional<Jwt> read = reads.token(token).filter(jwt -> isFor(jwt, issuer, audience));
        return read.flatMap(jwt -> jwt.hasClaim(WritesTokens.LOGIN)
                ? person(jwt)
                        .flatMap(person -> Scopes.ofPerson(person.scopes())
                                .map(scopes -> new Holder(person.account().asCaller(purpose), scopes)))
                : system(jwt, purpose));
    }

    /** As {@link #check}, for what is told to people about themselves. */
    Optional<Person> checkPerson(String token, String issuer, String audience) {
        return reads.token(token)
                .filter(jwt -> isFor(jwt, issuer, audience) && jwt.hasClaim(WritesTokens.LOGIN))
                .flatMap(this::person);
    }

    private Optional<Holder> system(Jwt token, @Nullable String purpose) {
        Optional<Scopes> scopes = understood.get(words(token));
        return Optional.ofNullable(token.getSubject())
                .flatMap(clients::find)
                .map(client -> client.asCaller(purpose))
                .filter(caller -> scopes.isPresent() && isAsIssued(caller, token))
                .map(caller -> new Holder(caller, scopes.get()));
    }

    private Optional<Person> person(Jwt token) {
        return Optional.ofNullable(token.getSubject())
                .flatMap(accounts::find)
                .filter(account -> isAsIssued(account.asCaller(null), token))
                .filter(account -> apps.find(String.valueOf(text(token, WritesTokens.CLIENT)))
                        .isPresent())
                .filter(account ->
                        ReadsTokens.login(token).filter(permissions::isGood).isPresent())
                .map(account -> new Person(account, Arrays.asList(words(token).split(" "))));
    }

    private static boolean isFor(Jwt token, String issuer, String audience) {
        return token.getExpiresAt() != null
                && issuer.equals(token.getClaims().get("iss"))
                && token.getClaims().get("aud") instanceof Collection<?> audiences
                && audiences.contains(audience);
    }

    /** Whoever's role or facility was changed since must ask for another token. */
    private static boolean isAsIssued(Caller holder, Jwt token) {
        return holder.role().name().equals(token.getClaims().get(WritesTokens.ROLE))
                && Objects.equals(holder.facility(), token.getClaims().get(WritesTokens.FACILITY));
    }

    private static String words(Jwt token) {
        return String.valueOf(text(token, WritesTokens.SCOPE));
    }

    /** As it was read: Spring's own way converts a claim each time it is looked at. */
    private static @Nullable String text(Jwt token, String claim) {
        return token.getClaims().get(claim) instanceof String text ? text : null;
    }
}
