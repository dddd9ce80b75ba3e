package ml.keneya.security.client;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import ml.keneya.security.Sandbox;
import org.springframework.stereotype.Component;

/**
 * Systems that call a sandbox. They live in the memory of this process and nowhere else, so no other server and no
 * later one knows them, whatever database it works on.
 */
@Component
class SandboxClients {

    /** Enough for every test of a day; whoever asks for more has a program that runs away. */
    private static final int MOST = 1_000;

    private final Sandbox sandbox;
    private final Map<String, Guest> guests = new ConcurrentHashMap<>();

    SandboxClients(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    private record Guest(Client client, Instant end) {}

    /** @return false when there are too many already */
    boolean add(Client client, Instant end) {
        guests.values().removeIf(guest -> !sandbox.isGood(guest.end()));
        if (guests.size() >= MOST) {
            return false;
        }
        guests.put(client.id(), new Guest(client, end));
        return true;
    }

    Optional<Client> find(String id) {
        return good(id).map(Guest::client);
    }

    Optional<Instant> endOf(String id) {
        return good(id).map(Guest::end);
    }

    boolean remove(String id) {
        return guests.remove(id) != null;
    }

    private Optional<Guest> good(String id) {
        return Optional.ofNullable(guests.get(id)).filter(guest -> sandbox.isGood(guest.end()));
    }
}
