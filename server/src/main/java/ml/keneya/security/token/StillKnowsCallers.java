package ml.keneya.security.token;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.KnowsCallers;
import ml.keneya.security.client.Clients;
import ml.keneya.security.issuer.OutsideTokens;
import ml.keneya.security.people.Accounts;
import org.springframework.stereotype.Component;

/** Looks a caller up again, when what it sent is carried out and its token is long gone. */
@Component
class StillKnowsCallers implements KnowsCallers {

    private final Clients clients;
    private final Accounts accounts;
    private final OutsideTokens outside;

    StillKnowsCallers(Clients clients, Accounts accounts, OutsideTokens outside) {
        this.clients = clients;
        this.accounts = accounts;
        this.outside = outside;
    }

    @Override
    public boolean mayStillCall(Caller caller) {
        if (caller.role().isUnrestricted()) {
            return true;
        }
        Optional<Caller> now = clients.find(caller.client())
                .map(client -> client.asCaller(null))
                .or(() -> accounts.find(caller.client()).map(account -> account.asCaller(null)))
                .or(() -> outside.find(caller.client()));
        return now.filter(known -> known.role() == caller.role()
                        && Objects.equals(known.facility(), caller.facility())
                        && covers(known.areas(), caller.areas()))
                .isPresent();
    }

    /** A role of areas has some, always; should one be without, it is another caller than one with some. */
    private static boolean covers(Set<String> now, Set<String> then) {
        return now.isEmpty() == then.isEmpty() && now.containsAll(then);
    }
}
