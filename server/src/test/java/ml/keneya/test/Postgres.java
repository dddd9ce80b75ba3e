package ml.keneya.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import ml.keneya.operations.postgresql.ApplicationDatabase;
import ml.keneya.operations.postgresql.PostgresqlCluster;
import ml.keneya.operations.postgresql.PostgresqlConnection;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.PostgreSQLContainer;

/**
 * The real PostgreSQL of all tests, one per JVM: in a container where a Docker engine answers and has or gets the
 * image, otherwise the delivered one on a throw-away folder. The role is the one of production, without special rights.
 */
public final class Postgres {

    /** The major version of the delivered programs and of docker-compose.yml. */
    private static final String IMAGE = "postgres:18-alpine";

    private static final String ROLE = "keneya";
    private static final Path TARGET =
            Path.of(System.getProperty("basedir", ""), "target").toAbsolutePath();
    private static final AtomicInteger COUNTER = new AtomicInteger();
    private static final Map<String, String> TEMPLATES = new ConcurrentHashMap<>();

    private Postgres() {}

    /** The database of the tests that share one server. */
    public static String url() {
        return Holder.SERVER.application().url();
    }

    public static String username() {
        return Holder.SERVER.application().username();
    }

    public static String password() {
        return Holder.SERVER.application().password();
    }

    /** A new, empty database for one test. */
    public static PostgresqlConnection fresh() {
        return copyOf("template1");
    }

    /** A new database with what {@code migrate} makes, which is made once per JVM for each name and then cloned. */
    public static PostgresqlConnection migrated(String name, Consumer<PostgresqlConnection> migrate) {
        return copyOf(TEMPLATES.computeIfAbsent(name, key -> {
            PostgresqlConnection template = fresh();
            migrate.accept(template);
            return template.url().replaceAll(".*/([^/?]+).*", "$1");
        }));
    }

    /** For tests of what the restricted role may not do. */
    public static PostgresqlConnection administrator() {
        return Holder.SERVER.administrator();
    }

    /** Where the programs of PostgreSQL are unpacked once for all tests. */
    public static Path binaries() {
        return TARGET.resolve("postgresql-binaries");
    }

    private static PostgresqlConnection copyOf(String template) {
        String name = "test_" + COUNTER.incrementAndGet();
        Server server = Holder.SERVER;
        try (Connection connection = server.administrator().open()) {
            ApplicationDatabase.copy(connection, template, name, ROLE);
        } catch (SQLException exception) {
            throw new IllegalStateException(exception);
        }
        return at(server.application(), name);
    }

    private static PostgresqlConnection at(PostgresqlConnection connection, String database) {
        String url = connection.url().replaceAll("/[^/?]+(\\?|$)", "/" + database + "$1");
        return new PostgresqlConnection(url, connection.username(), connection.password());
    }

    private record Server(PostgresqlConnection administrator, PostgresqlConnection application) {}

    /** Started by the first test that asks; a database that cannot start fails the tests and skips none. */
    private static final class Holder {
        static final Server SERVER = start();

        private static Server start() {
            if (mayHaveAnEngine() && DockerClientFactory.instance().isDockerAvailable()) {
                try {
                    return inContainer();
                } catch (ContainerFetchException exception) {
                    // The engine answers but has no image and cannot get it: the delivered PostgreSQL serves as well.
                    return delivered();
                }
            }
            return delivered();
        }

        /** Looking for an engine takes seconds and complains loudly; without any of these there is none. */
        private static boolean mayHaveAnEngine() {
            String home = System.getProperty("user.home");
            return System.getenv("DOCKER_HOST") != null
                    || Stream.of(
                                    Path.of("/var/run/docker.sock"),
                                    Path.of(
                                            Objects.requireNonNullElse(System.getenv("XDG_RUNTIME_DIR"), "/"),
                                            "docker.sock"),
                                    Path.of(home, ".docker", "run", "docker.sock"),
                                    Path.of(home, ".docker", "desktop", "docker.sock"))
                            .anyMatch(Files::exists);
        }

        @SuppressWarnings("resource") // The container ends with the JVM.
        private static Server inContainer() {
            PostgreSQLContainer<?> container = new PostgreSQLContainer<>(IMAGE)
                    // Testcontainers switches fsync off, with which the exchange refuses to work.
                    .withCommand("postgres", "-c", "fsync=on")
                    .withEnv("POSTGRES_INITDB_ARGS", "--locale-provider=builtin --builtin-locale=C.UTF-8");
            container.start();
            PostgresqlConnection administrator =
                    new PostgresqlConnection(container.getJdbcUrl(), container.getUsername(), container.getPassword());
            try (Connection connection = administrator.open()) {
                ApplicationDatabase.createRole(connection, ROLE, ROLE);
                ApplicationDatabase.createReaders(connection);
                ApplicationDatabase.copy(connection, "template1", ROLE, ROLE);
            } catch (SQLException exception) {
                throw new IllegalStateException(exception);
            }
            return new Server(administrator, at(new PostgresqlConnection(administrator.url(), ROLE, ROLE), ROLE));
        }

        private static Server delivered() {
            Path folder = TARGET.resolve("test-postgresql")
                    .resolve(Long.toString(ProcessHandle.current().pid()));
            PostgresqlCluster cluster = PostgresqlCluster.start(folder, binaries());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                cluster.close();
                delete(folder);
            }));
            return new Server(cluster.administrator(), cluster.application());
        }

        private static void delete(Path folder) {
            try (Stream<Path> paths = Files.walk(folder)) {
                paths.sorted(Comparator.reverseOrder())
                        .forEach(path -> path.toFile().delete());
            } catch (IOException exception) {
                throw new UncheckedIOException(exception);
            }
        }
    }
}
