package ml.keneya.store;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The only class that touches {@code keneya.identifier_claim} and {@code keneya.identifier_collision}. */
@Component
class IdentifierClaims {

    private final JdbcClient jdbc;

    IdentifierClaims(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The ids of the Patients that hold them; those that nobody holds are left out. */
    Map<UniqueIdentifier, String> holders(Collection<UniqueIdentifier> identifiers) {
        if (identifiers.isEmpty()) {
            return Map.of();
        }
        Map<UniqueIdentifier, String> holders = new HashMap<>();
        List<UniqueIdentifier> wanted = List.copyOf(identifiers);
        jdbc.sql("""
                        select claim.system, claim.value, claim.resource_id
                        from unnest(:systems::text[], :values::text[]) as wanted (system, value)
                        join keneya.identifier_claim claim
                          on claim.resource_type = 'Patient' and claim.system = wanted.system
                         and claim.value = wanted.value
                        """)
                .param("systems", systems(wanted))
                .param("values", values(wanted))
                .query((row, number) -> holders.put(
                        new UniqueIdentifier(row.getString("system"), row.getString("value")),
                        row.getString("resource_id")))
                .list();
        return holders;
    }

    /**
     * Takes the identifiers for a Patient. Waits for another transaction that is taking one of them.
     *
     * @return those that somebody else holds, with the holder's id
     */
    Map<UniqueIdentifier, String> take(String id, Set<UniqueIdentifier> identifiers) {
        if (identifiers.isEmpty()) {
            return Map.of();
        }
        List<UniqueIdentifier> wanted = List.copyOf(identifiers);
        Map<UniqueIdentifier, String> held = new HashMap<>();
        // Everybody takes them in the same order, so that two transactions cannot wait for each other. The update that
        // changes nothing answers who holds one, and keeps the holder from letting go before this transaction ends.
        jdbc.sql("""
                        insert into keneya.identifier_claim as claim (resource_type, system, value, resource_id)
                        select 'Patient', system, value, :id
                        from unnest(:systems::text[], :values::text[]) as wanted (system, value)
                        order by system, value
                        on conflict (resource_type, system, value) do update set resource_id = claim.resource_id
                        returning system, value, resource_id
                        """)
                .param("id", id)
                .param("systems", systems(wanted))
                .param("values", values(wanted))
                .query((row, number) -> held.put(
                        new UniqueIdentifier(row.getString("system"), row.getString("value")),
                        row.getString("resource_id")))
                .list();
        held.values().removeIf(id::equals);
        return held;
    }

    /**
     * Gives up identifiers that a Patient no longer has. Whoever carries one too and came first after her holds it now;
     * otherwise the next sender of the number would make another person of it.
     */
    void release(String id, Set<UniqueIdentifier> identifiers) {
        if (identifiers.isEmpty()) {
            return;
        }
        List<UniqueIdentifier> given = List.copyOf(identifiers);
        jdbc.sql("""
                        update keneya.identifier_collision collision set settled_at = now()
                        from unnest(:systems::text[], :values::text[]) as given (system, value)
                        where collision.resource_type = 'Patient' and collision.resource_id = :id
                          and collision.system = given.system and collision.value = given.value
                          and collision.settled_at is null
                        """)
                .param("id", id)
                .param("systems", systems(given))
                .param("values", values(given))
                .update();
        jdbc.sql("""
                        with free as (
                            select claim.system, claim.value,
                                   (select heir.resource_id from keneya.identifier_collision heir
                                    where heir.resource_type = 'Patient' and heir.system = claim.system
                                      and heir.value = claim.value and heir.settled_at is null
                                    order by heir.noted_at, heir.resource_id limit 1) as heir
                            from keneya.identifier_claim claim
                            join unnest(:systems::text[], :values::text[]) as given (system, value)
                              on given.system = claim.system and given.value = claim.value
                            where claim.resource_type = 'Patient' and claim.resource_id = :id),
                        inherited as (
                            update keneya.identifier_claim claim set resource_id = free.heir from free
                            where claim.resource_type = 'Patient' and claim.system = free.system
                              and claim.value = free.value and free.heir is not null),
                        settled as (
                            update keneya.identifier_collision collision
                            set settled_at = case when collision.resource_id = free.heir then now() end,
                                holder_id = free.heir
                            from free
                            where collision.resource_type = 'Patient' and collision.system = free.system
                              and collision.value = free.value and collision.settled_at is null
                              and free.heir is not null)
                        delete from keneya.identifier_claim claim using free
                        where claim.resource_type = 'Patient' and claim.system = free.system
                          and claim.value = free.value and free.heir is null
                        """)
                .param("id", id)
                .param("systems", systems(given))
                .param("values", values(given))
                .update();
    }

    /** Gives up all that a Patient holds or carries. */
    void releaseAll(String id) {
        Set<UniqueIdentifier> all = new HashSet<>(
                jdbc.sql("""
                        select system, value from keneya.identifier_claim
                        where resource_type = 'Patient' and resource_id = :id
                        union
                        select system, value from keneya.identifier_collision
                        where resource_type = 'Patient' and resource_id = :id and settled_at is null
                        """).param("id", id).query(UniqueIdentifier.class).list());
        release(id, all);
    }

    /** Notes for review that a Patient carries identifiers which others hold. */
    void note(String id, Map<UniqueIdentifier, String> held) {
        held.forEach((identifier, holder) -> jdbc.sql("""
                        insert into keneya.identifier_collision
                            (resource_type, system, value, resource_id, holder_id)
                        values ('Patient', :system, :value, :id, :holder)
                        on conflict (resource_type, resource_id, system, value)
                        do update set holder_id = excluded.holder_id, settled_at = null
                        """)
                .param("system", identifier.system())
                .param("value", identifier.value())
                .param("id", id)
                .param("holder", holder)
                .update());
    }

    /** Identifiers that this Patient carries too and that nobody has decided about yet, with their holders. */
    Map<UniqueIdentifier, String> unsettled(String id) {
        Map<UniqueIdentifier, String> holders = new HashMap<>();
        jdbc.sql("""
                        select system, value, holder_id from keneya.identifier_collision
                        where resource_type = 'Patient' and resource_id = :id and settled_at is null
                        """)
                .param("id", id)
                .query((row, number) -> holders.put(
                        new UniqueIdentifier(row.getString("system"), row.getString("value")),
                        row.getString("holder_id")))
                .list();
        return holders;
    }

    /**
     * Those who carry an identifier that another holds, as long as nobody has decided about it, the first one first.
     */
    List<String> carriers(UniqueIdentifier identifier) {
        return jdbc.sql("""
                        select resource_id from keneya.identifier_collision
                        where resource_type = 'Patient' and system = :system and value = :value
                          and settled_at is null
                        order by noted_at, resource_id
                        """)
                .param("system", identifier.system())
                .param("value", identifier.value())
                .query(String.class)
                .list();
    }

    private static String[] systems(List<UniqueIdentifier> identifiers) {
        return identifiers.stream().map(UniqueIdentifier::system).toArray(String[]::new);
    }

    private static String[] values(List<UniqueIdentifier> identifiers) {
        return identifiers.stream().map(UniqueIdentifier::value).toArray(String[]::new);
    }
}
