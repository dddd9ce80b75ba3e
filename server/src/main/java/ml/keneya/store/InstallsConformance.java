package ml.keneya.store;

import java.util.List;
import ml.keneya.conformance.ConformancePackage;
import ml.keneya.conformance.ConformancePackages;
import ml.keneya.validation.RecordValidation;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Puts a browsable copy of profiles and terminology into the database, once for each content (decision 23). Validation
 * never reads it: that uses the class path.
 */
@Component
class InstallsConformance implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(InstallsConformance.class);

    private final ConformancePackages packages;
    private final RecordWriter writer;
    private final JdbcClient jdbc;

    InstallsConformance(ConformancePackages packages, RecordWriter writer, JdbcClient jdbc) {
        this.packages = packages;
        this.writer = writer;
        this.jdbc = jdbc;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        packages.all().forEach(this::install);
    }

    private void install(ConformancePackage content) {
        List<String> installed = jdbc.sql("select digest from keneya.installed_content where name = :name")
                .param("name", content.name())
                .query(String.class)
                .list();
        if (installed.contains(content.digest())) {
            return;
        }
        for (MetadataResource resource : content.resources()) {
            // A copy: what validation uses must not get a server's id and version.
            MetadataResource copy = (MetadataResource) resource.copy();
            if (copy instanceof StructureDefinition profile) {
                // Validation writes it into its own definitions, sooner or later: the copy shall not depend on when.
                profile.setSnapshot(null);
            }
            RecordValidation.markChecked(copy);
            writer.write(copy);
        }
        jdbc.sql("""
                        insert into keneya.installed_content (name, digest) values (:name, :digest)
                        on conflict (name) do update set digest = :digest, installed_at = now()
                        """)
                .param("name", content.name())
                .param("digest", content.digest())
                .update();
        log.info("Installed {} definitions of {}", content.resources().size(), content.name());
    }
}
