package ml.keneya.operations.start;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/** Keeps tokens and records off the network in the clear: without TLS the exchange stays on loopback. */
class RefusesExposedAddress implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        Environment environment = event.getEnvironment();
        String address = environment.getProperty("server.address", "0.0.0.0");
        NetworkSettings settings = Binder.get(environment).bindOrCreate("keneya.network", NetworkSettings.class);
        boolean encrypted = Binder.get(environment)
                .bindOrCreate("keneya.tls", TlsSettings.class)
                .isGiven();
        if (!settings.exposed() && !encrypted && !isLoopback(address)) {
            throw new StartRefused(
                    "L'adresse " + address + " est refusée : sans TLS, le serveur n'écoute que sur 127.0.0.1."
                            + " Donnez un certificat (--tls-certificate, --tls-key), ou KENEYA_NETWORK_EXPOSED=true"
                            + " derrière un mandataire qui parle TLS.",
                    "Address " + address + " is refused: without TLS the server listens on 127.0.0.1 only."
                            + " Give a certificate (--tls-certificate, --tls-key), or KENEYA_NETWORK_EXPOSED=true"
                            + " behind a proxy that speaks TLS.");
        }
    }

    static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException exception) {
            return false;
        }
    }
}
