package ml.keneya.export;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import ml.keneya.export.ExportRequest.Associated;
import ml.keneya.store.RecordsAtMoment.Address;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps which deliveries the records of an export came with. What was written from inside came with none. */
@Component
class ExportOrigins {

    /** Under which it is kept that their files are known. */
    private static final String ORIGINS = "~";

    private final JdbcClient jdbc;
    private final ExportSettings settings;

    ExportOrigins(JdbcClient jdbc, ExportSettings settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    /** Nothing happens with what is noted already, or when the export was cancelled. */
    void note(UUID job, String type, List<Address> records, Associated wanted) {
        List<Address> existing = records.stream().filter(Address::exists).toList();
        jdbc.sql("""
                        insert into keneya.export_origin (job, receipt, target)
                        select :job, origin.receipt, concat(:type, '/', record.id, '/_history/', origin.version)
                        from unnest(:ids::text[], :versions::bigint[]) as record (id, version)
                        cross join lateral (
                            select receipt.id::text as receipt, change.version
                            from keneya.change change
                            join keneya.receipt receipt
                              on receipt.transaction_id = change.transaction_id and receipt.epoch = change.epoch
                            where change.resource_type = :type and change.resource_id = record.id
                              and change.version <= record.version
                            order by change.version desc
                            limit :most
                        ) origin
                        where exists (select from keneya.export_job where id = :job)
                        on conflict do nothing
                        """)
                .param("job", job)
                .param("type", type)
                .param("ids", existing.stream().map(Address::id).toArray(String[]::new))
                .param("versions", existing.stream().mapToLong(Address::version).toArray())
                .param("most", wanted == Associated.LATEST ? 1 : Integer.MAX_VALUE)
                .update();
    }

    @Transactional
    public void cut(UUID job) {
        int first = jdbc.sql("""
                        insert into keneya.export_planned (job, resource_type)
                        select id, :origins from keneya.export_job where id = :job
                        on conflict do nothing
                        """).param("job", job).param("origins", ORIGINS).update();
        if (first == 0) {
            return;
        }
        jdbc.sql("""
                        insert into keneya.export_part (job, resource_type, deletions, first_block, last_block, records)
                        select :job, 'Provenance', false, min(receipt), max(receipt), count(*)
                        from (
                            select receipt, (row_number() over (order by receipt) - 1) / :size as file
                            from (select distinct receipt from keneya.export_origin where job = :job) each
                        ) numbered
                        group by file order by file
                        """).param("job", job).param("size", settings.recordsPerFile()).update();
    }

    /** The receipts that follow, with the exported records that they brought, in the order of the file. */
    Map<UUID, List<String>> from(UUID job, String first, String lastOfFile, int most) {
        Map<UUID, List<String>> targets = new LinkedHashMap<>();
        jdbc.sql("""
                        select receipt, array_agg(target order by target) as targets
                        from keneya.export_origin
                        where job = :job and receipt >= :first and receipt <= :lastOfFile
                        group by receipt order by receipt limit :most
                        """)
                .param("job", job)
                .param("first", first)
                .param("lastOfFile", lastOfFile)
                .param("most", most)
                .query(row -> {
                    targets.put(UUID.fromString(row.getString("receipt")), Arrays.asList((String[])
                            row.getArray("targets").getArray()));
                });
        return targets;
    }
}
