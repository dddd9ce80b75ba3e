package ml.keneya.security.client;

import ml.keneya.security.Sandbox;
import org.springframework.http.HttpStatus;

/** What a server that is no sandbox says to whoever wants credentials of one. */
public final class SandboxRefusal {

    private SandboxRefusal() {}

    /** @throws OperatorRefusal where this is no sandbox */
    public static void unless(Sandbox sandbox) {
        if (!sandbox.isOn()) {
            throw new OperatorRefusal(
                    HttpStatus.NOT_FOUND,
                    "Ce serveur n'est pas un bac à sable (./keneya up --sandbox). / This server is no sandbox"
                            + " (./keneya up --sandbox).");
        }
    }
}
