package ml.keneya.security.client;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.UUID;
import ml.keneya.security.Admission;
import ml.keneya.security.Sandbox;
import ml.keneya.security.client.ManagesClients.Wanted;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Lets a system call a sandbox for some hours, with a key of its own; there is no such door elsewhere. */
@RestController
@RequestMapping("/operator/sandbox/clients")
class AdmitsSandboxClients {

    private final Sandbox sandbox;
    private final SandboxClients guests;

    AdmitsSandboxClients(Sandbox sandbox, SandboxClients guests) {
        this.sandbox = sandbox;
        this.guests = guests;
    }

    /** @param until when it ends by itself (UTC); with the server it ends before */
    record Admitted(String id, String role, String scopes, Instant until) {}

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Admitted admit(@RequestBody Wanted wanted, HttpServletRequest request) {
        SandboxRefusal.unless(sandbox);
        Client asked = ManagesClients.client(wanted);
        if (asked.keys().address() != null) {
            // What a guest may have the server fetch is nothing.
            throw new OperatorRefusal(HttpStatus.BAD_REQUEST, "jwks ?");
        }
        Client guest = new Client(
                Sandbox.PREFIX + RoleNames.of(asked.role()) + "-"
                        + UUID.randomUUID().toString().substring(0, 8),
                asked.name(),
                asked.role(),
                asked.facility(),
                asked.areas(),
                asked.scopes(),
                asked.keys(),
                false);
        Admission.noteAbout(request, guest.id());
        Instant end = sandbox.endOfWhatBeginsNow();
        if (!guests.add(guest, end)) {
            throw new OperatorRefusal(
                    HttpStatus.TOO_MANY_REQUESTS, "Trop de systèmes d'essai. / Too many systems in this sandbox.");
        }
        return new Admitted(guest.id(), RoleNames.of(guest.role()), guest.scopes(), end);
    }
}
