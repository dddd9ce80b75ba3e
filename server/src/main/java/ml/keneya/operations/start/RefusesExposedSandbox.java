package ml.keneya.operations.start;

import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/** Keeps what is for trying out off the network: a sandbox stays on loopback, also when it speaks TLS. */
class RefusesExposedSandbox implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        Environment environment = event.getEnvironment();
        boolean sandbox =
                Binder.get(environment).bind("keneya.sandbox", Boolean.class).orElse(false);
        boolean exposed = Binder.get(environment)
                .bindOrCreate("keneya.network", NetworkSettings.class)
                .exposed();
        String address = environment.getProperty("server.address", "0.0.0.0");
        if (sandbox && !exposed && !RefusesExposedAddress.isLoopback(address)) {
            throw new StartRefused(
                    "Un bac à sable n'écoute que sur 127.0.0.1, pas sur " + address
                            + " : enlevez KENEYA_SANDBOX (--sandbox), ou donnez KENEYA_NETWORK_EXPOSED=true si quelque"
                            + " chose devant le serveur décide qui l'atteint.",
                    "A sandbox listens on 127.0.0.1 only, not on " + address
                            + ": take KENEYA_SANDBOX (--sandbox) away, or give KENEYA_NETWORK_EXPOSED=true if"
                            + " something in front of the server decides who reaches it.");
        }
    }
}
