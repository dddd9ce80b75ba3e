package ml.keneya.store;

import ca.uhn.fhir.context.FhirContext;
import java.util.List;
import java.util.Set;
import ml.keneya.conformance.ConformancePackage;
import ml.keneya.conformance.ConformancePackage.Definition;
import ml.keneya.conformance.ConformancePackages;
import ml.keneya.validation.RecordValidation;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.MetadataResource;
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
    private final FhirContext context;
    private final RecordWriter writer;
    private final JdbcClient jdbc;

    InstallsConformance(ConformancePackages packages, FhirContext context, RecordWriter writer, JdbcClient jdbc) {
        this.packages = packages;
        this.context = context;
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
        Set<String> known = digestsOfWhatIsStored(content);
        List<Definition> others = content.definitions().stream()
                .filter(definition -> !known.contains(definition.digest()))
                .toList();
        others.forEach(definition -> write(content, definition));
        jdbc.sql("""
                        insert into keneya.installed_content (name, digest) values (:name, :digest)
                        on conflict (name) do update set digest = :digest, installed_at = now()
                        """)
                .param("name", content.name())
                .param("digest", content.digest())
                .update();
        log.info(
                "Installed {} of {} definitions of {}",
                others.size(),
                content.definitions().size(),
                content.name());
    }

    /** Of the files whose copy is still the one that was written: one that somebody changed is written again. */
    private Set<String> digestsOfWhatIsStored(ConformancePackage content) {
        return jdbc.sql("""
                        select definition.digest from keneya.installed_definition definition
                        join hfj_resource record on record.res_type = definition.resource_type
                            and record.fhir_id = definition.resource_id and record.res_ver = definition.version
                        where definition.package = :package and record.res_deleted_at is null
                        """)
                .param("package", content.name())
                .query(String.class)
                .set();
    }

    private void write(ConformancePackage content, Definition definition) {
        // Read anew: what validation uses must not get a server's id and version, and may say more than the package by
        // now.
        MetadataResource copy = content.asPackaged(definition, context);
        RecordValidation.markChecked(copy);
        IIdType written = writer.write(copy);
        jdbc.sql("""
                        insert into keneya.installed_definition (package, file, digest, resource_type, resource_id, version)
                        values (:package, :file, :digest, :type, :id, :version)
                        on conflict (package, file) do update set digest = :digest, resource_type = :type,
                            resource_id = :id, version = :version
                        """)
                .param("package", content.name())
                .param("file", definition.file())
                .param("digest", definition.digest())
                .param("type", copy.fhirType())
                .param("id", written.getIdPart())
                .param("version", written.getVersionIdPartAsLong())
                .update();
    }
}
