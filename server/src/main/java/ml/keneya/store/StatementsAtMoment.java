package ml.keneya.store;

/** The statements of {@link RecordsAtMoment}, which are put together of a few pieces. */
final class StatementsAtMoment {

    /** Records that one statement reads at most. */
    static final int CHUNK = 2_000;

    /** Changes of a type after the moment. None has a smaller transaction than the oldest that was open then. */
    static final String LATE = """
            with late as (
                select distinct resource_id from keneya.change
                where resource_type = :type and epoch = :epoch
                  and transaction_id >= pg_snapshot_xmin(:snapshot::pg_snapshot)
                  and not pg_visible_in_snapshot(transaction_id, :snapshot::pg_snapshot)
            )
            """;

    /** Whether nothing of a type was written after the moment; then its records are as they are now. */
    static final String QUIET = """
            select not exists (
                select from keneya.change
                where resource_type = :type and epoch = :epoch
                  and transaction_id >= pg_snapshot_xmin(:snapshot::pg_snapshot)
                  and not pg_visible_in_snapshot(transaction_id, :snapshot::pg_snapshot)
            )
            """;

    /** Each of the records in {@code chosen} with the version it had, and whether it existed. */
    static final String VISIBLE = """
            , visible as (
                select chosen.res_id, chosen.fhir_id,
                       case when late.resource_id is null then chosen.res_ver else earlier.version end as res_ver,
                       case when late.resource_id is null then chosen.res_deleted_at is null
                            else coalesce(earlier.operation <> 'DELETE', false) end as present
                from chosen
                left join late on late.resource_id = chosen.fhir_id
                left join lateral (
                    select change.version, change.operation from keneya.change
                    where change.resource_type = :type and change.resource_id = late.resource_id
                      and (change.epoch < :epoch
                           or pg_visible_in_snapshot(change.transaction_id, :snapshot::pg_snapshot))
                    order by change.version desc
                    limit 1
                ) earlier on true
            )
            """;

    static final String COLUMNS = "select res_id, fhir_id, res_ver, res_deleted_at from hfj_resource";

    static final String IN_RANGE = ", chosen as materialized (" + COLUMNS + """
             where res_type = :type and res_id > :after and res_id <= :last
            order by res_id limit :limit)
            """;

    static final String BY_KEY =
            ", chosen as materialized (" + COLUMNS + " where res_type = :type and res_id = any(:keys))";

    /**
     * Version by version by its key, which "limit" keeps the planner to: to merge the two tables it would go through
     * all versions from the first one on, for each piece again.
     */
    static final String CONTENT = """
            select visible.res_id, visible.fhir_id, visible.present, history.res_ver, history.res_updated,
                   history.source_uri, history.res_text_vc
            from visible
            left join lateral (
                select * from hfj_res_ver version
                where version.res_id = visible.res_id and version.res_ver = visible.res_ver and visible.present
                limit 1
            ) history on true
            order by visible.res_id
            """;

    /** What {@link #CONTENT} is when nothing was written after the moment, without a look at the change log. */
    static final String CONTENT_NOW = """
            select record.res_id, record.fhir_id, true as present, history.res_ver, history.res_updated,
                   history.source_uri, history.res_text_vc
            from hfj_resource record
            left join lateral (
                select * from hfj_res_ver version
                where version.res_id = record.res_id and version.res_ver = record.res_ver
                limit 1
            ) history on true
            where record.res_type = :type and record.res_id > :after and record.res_id <= :last
              and record.res_deleted_at is null
            order by record.res_id
            limit :limit
            """;

    private static final String PIECE = "select min(res_id) - 1 as after, max(res_id) as last, count(*) as records ";

    /** Counts without an order of their own: to number a million records takes several times as long. */
    private static final String BY_PIECE = " group by res_id / :width order by after";

    static final String PIECES = LATE + ", chosen as (" + COLUMNS + " where res_type = :type)" + VISIBLE + PIECE
            + "from visible where present" + BY_PIECE;

    static final String PIECES_NOW =
            PIECE + "from hfj_resource where res_type = :type and res_deleted_at is null" + BY_PIECE;

    static final String ADDRESS = """
            select res_id, fhir_id, res_ver, present from visible order by res_id
            """;

    /** A deleted record as it was before. */
    static final String LAST_CONTENT = """
            select visible.res_id, visible.fhir_id, true as present, history.res_ver, history.res_updated,
                   history.source_uri, history.res_text_vc
            from visible
            join lateral (
                select * from hfj_res_ver version
                where version.res_id = visible.res_id and version.res_ver <= visible.res_ver
                  and version.res_deleted_at is null
                order by version.res_ver desc
                limit 1
            ) history on true
            order by visible.res_id
            """;

    /** Versions as somebody has noted them, in the order of the note. */
    static final String NOTED = """
            select noted.key as res_id, record.fhir_id, record.res_type, true as present, history.res_ver,
                   history.res_updated, history.source_uri, history.res_text_vc
            from unnest(:keys::bigint[], :versions::bigint[]) with ordinality as noted (key, version, place)
            left join hfj_resource record on record.res_id = noted.key
            left join lateral (
                select * from hfj_res_ver version
                where version.res_id = noted.key and version.res_ver = noted.version
                limit 1
            ) history on true
            order by noted.place
            """;

    /** The last content that is newer than what somebody has noted. */
    static final String NEWER = """
            select noted.key as res_id, record.fhir_id, record.res_type, true as present, history.res_ver,
                   history.res_updated, history.source_uri, history.res_text_vc
            from unnest(:keys::bigint[], :versions::bigint[]) as noted (key, version)
            join hfj_resource record on record.res_id = noted.key and record.res_ver > noted.version
            join lateral (
                select * from hfj_res_ver newer
                where newer.res_id = noted.key and newer.res_ver > noted.version and newer.res_deleted_at is null
                order by newer.res_ver desc
                limit 1
            ) history on true
            """;

    private StatementsAtMoment() {}
}
