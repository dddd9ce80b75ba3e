package ml.keneya.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Lets writes of the same thing pass one after the other, so that the later one sees what the earlier did instead of
 * failing: a record by its id, a person by any of her numbers, whatever search names them. Held in PostgreSQL until the
 * transaction ends, so that it also works between several servers and after a kill.
 */
@Component
class RecordLocks {

    /** The first of the two numbers of our advisory locks, so that they do not meet those of others. */
    private static final int OURS = 0x4b454e45;

    /**
     * Two things that share a lock by chance wait for each other, so there are many; but not as many as there are
     * things, because locks take room in PostgreSQL's memory that all sessions share.
     */
    private static final int DIFFERENT_LOCKS = 1 << 16;

    /** Who waits holds a connection. After this the try ends, and the next one begins from the start after a pause. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** PostgreSQL's lock_not_available. */
    private static final String LOCK_TIMEOUT = "55P03";

    /** Bundles that replace more records than this one by one rely on retries: it is their numbers that must wait. */
    private static final int MOST_IDS = 64;

    private final JdbcClient jdbc;

    RecordLocks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Waits for transactions that write any of the same; in the same order for everybody. */
    void take(Bundle writes) {
        Set<Integer> locks = of(writes);
        if (!locks.isEmpty()) {
            jdbc.sql("select set_config('lock_timeout', :milliseconds, true)")
                    .param("milliseconds", String.valueOf(PATIENCE.toMillis()))
                    .query(String.class)
                    .single();
            waitFor(locks);
        }
    }

    private void waitFor(Set<Integer> locks) {
        try {
            jdbc.sql("select pg_advisory_xact_lock(:ours, lock) from unnest(:locks::int[]) as lock")
                    .param("ours", OURS)
                    .param("locks", locks.toArray(Integer[]::new))
                    .query((row, number) -> number)
                    .list();
        } catch (DataAccessException failure) {
            if (failure.getRootCause() instanceof SQLException cause && LOCK_TIMEOUT.equals(cause.getSQLState())) {
                throw new CannotAcquireLockException("Others are writing the same.", failure);
            }
            throw failure;
        }
    }

    private static Set<Integer> of(Bundle writes) {
        Set<Integer> numbers = new TreeSet<>();
        Set<Integer> ids = new TreeSet<>();
        Set<String> searched = typesSearched(writes);
        for (BundleEntryComponent entry : writes.getEntry()) {
            String url = String.valueOf(entry.getRequest().getUrl());
            if (entry.getRequest().getMethod() != HTTPVerb.POST) {
                EntryAddress.record(url).ifPresent(record -> ids.add(lock(record.type() + "/" + record.id())));
            }
            if (entry.getRequest().hasIfNoneExist()) {
                addCondition(entry.getRequest().getIfNoneExist(), url, numbers, ids);
            } else if (url.contains("?")) {
                addCondition(url, url, numbers, ids);
            }
            if (entry.getRequest().getMethod() != HTTPVerb.PATCH && entry.hasResource()) {
                boolean found = searched.contains(entry.getResource().fhirType());
                addIdentifiers(entry.getResource(), found, numbers);
            }
        }
        if (ids.size() <= MOST_IDS) {
            numbers.addAll(ids);
        }
        return numbers;
    }

    /** Types of which the bundle looks for records by number: those that it creates must be found by the next one. */
    private static Set<String> typesSearched(Bundle writes) {
        return writes.getEntry().stream()
                .map(BundleEntryComponent::getRequest)
                .filter(request -> request.hasIfNoneExist()
                        || String.valueOf(request.getUrl()).contains("?"))
                .map(request -> typeIn(request.getUrl()))
                .collect(Collectors.toSet());
    }

    private static String typeIn(String url) {
        return url.replaceFirst("[?].*", "").replaceFirst(".*/", "");
    }

    private static void addCondition(String search, String url, Set<Integer> numbers, Set<Integer> ids) {
        SafeCondition.in(search).ifPresent(condition -> {
            if (condition.parameter().equals("_id")) {
                ids.add(lock(typeIn(url) + "/" + condition.value()));
            } else {
                numbers.add(lock(condition.bareValue()));
            }
        });
    }

    private static void addIdentifiers(Resource record, boolean all, Set<Integer> numbers) {
        Property identifiers = record.getNamedProperty("identifier");
        if (identifiers == null) {
            return;
        }
        for (Base value : identifiers.getValues()) {
            boolean wanted = value instanceof Identifier identifier
                    // Withheld numbers have an extension and no value.
                    && identifier.getValue() != null
                    && (all || UniqueIdentifier.isUnique(String.valueOf(identifier.getSystem())));
            if (wanted) {
                numbers.add(lock(((Identifier) value).getValue()));
            }
        }
    }

    private static int lock(String name) {
        return Math.floorMod(name.hashCode() * 0x9E3779B1, DIFFERENT_LOCKS);
    }
}
