package ml.keneya.test;

import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Points the server at the PostgreSQL of the tests, and to the others that it works with. */
class UsesTestDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "test database",
                        Map.of(
                                "keneya.database.url", Postgres.url(),
                                "keneya.database.username", Postgres.username(),
                                "keneya.database.password", Postgres.password(),
                                "keneya.import.sources", TestSources.allowed(),
                                "keneya.import.private-addresses", true)));
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("test mail", TestMail.properties()));
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("test issuer", TestIssuer.settings()));
    }
}
