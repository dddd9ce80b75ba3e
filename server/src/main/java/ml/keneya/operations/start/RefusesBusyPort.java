package ml.keneya.operations.start;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/** Notices a busy port before anything is started, and not after the half minute that everything else takes. */
class RefusesBusyPort implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

    private static final int DEFAULT = 8080;

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        Environment environment = event.getEnvironment();
        int port = environment.getProperty("server.port", Integer.class, DEFAULT);
        if (port > 0 && !isFree(new InetSocketAddress(environment.getProperty("server.address", "0.0.0.0"), port))) {
            throw busy(port);
        }
    }

    static StartRefused busy(int port) {
        return new StartRefused(
                "Le port " + port + " est déjà pris par un autre programme : choisissez-en un autre avec --port.",
                "Port " + port + " is already taken by another program: choose another with --port.");
    }

    private static boolean isFree(InetSocketAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
            return true;
        } catch (IOException exception) {
            return false;
        }
    }
}
