package ml.keneya.store.concepts;

import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import ml.keneya.conformance.CodeCriterion;
import ml.keneya.conformance.LoadedCodeSystems;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.store.LimitedReading;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Answers from the tables, within the time of a search; nothing of a loaded system is held in memory. */
@Component
class ReadsLoadedSystems implements LoadedCodeSystems {

    private static final RowMapper<LoadedSystem> SYSTEM = (row, number) -> new LoadedSystem(
            row.getLong("id"),
            row.getString("url"),
            row.getString("version"),
            row.getString("record_id"),
            row.getString("title"),
            row.getString("language"),
            row.getBoolean("newest"),
            row.getLong("concepts"));

    /** From about here on it is less work to read all codes than to look so many up. */
    private static final int MANY = 2_000;

    private final JdbcClient jdbc;

    ReadsLoadedSystems(LimitedReading reading) {
        this.jdbc = reading.refusingWith(RefusalCode.LOOKING_UP_TOO_LONG);
    }

    @Override
    public List<LoadedSystem> all() {
        return jdbc.sql("""
                        select *, row_number() over (partition by url order by loaded_at desc, id desc) = 1 as newest
                        from keneya.loaded_system where loaded_at is not null
                        order by url, loaded_at, id
                        """).query(SYSTEM).list();
    }

    @Override
    public Optional<LoadedSystem> find(String url, @Nullable String version) {
        return jdbc.sql("""
                        select *, row_number() over (order by loaded_at desc, id desc) = 1 as newest
                        from keneya.loaded_system where loaded_at is not null and url = :url
                        """).param("url", url).query(SYSTEM).list().stream()
                .filter(system -> version == null ? system.newest() : version.equals(system.version()))
                .findFirst();
    }

    @Override
    public Optional<LoadedConcept> concept(LoadedSystem system, String code) {
        return named(
                        system,
                        jdbc.sql("""
                                select code, inactive, 1 as total from keneya.loaded_concept
                                where system_id = :system and code = :code
                                """)
                                .param("system", system.id())
                                .param("code", code)
                                .query(Row.class)
                                .list())
                .stream()
                .findFirst();
    }

    @Override
    public LoadedDetails details(LoadedSystem system, String code) {
        @Nullable
        String definition = jdbc.sql("""
                        select definition from keneya.loaded_concept where system_id = :system and code = :code
                        """)
                .param("system", system.id())
                .param("code", code)
                .query((row, number) -> Optional.ofNullable(row.getString("definition")))
                .optional()
                .flatMap(found -> found)
                .orElse(null);
        Map<String, List<String>> properties = new TreeMap<>();
        jdbc.sql("""
                        select property, value from keneya.loaded_property
                        where system_id = :system and code = :code order by property, value
                        """)
                .param("system", system.id())
                .param("code", code)
                .query((row, number) -> properties
                        .computeIfAbsent(row.getString("property"), name -> new ArrayList<>())
                        .add(row.getString("value")))
                .list();
        List<String> parents = jdbc.sql("""
                        select parent from keneya.loaded_parent where system_id = :system and code = :code order by parent
                        """)
                .param("system", system.id())
                .param("code", code)
                .query(String.class)
                .list();
        return new LoadedDetails(definition, properties, parents);
    }

    @Override
    public boolean meets(LoadedSystem system, String code, CodeCriterion criterion) {
        CriterionAsSql condition = CriterionAsSql.forOne();
        String text =
                "select count(*) from keneya.loaded_concept c where c.system_id = :system and c.code = :code and ("
                        + condition.of(criterion) + ")";
        return jdbc.sql(text)
                        .param("system", system.id())
                        .param("code", code)
                        .params(condition.parameters())
                        .query(Long.class)
                        .single()
                > 0;
    }

    @Override
    public long count(LoadedSystem system, CodeQuery query) {
        if (isAllOf(query)) {
            return system.concepts();
        }
        CriterionAsSql condition = forMany(system);
        return jdbc.sql("select count(*) from " + tableOf(query) + " c where " + where(query, condition))
                .param("system", system.id())
                .params(condition.parameters())
                .query(Long.class)
                .single();
    }

    @Override
    public LoadedPage page(LoadedSystem system, CodeQuery query, long offset, int count) {
        if (count == 0) {
            return new LoadedPage(count(system, query), List.of());
        }
        if (isAllOf(query)) {
            List<Row> rows = read(system, query, """
                    select c.code, c.inactive, :total as total from keneya.loaded_concept c where %s
                    order by c.code offset :offset limit :count""", Map.of("total", system.concepts()), offset, count);
            return new LoadedPage(system.concepts(), named(system, rows));
        }
        // What was typed is most of a short name and little of a long one.
        List<Row> rows = read(
                system,
                query,
                "select c.code, c.inactive, count(*) over () as total from " + tableOf(query) + " c where %s order by "
                        + (query.words().isEmpty() ? "" : "c.shortest, ") + "c.code offset :offset limit :count",
                Map.of(),
                offset,
                count);
        long total = rows.isEmpty()
                ? offset == 0 ? 0 : count(system, query)
                : rows.get(0).total();
        return new LoadedPage(total, named(system, rows));
    }

    /** Then it is known how many there are, and a page is read without the others. */
    private static boolean isAllOf(CodeQuery query) {
        return query.criterion() instanceof CodeCriterion.Every && query.words().isEmpty() && !query.onlyActive();
    }

    private List<Row> read(
            LoadedSystem system, CodeQuery query, String text, Map<String, ?> more, long offset, int count) {
        CriterionAsSql condition = forMany(system);
        return jdbc.sql(text.formatted(where(query, condition)))
                .param("system", system.id())
                .param("offset", offset)
                .param("count", count)
                .params(more)
                .params(condition.parameters())
                .query(Row.class)
                .list();
    }

    private static String tableOf(CodeQuery query) {
        return query.words().isEmpty() ? "keneya.loaded_concept" : "keneya.loaded_term";
    }

    private CriterionAsSql forMany(LoadedSystem system) {
        return CriterionAsSql.forMany(code -> jdbc.sql("""
                        select count(*) > :many from (
                            with recursive below (code) as (
                                select cast(:code as text) collate "C"
                                union
                                select p.code from keneya.loaded_parent p join below on p.parent = below.code
                                where p.system_id = :system)
                            select code from below limit :many + 1) as first
                        """)
                .param("many", MANY)
                .param("code", code)
                .param("system", system.id())
                .query(Boolean.class)
                .single());
    }

    private static String where(CodeQuery query, CriterionAsSql condition) {
        StringBuilder text = new StringBuilder("c.system_id = :system and (")
                .append(condition.of(query.criterion()))
                .append(')');
        if (query.onlyActive()) {
            text.append(" and not c.inactive");
        }
        query.words().forEach(word -> text.append(" and ").append(condition.word(word)));
        return text.toString();
    }

    @Override
    public List<String> above(LoadedSystem system, String code) {
        return jdbc.sql("""
                        with recursive above (code, steps) as (
                            select cast(:code as text) collate "C", 0
                            union
                            select p.parent, above.steps + 1
                            from keneya.loaded_parent p join above on p.code = above.code
                            where p.system_id = :system and above.steps < 100)
                        select code from above where steps > 0 group by code order by min(steps), code
                        """)
                .param("system", system.id())
                .param("code", code)
                .query(String.class)
                .list();
    }

    @Override
    public Map<String, List<String>> parents(LoadedSystem system, Collection<String> codes) {
        Map<String, List<String>> parents = new HashMap<>();
        jdbc.sql("""
                        select code, parent from keneya.loaded_parent
                        where system_id = :system and code = any(:codes) order by code, parent
                        """)
                .param("system", system.id())
                .param("codes", codes.toArray(String[]::new))
                .query((row, number) -> parents.computeIfAbsent(row.getString("code"), code -> new ArrayList<>())
                        .add(row.getString("parent")))
                .list();
        return parents;
    }

    @Override
    public List<String> children(LoadedSystem system, String code) {
        return jdbc.sql("""
                        select code from keneya.loaded_parent where system_id = :system and parent = :code order by code
                        """)
                .param("system", system.id())
                .param("code", code)
                .query(String.class)
                .list();
    }

    @Override
    public List<LoadedTranslation> translations(String system, String code, boolean backwards) {
        String text = backwards ? """
                select m.map, s.url as system, m.code
                from keneya.loaded_map m join keneya.loaded_system s on s.id = m.system_id
                where m.target_system = :system and m.target = :code
                    and s.id in (select distinct on (url) id from keneya.loaded_system
                        where loaded_at is not null order by url, loaded_at desc, id desc)
                order by m.map, m.code
                """ : """
                select m.map, m.target_system as system, m.target as code
                from keneya.loaded_map m
                where m.code = :code
                    and m.system_id = (select id from keneya.loaded_system
                        where url = :system and loaded_at is not null order by loaded_at desc, id desc limit 1)
                order by m.map, m.position, m.target
                """;
        return jdbc.sql(text)
                .param("system", system)
                .param("code", code)
                .query(LoadedTranslation.class)
                .list();
    }

    @Override
    public boolean translates(String system, @Nullable String map, @Nullable String target, boolean backwards) {
        String text = backwards ? """
                select exists (
                    select from keneya.loaded_map m join keneya.loaded_system s on s.id = m.system_id
                    where m.target_system = :system
                        and m.map = coalesce(:map, m.map) and s.url = coalesce(:target, s.url)
                        and s.id in (select distinct on (url) id from keneya.loaded_system
                            where loaded_at is not null order by url, loaded_at desc, id desc))
                """ : """
                select exists (
                    select from keneya.loaded_map m
                    where m.map = coalesce(:map, m.map) and m.target_system = coalesce(:target, m.target_system)
                        and m.system_id = (select id from keneya.loaded_system
                            where url = :system and loaded_at is not null order by loaded_at desc, id desc limit 1))
                """;
        return jdbc.sql(text)
                .param("system", system)
                .param("map", map, Types.VARCHAR)
                .param("target", target, Types.VARCHAR)
                .query(Boolean.class)
                .single();
    }

    private List<LoadedConcept> named(LoadedSystem system, List<Row> rows) {
        Map<String, List<LoadedConcept.Name>> names = new LinkedHashMap<>();
        rows.forEach(row -> names.put(row.code(), new ArrayList<>()));
        if (!rows.isEmpty()) {
            jdbc.sql("""
                            select code, language, name from keneya.loaded_name
                            where system_id = :system and code = any(:codes) order by rank, key
                            """)
                    .param("system", system.id())
                    .param("codes", names.keySet().toArray(String[]::new))
                    .query(NameRow.class)
                    .list()
                    .forEach(row -> names.getOrDefault(row.code(), new ArrayList<>())
                            .add(new LoadedConcept.Name(row.language(), row.name())));
        }
        return rows.stream()
                .map(row -> new LoadedConcept(row.code(), row.inactive(), names.getOrDefault(row.code(), List.of())))
                .toList();
    }

    private record Row(String code, boolean inactive, long total) {}

    private record NameRow(String code, String language, String name) {}
}
