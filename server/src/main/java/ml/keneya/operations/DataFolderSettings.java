package ml.keneya.operations;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the exchange keeps what is its own.
 *
 * @param data the folder of the PostgreSQL that the exchange starts itself; unused when a database is given
 */
@ConfigurationProperties("keneya")
record DataFolderSettings(@DefaultValue("data") Path data) {}
