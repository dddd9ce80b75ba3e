package ml.keneya.operations;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** The exchange reduced to its database, started and refused as the whole is. */
@SpringBootConfiguration
@ImportAutoConfiguration({
    DataSourceAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    JdbcClientAutoConfiguration.class
})
@Import(DatabaseConfiguration.class)
@EnableConfigurationProperties({DatabaseSettings.class, DataFolderSettings.class})
class DatabaseOnly {

    /** Neither a server that runs on this machine nor a class of Spring that the whole does not use may matter here. */
    private static final List<String> ALWAYS =
            List.of("--server.port=0", "--logging.level.org.springframework.context.annotation=error");

    static ConfigurableApplicationContext start(String... arguments) {
        return start(DatabaseOnly.class, arguments);
    }

    static ConfigurableApplicationContext start(Class<?> more, String... arguments) {
        return new SpringApplicationBuilder(DatabaseOnly.class, more)
                .web(WebApplicationType.NONE)
                .run(Stream.concat(ALWAYS.stream(), Stream.of(arguments)).toArray(String[]::new));
    }
}
