package ml.keneya.security.people;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import ml.keneya.fhir.Caller.Role;
import ml.keneya.security.Admission;
import ml.keneya.security.client.OperatorRefusal;
import ml.keneya.security.client.RoleNames;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * What an operator does with people, from the machine itself and with its key. No operator ever knows a password: who
 * is added or reset gets a code, and chooses one with it.
 */
@RestController
@RequestMapping("/operator/users")
class ManagesPeople {

    private static final int ID_BYTES = 8;
    private static final int LONGEST_NAME = 200;

    private final Accounts accounts;

    ManagesPeople(Accounts accounts) {
        this.accounts = accounts;
    }

    record Wanted(
            @Nullable String login,
            @Nullable String name,
            @Nullable String role,
            @Nullable String facility,
            @Nullable Set<String> areas,
            @Nullable String language,
            @Nullable String practitioner) {}

    record Shown(
            String login,
            String id,
            String name,
            String role,
            @Nullable String facility,
            Set<String> areas,
            String language,
            @Nullable String practitioner,
            boolean activated,
            boolean revoked) {}

    /** @param activationCode shown this once: the database has only its hash */
    record Admitted(String login, String id, String role, String activationCode, int daysGood) {}

    record Reset(String login, String activationCode, int daysGood) {}

    @GetMapping
    List<Shown> list() {
        return accounts.all().stream().map(ManagesPeople::show).toList();
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Admitted add(@RequestBody Wanted wanted, HttpServletRequest request) {
        Account account = read(wanted);
        Admission.noteAbout(request, account.id());
        ActivationCode code = ActivationCode.make();
        if (!accounts.add(account, code)) {
            throw new OperatorRefusal(HttpStatus.CONFLICT, "Ce nom est pris. / This name is taken.");
        }
        return new Admitted(
                account.login(), account.id(), RoleNames.of(account.role()), code.inGroups(), ActivationCode.DAYS);
    }

    @PostMapping("/{login}/reset")
    Reset reset(@PathVariable String login, HttpServletRequest request) {
        note(login, request);
        ActivationCode code = ActivationCode.make();
        if (!accounts.reset(login, code)) {
            throw unknown();
        }
        return new Reset(login, code.inGroups(), ActivationCode.DAYS);
    }

    @DeleteMapping("/{login}")
    void revoke(@PathVariable String login, HttpServletRequest request) {
        note(login, request);
        if (!accounts.revoke(login)) {
            throw unknown();
        }
    }

    private void note(String login, HttpServletRequest request) {
        accounts.byLogin(login).ifPresent(account -> Admission.noteAbout(request, account.id()));
    }

    static Account read(Wanted wanted) {
        Set<String> areas = Objects.requireNonNullElse(wanted.areas(), Set.of());
        Role role = RoleNames.read(wanted.role(), wanted.facility(), areas);
        String login = Objects.requireNonNullElse(wanted.login(), "");
        if (!login.matches("[a-z0-9][a-z0-9._@-]{2,63}")) {
            throw new OperatorRefusal(HttpStatus.BAD_REQUEST, "login : [a-z0-9._@-], 3–64");
        }
        String name = Objects.requireNonNullElse(wanted.name(), login);
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw new OperatorRefusal(HttpStatus.BAD_REQUEST, "name ?");
        }
        String language = Objects.requireNonNullElse(wanted.language(), "fr");
        if (!Set.of("fr", "en").contains(language)) {
            throw new OperatorRefusal(HttpStatus.BAD_REQUEST, "language : fr, en");
        }
        if (wanted.practitioner() != null && !wanted.practitioner().matches("Practitioner/[A-Za-z0-9.-]{1,64}")) {
            throw new OperatorRefusal(HttpStatus.BAD_REQUEST, "practitioner : Practitioner/…");
        }
        return new Account(
                "person-" + HexFormat.of().formatHex(Secret.random(ID_BYTES)),
                login,
                name,
                role,
                wanted.facility(),
                areas,
                language,
                wanted.practitioner(),
                false,
                false);
    }

    private static Shown show(Account account) {
        return new Shown(
                account.login(),
                account.id(),
                account.name(),
                RoleNames.of(account.role()),
                account.facility(),
                account.areas(),
                account.language(),
                account.practitioner(),
                account.activated(),
                account.revoked());
    }

    private static OperatorRefusal unknown() {
        return new OperatorRefusal(
                HttpStatus.NOT_FOUND, "Cette personne est inconnue ou révoquée. / This person is unknown or revoked.");
    }
}
