package ml.keneya.operations.start;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/** Keeps the exchange on this machine's loopback address until it can tell its callers apart. */
class RefusesExposedAddress implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        Environment environment = event.getEnvironment();
        String address = environment.getProperty("server.address", "0.0.0.0");
        NetworkSettings settings = Binder.get(environment).bindOrCreate("keneya.network", NetworkSettings.class);
        if (!settings.exposed() && !isLoopback(address)) {
            throw new StartRefused(
                    "L'adresse " + address
                            + " est refusée : sans contrôle d'accès, le serveur n'écoute que sur 127.0.0.1.",
                    "Address " + address + " is refused: without access control the server listens on 127.0.0.1 only.");
        }
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException exception) {
            return false;
        }
    }
}
