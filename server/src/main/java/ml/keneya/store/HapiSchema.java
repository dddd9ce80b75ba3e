package ml.keneya.store;

import ca.uhn.fhir.jpa.migrate.DriverTypeEnum;
import ca.uhn.fhir.jpa.migrate.HapiMigrationStorageSvc;
import ca.uhn.fhir.jpa.migrate.HapiMigrator;
import ca.uhn.fhir.jpa.migrate.MigrationTaskList;
import ca.uhn.fhir.jpa.migrate.SchemaMigrator;
import ca.uhn.fhir.jpa.migrate.dao.HapiMigrationDao;
import ca.uhn.fhir.jpa.migrate.tasks.HapiFhirJpaMigrationTasks;
import ca.uhn.fhir.util.VersionEnum;
import jakarta.annotation.PostConstruct;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Brings HAPI's own tables to this version by HAPI's own migrator; an up-to-date schema costs one query. */
@Component(HapiSchema.BEAN)
class HapiSchema {

    static final String BEAN = "hapiSchema";

    private static final Logger log = LoggerFactory.getLogger(HapiSchema.class);

    /** "keneya" as a number: the advisory lock that lets one process migrate while the others wait. */
    private static final long LOCK = 0x6b656e657961L;

    /**
     * HAPI has no index by which the records of one type are found in the order of their keys, which is how they are
     * counted and read for exports; without it each type is looked for among all others (decision 0100).
     */
    private static final String KEYS_OF_A_TYPE = "create index if not exists keneya_keys_of_type"
            + " on hfj_resource (res_type, res_id) include (res_ver, res_deleted_at, fhir_id)";

    private final DataSource source;

    /** Uses Flyway's connection: both migrations run as the role that owns the tables. */
    HapiSchema(Flyway flyway) {
        this.source = flyway.getConfiguration().getDataSource();
    }

    @PostConstruct
    void migrate() throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_lock(" + LOCK + ")");
            try {
                migrateAlone();
                statement.execute(KEYS_OF_A_TYPE);
                TimesOfVersions.keepGrowing(connection);
            } finally {
                statement.execute("select pg_advisory_unlock(" + LOCK + ")");
            }
        }
    }

    private void migrateAlone() {
        HapiMigrationStorageSvc storage = new HapiMigrationStorageSvc(new HapiMigrationDao(
                source, DriverTypeEnum.POSTGRES_9_4, SchemaMigrator.HAPI_FHIR_MIGRATION_TABLENAME));
        storage.createMigrationTableIfRequired();
        MigrationTaskList tasks = new HapiFhirJpaMigrationTasks(Set.of()).getAllTasks(VersionEnum.values());
        int missing = storage.diff(tasks).getUnskippableTasks().size();
        if (missing > 0) {
            log.info("Preparing the tables of records: {} steps", missing);
            HapiMigrator migrator =
                    new HapiMigrator(SchemaMigrator.HAPI_FHIR_MIGRATION_TABLENAME, source, DriverTypeEnum.POSTGRES_9_4);
            migrator.addTasks(tasks);
            migrator.migrate();
        }
    }
}
