package ml.keneya.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import ml.keneya.test.KeneyaIntegrationTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the next start of a server does with the definitions of its class path. */
@KeneyaIntegrationTest
class InstallsConformanceIT {

    private static final String PROFILES = "ml.keneya.core";

    @Autowired
    InstallsConformance installs;

    @Autowired
    JdbcClient jdbc;

    @Test
    void installsTheSameContentOnce() {
        Installed before = installed();

        start();

        assertThat(installed()).isEqualTo(before);
    }

    @Test
    void installsOtherContentAndKeepsTheVersionOfWhatIsTheSameInIt() {
        Installed before = installed();
        long version = versionOfPatientProfile();
        jdbc.sql("update keneya.installed_content set digest = 'of an older server' where name = ?")
                .param(PROFILES)
                .update();

        start();

        assertThat(installed().digest()).isEqualTo(before.digest());
        assertThat(installed().at()).isAfter(before.at());
        assertThat(versionOfPatientProfile()).isEqualTo(version);
    }

    private void start() {
        installs.run(new DefaultApplicationArguments());
    }

    private Installed installed() {
        return jdbc.sql("select digest, installed_at as at from keneya.installed_content where name = ?")
                .param(PROFILES)
                .query(Installed.class)
                .single();
    }

    private long versionOfPatientProfile() {
        return jdbc.sql("select res_ver from hfj_resource where res_type = 'StructureDefinition' and fhir_id = ?")
                .param("ml-patient")
                .query(Long.class)
                .single();
    }

    private record Installed(String digest, OffsetDateTime at) {}
}
