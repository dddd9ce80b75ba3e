package ml.keneya.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.validation.RecordValidation;
import org.hl7.fhir.r4.model.StructureDefinition;
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
    RecordWriter writer;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Exchange exchange;

    @Test
    void installsTheSameContentOnce() {
        Installed before = installed();

        start();

        assertThat(installed()).isEqualTo(before);
    }

    @Test
    void installsOtherContentAndKeepsTheVersionOfWhatIsTheSameInIt() {
        Installed before = installed();
        long version = versionOf("ml-patient");
        String digest = digestOf("ml-encounter");
        jdbc.sql("update keneya.installed_content set digest = 'of an older server' where name = ?")
                .param(PROFILES)
                .update();
        jdbc.sql("update keneya.installed_definition set digest = 'of an older server' where resource_id = ?")
                .param("ml-encounter")
                .update();

        start();

        assertThat(installed().digest()).isEqualTo(before.digest());
        assertThat(installed().at()).isAfter(before.at());
        assertThat(digestOf("ml-encounter")).isEqualTo(digest);
        assertThat(versionOf("ml-patient")).isEqualTo(version);
    }

    /** It is a copy to look at; what validation goes by is the package. */
    @Test
    void writesAgainWhatSomebodyChanged() {
        StructureDefinition changed =
                exchange.get("StructureDefinition/ml-location").as(StructureDefinition.class);
        String title = changed.getTitle();
        changed.setTitle("changed by somebody");
        RecordValidation.markChecked(changed);
        writer.write(changed);
        jdbc.sql("update keneya.installed_content set digest = 'of an older server' where name = ?")
                .param(PROFILES)
                .update();

        start();

        assertThat(exchange.get("StructureDefinition/ml-location")
                        .as(StructureDefinition.class)
                        .getTitle())
                .isEqualTo(title);
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

    private long versionOf(String profile) {
        return jdbc.sql("select res_ver from hfj_resource where res_type = 'StructureDefinition' and fhir_id = ?")
                .param(profile)
                .query(Long.class)
                .single();
    }

    private String digestOf(String profile) {
        return jdbc.sql("select digest from keneya.installed_definition where resource_id = ?")
                .param(profile)
                .query(String.class)
                .single();
    }

    private record Installed(String digest, OffsetDateTime at) {}
}
