package ml.keneya.security.people;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.HexFormat;
import ml.keneya.security.Admission;
import ml.keneya.security.Sandbox;
import ml.keneya.security.client.OperatorRefusal;
import ml.keneya.security.client.RoleNames;
import ml.keneya.security.client.SandboxRefusal;
import ml.keneya.security.people.ManagesPeople.Wanted;
import ml.keneya.security.people.Passwords.Busy;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Lets an invented person log in to a sandbox for some hours, with a password that nobody has chosen. */
@RestController
@RequestMapping("/operator/sandbox/users")
class AdmitsSandboxPeople {

    private static final int SUFFIX_BYTES = 4;

    private final Sandbox sandbox;
    private final Accounts accounts;
    private final Passwords passwords;

    AdmitsSandboxPeople(Sandbox sandbox, Accounts accounts, Passwords passwords) {
        this.sandbox = sandbox;
        this.accounts = accounts;
        this.passwords = passwords;
    }

    /** @param until when it ends by itself (UTC) */
    record Admitted(String login, String id, String role, String password, Instant until) {

        /** Never by accident in a log. */
        @Override
        public String toString() {
            return id;
        }
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Admitted admit(@RequestBody Wanted wanted, HttpServletRequest request) {
        SandboxRefusal.unless(sandbox);
        String login = Sandbox.PREFIX + wanted.role() + "-" + HexFormat.of().formatHex(Secret.random(SUFFIX_BYTES));
        Account guest = ManagesPeople.read(new Wanted(
                login,
                wanted.name(),
                wanted.role(),
                wanted.facility(),
                wanted.areas(),
                wanted.language(),
                wanted.practitioner()));
        String password = ActivationCode.make().inGroups();
        Admission.noteAbout(request, guest.id());
        Instant end = sandbox.endOfWhatBeginsNow();
        try {
            accounts.addToSandbox(guest, passwords.hash(password), end);
        } catch (Busy busy) {
            throw new OperatorRefusal(HttpStatus.SERVICE_UNAVAILABLE, "Réessayez. / Try again.");
        }
        return new Admitted(guest.login(), guest.id(), RoleNames.of(guest.role()), password, end);
    }
}
