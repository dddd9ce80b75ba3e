package ml.keneya.export;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps which records stand in whose block of an export that is organised by patient. */
@Component
class ExportMembers {

    /** Under which files of blocks are kept, whose lines are of many types. */
    static final String BLOCKS = "*";

    private final JdbcClient jdbc;
    private final ExportSettings settings;

    ExportMembers(JdbcClient jdbc, ExportSettings settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    /**
     * A line of a block.
     *
     * @param block the id of the patient
     * @param place 0 for the patient, then the types in the order of the request
     */
    record Member(String block, int place, long key, long version) {}

    /** Nothing happens with what is noted already, or when the export was cancelled. */
    void note(UUID job, List<Member> members) {
        if (members.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        insert into keneya.export_member (job, block, place, key, version)
                        select :job, member.*
                        from unnest(:blocks::text[], :places::integer[], :keys::bigint[], :versions::bigint[]) member
                        where exists (select from keneya.export_job where id = :job)
                        on conflict do nothing
                        """)
                .param("job", job)
                .param("blocks", members.stream().map(Member::block).toArray(String[]::new))
                .param("places", members.stream().mapToInt(Member::place).toArray())
                .param("keys", members.stream().mapToLong(Member::key).toArray())
                .param("versions", members.stream().mapToLong(Member::version).toArray())
                .update();
    }

    /** Blocks behind this one that do not begin with their patient. */
    List<String> withoutHead(UUID job, String after, int most) {
        return jdbc.sql("""
                        select distinct member.block from keneya.export_member member
                        where member.job = :job and member.block > :after
                          and not exists (
                              select from keneya.export_member head
                              where head.job = :job and head.block = member.block and head.place = 0)
                        order by member.block limit :most
                        """)
                .param("job", job)
                .param("after", after)
                .param("most", most)
                .query(String.class)
                .list();
    }

    /** Files of whole blocks: a file is full when the next block begins beyond its size. */
    @Transactional
    public void cut(UUID job) {
        int first = jdbc.sql("""
                        insert into keneya.export_planned (job, resource_type)
                        select id, :blocks from keneya.export_job where id = :job
                        on conflict do nothing
                        """).param("job", job).param("blocks", BLOCKS).update();
        if (first == 0) {
            return;
        }
        jdbc.sql("""
                        insert into keneya.export_part (job, resource_type, deletions, first_block, last_block, records)
                        select :job, :blocks, false, min(block), max(block), sum(lines)
                        from (
                            select block, lines, div(sum(lines) over (order by block) - lines, :size) as file
                            from (
                                select block, count(*) + 1 as lines
                                from keneya.export_member where job = :job group by block
                            ) counted
                        ) numbered
                        group by file order by file
                        """)
                .param("job", job)
                .param("blocks", BLOCKS)
                .param("size", settings.recordsPerFile())
                .update();
    }

    /** The lines that follow, in the order of the file. */
    List<Member> after(UUID job, Member last, String lastBlock, int most) {
        return jdbc.sql("""
                        select block, place, key, version from keneya.export_member
                        where job = :job and (block, place, key) > (:block, :place, :key) and block <= :lastBlock
                        order by block, place, key limit :most
                        """)
                .param("job", job)
                .param("block", last.block())
                .param("place", last.place())
                .param("key", last.key())
                .param("lastBlock", lastBlock)
                .param("most", most)
                .query((row, number) -> new Member(
                        row.getString("block"), row.getInt("place"), row.getLong("key"), row.getLong("version")))
                .list();
    }
}
