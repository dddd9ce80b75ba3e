package ml.keneya.store;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.searchparam.MatchUrlService;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.api.server.storage.IResourcePersistentId;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes several searches in one snapshot of the database and tells which moment it was. The search indexes know only
 * the present; inside a repeatable-read transaction the present stands still.
 */
@Component
public class SearchesOfOneMoment {

    /** More than this is better had without a filter than kept as a list. */
    public static final int MOST = 1_000_000;

    private final FhirContext context;
    private final DaoRegistry records;
    private final MatchUrlService parameters;
    private final JdbcClient jdbc;
    private final TransactionTemplate snapshot;

    // Five collaborators: three of them are the three parts that HAPI makes a search of.
    SearchesOfOneMoment(
            FhirContext context,
            DaoRegistry records,
            MatchUrlService parameters,
            JdbcClient jdbc,
            PlatformTransactionManager transactions) {
        this.context = context;
        this.records = records;
        this.parameters = parameters;
        this.jdbc = jdbc;
        this.snapshot = new TransactionTemplate(transactions);
    }

    /** What was found, and when. */
    public record Found(Moment moment, Map<String, long[]> keys) {}

    /** A search that cannot be made, or that found more than {@link #MOST}. */
    public static final class NotSearchableException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String search;
        private final boolean tooMany;

        NotSearchableException(String search, boolean tooMany) {
            super(search);
            this.search = search;
            this.tooMany = tooMany;
        }

        public String search() {
            return search;
        }

        public boolean foundTooMany() {
            return tooMany;
        }
    }

    /**
     * Finds what any of a type's searches finds.
     *
     * @param moment takes the moment on the connection of the transaction that is open
     * @param searches by resource type, each such as {@code Patient?gender=female}
     * @return keys in ascending order, by resource type
     * @throws NotSearchableException when a search cannot be made
     */
    public Found find(Supplier<Moment> moment, Map<String, List<String>> searches) {
        return Optional.ofNullable(snapshot.execute(status -> {
                    // As its first statement: Hibernate would not let the transaction begin so.
                    jdbc.sql("set transaction isolation level repeatable read").update();
                    Moment taken = moment.get();
                    Map<String, long[]> keys = new HashMap<>();
                    searches.forEach((type, ofType) -> keys.put(type, find(type, ofType)));
                    return new Found(taken, keys);
                }))
                .orElseThrow();
    }

    private long[] find(String type, List<String> searches) {
        TreeSet<Long> keys = new TreeSet<>();
        for (String search : searches) {
            try {
                find(type, search, keys);
            } catch (BaseServerResponseException unknown) {
                throw new NotSearchableException(search, false);
            }
            if (keys.size() > MOST) {
                throw new NotSearchableException(search, true);
            }
        }
        return keys.stream().mapToLong(Long::longValue).toArray();
    }

    private void find(String type, String search, TreeSet<Long> keys) {
        SearchParameterMap map = parameters.translateMatchUrl(search, context.getResourceDefinition(type));
        map.setLoadSynchronousUpTo(MOST + 1);
        IFhirResourceDao<?> dao = records.getResourceDao(type);
        try (Stream<IResourcePersistentId<?>> found = dao.searchForIdStream(map, new SystemRequestDetails(), null)) {
            found.forEach(id -> keys.add((Long) id.getId()));
        }
    }
}
