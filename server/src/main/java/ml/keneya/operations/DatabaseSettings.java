package ml.keneya.operations;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The PostgreSQL to use. Without a URL the exchange starts the one it is delivered with.
 *
 * @param url starts with {@code jdbc:postgresql://}
 * @param username the role the exchange works as
 * @param password that role's password
 * @param passwordFile a file that holds the password, read when no password is given
 * @param ownerUsername the role that owns the tables and migrates them, when it is another one
 * @param ownerPassword the owner's password
 * @param ownerPasswordFile a file that holds the owner's password, read when no owner's password is given
 */
@ConfigurationProperties("keneya.database")
record DatabaseSettings(
        @Nullable String url,
        @DefaultValue("keneya") String username,
        @Nullable String password,
        @Nullable Path passwordFile,
        @Nullable String ownerUsername,
        @Nullable String ownerPassword,
        @Nullable Path ownerPasswordFile) {

    /** Leaves the passwords out, because records end up in logs. */
    @Override
    public String toString() {
        return "DatabaseSettings[" + username + " at " + url + "]";
    }
}
