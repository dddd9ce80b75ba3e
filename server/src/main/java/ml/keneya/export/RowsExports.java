package ml.keneya.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import java.util.UUID;
import ml.keneya.export.SettlesExports.Content;
import ml.keneya.fhir.Caller;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps what is made of the records of exports of rows, as long as the export is kept. */
@Component
class RowsExports {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JdbcClient jdbc;
    private final ExportJobs jobs;

    RowsExports(JdbcClient jdbc, ExportJobs jobs) {
        this.jdbc = jdbc;
        this.jobs = jobs;
    }

    /** The job and its views, or neither: a job without its views would hand out records. */
    @Transactional
    public UUID keep(Caller caller, String address, ReadsRowsExports.Read read, Content content) {
        UUID job = jobs.keep(caller, address, read.request(), content);
        try {
            jdbc.sql("insert into keneya.export_rows (job, asked) values (:job, :asked::jsonb)")
                    .param("job", job)
                    .param("asked", JSON.writeValueAsString(read.rows()))
                    .update();
            return job;
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A request holds plain values only.", impossible);
        }
    }

    Optional<RowsExport> find(UUID job) {
        return jdbc.sql("select asked from keneya.export_rows where job = :job")
                .param("job", job)
                .query(String.class)
                .optional()
                .map(RowsExports::read);
    }

    private static RowsExport read(String asked) {
        try {
            return JSON.readValue(asked, RowsExport.class);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("The request was written by us.", impossible);
        }
    }
}
