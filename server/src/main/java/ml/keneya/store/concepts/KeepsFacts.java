package ml.keneya.store.concepts;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes the facts of a piece, a statement for each kind; the same facts again change nothing. */
@Component
class KeepsFacts {

    private static final List<String> TABLES = List.of("term", "map", "property", "parent", "name", "concept");

    /** From here on names are found but not shown, as long as there are better ones; no preference changes that. */
    private static final int RANK_OF_OTHER_NAMES = 5;

    private final JdbcClient jdbc;

    KeepsFacts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void keep(long system, Facts facts) {
        keepConcepts(system, facts.concepts.values());
        keepNames(system, facts.names.values());
        if (!facts.preferred.isEmpty()) {
            jdbc.sql("""
                            update keneya.loaded_name as kept set rank = least(kept.rank, given.rank)
                            from unnest(:keys, :ranks) as given (key, rank)
                            where kept.system_id = :system and kept.key = given.key and kept.rank < :other
                            """)
                    .param("system", system)
                    .param("keys", facts.preferred.keySet().toArray(String[]::new))
                    .param("ranks", facts.preferred.values().toArray(Integer[]::new))
                    .param("other", RANK_OF_OTHER_NAMES)
                    .update();
        }
        if (!facts.parents.isEmpty()) {
            jdbc.sql("""
                            insert into keneya.loaded_parent (system_id, code, parent)
                            select :system, code, parent from unnest(:codes, :parents) as given (code, parent)
                            on conflict do nothing
                            """)
                    .param("system", system)
                    .param("codes", texts(facts.parents, Facts.Parent::code))
                    .param("parents", texts(facts.parents, Facts.Parent::parent))
                    .update();
        }
        keepProperties(system, facts.properties);
        keepTargets(system, facts.targets);
    }

    private void keepConcepts(long system, Collection<Facts.Concept> concepts) {
        if (concepts.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        insert into keneya.loaded_concept as kept (system_id, code, inactive, definition)
                        select :system, code, inactive, definition
                        from unnest(:codes, :inactive, :definitions) as given (code, inactive, definition)
                        on conflict (system_id, code) do update
                        set inactive = excluded.inactive, definition = coalesce(excluded.definition, kept.definition)
                        """)
                .param("system", system)
                .param("codes", texts(concepts, Facts.Concept::code))
                .param("inactive", array(concepts, Facts.Concept::inactive, Boolean[]::new))
                .param(
                        "definitions",
                        concepts.stream().map(Facts.Concept::definition).toArray(String[]::new))
                .update();
    }

    private void keepNames(long system, Collection<Facts.Name> names) {
        if (names.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        insert into keneya.loaded_name as kept (system_id, key, code, language, name, plain, rank)
                        select :system, key, code, language, name, plain, rank
                        from unnest(:keys, :codes, :languages, :names, :plain, :ranks)
                            as given (key, code, language, name, plain, rank)
                        on conflict (system_id, key) do update
                        set code = excluded.code, language = excluded.language, name = excluded.name,
                            plain = excluded.plain, rank = excluded.rank
                        """)
                .param("system", system)
                .param("keys", texts(names, Facts.Name::key))
                .param("codes", texts(names, Facts.Name::code))
                .param("languages", texts(names, Facts.Name::language))
                .param("names", texts(names, Facts.Name::name))
                .param("plain", texts(names, Facts.Name::plain))
                .param("ranks", array(names, Facts.Name::rank, Integer[]::new))
                .update();
    }

    private void keepProperties(long system, Collection<Facts.Property> properties) {
        if (properties.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        insert into keneya.loaded_property (system_id, code, property, value)
                        select :system, code, property, value
                        from unnest(:codes, :properties, :values) as given (code, property, value)
                        on conflict do nothing
                        """)
                .param("system", system)
                .param("codes", texts(properties, Facts.Property::code))
                .param("properties", texts(properties, Facts.Property::property))
                .param("values", texts(properties, Facts.Property::value))
                .update();
    }

    private void keepTargets(long system, Collection<Facts.Target> targets) {
        if (targets.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        insert into keneya.loaded_map (system_id, code, map, target_system, target, position)
                        select :system, code, map, target_system, target, position
                        from unnest(:codes, :maps, :systems, :targets, :positions)
                            as given (code, map, target_system, target, position)
                        on conflict do nothing
                        """)
                .param("system", system)
                .param("codes", texts(targets, Facts.Target::code))
                .param("maps", texts(targets, Facts.Target::map))
                .param("systems", texts(targets, Facts.Target::system))
                .param("targets", texts(targets, Facts.Target::target))
                .param("positions", array(targets, Facts.Target::position, Integer[]::new))
                .update();
    }

    /** What may be typed to find a code, once all that is known of it is in. */
    void gatherTerms(long system) {
        jdbc.sql("""
                        insert into keneya.loaded_term (system_id, code, inactive, shortest, words)
                        select c.system_id, c.code, c.inactive, coalesce(min(length(n.name)), 0),
                            concat_ws(E'\\n', lower(c.code), string_agg(n.plain, E'\\n' order by n.rank, n.key))
                        from keneya.loaded_concept c
                        left join keneya.loaded_name n on n.system_id = c.system_id and n.code = c.code
                        where c.system_id = :system
                        group by c.system_id, c.code
                        """).param("system", system).update();
        jdbc.sql("analyze keneya.loaded_term").update();
    }

    void forget(long system) {
        for (String table : TABLES) {
            jdbc.sql("delete from keneya.loaded_" + table + " where system_id = :system")
                    .param("system", system)
                    .update();
        }
    }

    /** Without it the next questions are planned for the empty tables of a moment ago. */
    void countForPlans() {
        for (String table : TABLES) {
            jdbc.sql("analyze keneya.loaded_" + table).update();
        }
    }

    private static <T> String[] texts(Collection<T> facts, Function<T, String> text) {
        return array(facts, text, String[]::new);
    }

    private static <T, V> V[] array(Collection<T> facts, Function<T, V> value, IntFunction<V[]> empty) {
        return facts.stream().map(value).toArray(empty);
    }
}
