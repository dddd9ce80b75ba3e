package ml.keneya.operations;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps the exchange from being ready on a database that may lose what was acknowledged (decision 4). */
class DurabilityHealthIndicator extends AbstractHealthIndicator {

    private static final Logger log = LoggerFactory.getLogger(DurabilityHealthIndicator.class);

    private static final String QUERY = """
            SELECT name, setting
            FROM pg_settings
            WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit', 'server_version_num')
            """;

    private static final String VERSION = "server_version_num";

    /** The oldest version with the SQL that the exchange uses, as PostgreSQL writes it: 15.0. */
    private static final int OLDEST = 15_00_00;

    /** A probe every second must not become a query every second. */
    private static final Duration KEPT = Duration.ofSeconds(10);

    private final JdbcClient database;
    private final Clock clock;

    private volatile @Nullable Finding latest;

    DurabilityHealthIndicator(JdbcClient database, Clock clock) {
        super("The durability of the database could not be checked.");
        this.database = database;
        this.clock = clock;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        Finding finding = current();
        if (finding.problems().isEmpty()) {
            builder.up();
            return;
        }
        builder.down().withDetail("problems", finding.problems());
    }

    private Finding current() {
        Finding known = latest;
        Instant now = clock.instant();
        if (known != null && now.isBefore(known.at().plus(KEPT))) {
            return known;
        }
        Finding found = new Finding(now, problems());
        if (!found.problems().isEmpty() && (known == null || known.problems().isEmpty())) {
            log.error("Not ready, the database may lose what was acknowledged: {}", found.problems());
        }
        latest = found;
        return found;
    }

    private List<String> problems() {
        Map<String, String> settings = new TreeMap<>();
        database.sql(QUERY).query(row -> {
            settings.put(row.getString("name"), row.getString("setting"));
        });
        List<String> problems = new ArrayList<>();
        settings.forEach((name, value) -> {
            if (value.equals("off")) {
                problems.add(name + " = off");
            }
        });
        int version = Integer.parseInt(settings.getOrDefault(VERSION, "0"));
        if (version < OLDEST) {
            problems.add(VERSION + " = " + version + " < " + OLDEST);
        }
        return problems;
    }

    private record Finding(Instant at, List<String> problems) {

        Finding {
            problems = List.copyOf(problems);
        }
    }
}
