package ml.keneya.store.concepts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import ml.keneya.conformance.Canonicals;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.store.RecordWriter;
import ml.keneya.validation.RecordValidation;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.CodeSystemContentMode;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How far each version of a code system is loaded. A piece and the note that it is in are one transaction: whoever was
 * interrupted asks, and goes on with the next.
 */
@Component
class Loads {

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final KeepsFacts facts;
    private final RecordWriter records;

    Loads(JdbcClient jdbc, PlatformTransactionManager transactions, KeepsFacts facts, RecordWriter records) {
        this.jdbc = jdbc;
        this.transactions = new TransactionTemplate(transactions);
        this.facts = facts;
        this.records = records;
    }

    /**
     * What is loaded.
     *
     * @param language of the names shown to whoever asks for a language that it does not have
     * @param digest of the publisher's files
     */
    record Content(
            String url,
            String version,
            String title,
            String language,
            @Nullable String copyright,
            String digest) {}

    /** How far it is. */
    record State(
            long id,
            String url,
            String version,
            String title,
            String digest,
            int pieces,
            @Nullable Long concepts,
            @Nullable OffsetDateTime loadedAt) {

        boolean isWhole() {
            return loadedAt != null;
        }
    }

    List<State> all() {
        return jdbc.sql("""
                        select id, url, version, title, digest, pieces, concepts, loaded_at
                        from keneya.loaded_system order by url, id
                        """).query(State.class).list();
    }

    /** Begins, or says how far it was brought before. Half of other files under the same version is thrown away. */
    State begin(Content content) {
        return transacted(() -> {
            jdbc.sql("""
                            insert into keneya.loaded_system (url, version, record_id, title, language, copyright, digest)
                            values (:url, :version, :record, :title, :language, :copyright, :digest)
                            on conflict (url, version) do nothing
                            """)
                    .param("url", content.url())
                    .param("version", content.version())
                    .param("record", recordIdOf(content.url(), content.version()))
                    .param("title", content.title())
                    .param("language", content.language())
                    .param("copyright", content.copyright())
                    .param("digest", content.digest())
                    .update();
            State state = locked(content.url(), content.version()).orElseThrow();
            if (state.digest().equals(content.digest())) {
                return state;
            }
            if (state.isWhole()) {
                throw new RefusedException(
                        Refusal.of(RefusalCode.LOADED_FROM_OTHER_FILES, content.url(), content.version()));
            }
            facts.forget(state.id());
            jdbc.sql("""
                            update keneya.loaded_system set digest = :digest, title = :title, language = :language,
                                copyright = :copyright, pieces = 0, begun_at = now()
                            where id = :id
                            """)
                    .param("id", state.id())
                    .param("digest", content.digest())
                    .param("title", content.title())
                    .param("language", content.language())
                    .param("copyright", content.copyright())
                    .update();
            return locked(content.url(), content.version()).orElseThrow();
        });
    }

    /** Takes one piece; a piece that is in already changes nothing. */
    State take(Content content, int piece, Facts given) {
        return transacted(() -> {
            State state = underWay(content);
            if (state.isWhole() || piece <= state.pieces()) {
                return state;
            }
            if (piece > state.pieces() + 1) {
                throw new RefusedException(Refusal.of(RefusalCode.PIECE_OUT_OF_ORDER, piece, state.pieces() + 1));
            }
            facts.keep(state.id(), given);
            jdbc.sql("update keneya.loaded_system set pieces = :piece where id = :id")
                    .param("piece", piece)
                    .param("id", state.id())
                    .update();
            return locked(content.url(), content.version()).orElseThrow();
        });
    }

    /** From here on it answers. */
    State complete(Content content, int pieces) {
        return transacted(() -> {
            State state = underWay(content);
            if (state.isWhole()) {
                return state;
            }
            if (pieces != state.pieces()) {
                throw new RefusedException(Refusal.of(RefusalCode.PIECE_OUT_OF_ORDER, pieces + 1, state.pieces() + 1));
            }
            // The plan for gathering, too, would be one for the empty tables of a moment ago: minutes instead of
            // seconds.
            facts.countForPlans();
            facts.gatherTerms(state.id());
            jdbc.sql("""
                            update keneya.loaded_system set loaded_at = clock_timestamp(),
                                concepts = (select count(*) from keneya.loaded_concept where system_id = :id)
                            where id = :id
                            """).param("id", state.id()).update();
            State whole = locked(content.url(), content.version()).orElseThrow();
            describe(whole, content.copyright(), PublicationStatus.ACTIVE);
            return whole;
        });
    }

    /** Takes a version away, whole or not; its description stays, retired. */
    State remove(String url, String version) {
        return transacted(() -> {
            State state = locked(url, version)
                    .orElseThrow(() ->
                            new RefusedException(Refusal.of(RefusalCode.UNKNOWN_CODE_SYSTEM, url + "|" + version)));
            facts.forget(state.id());
            jdbc.sql("delete from keneya.loaded_system where id = :id")
                    .param("id", state.id())
                    .update();
            if (state.isWhole()) {
                describe(state, null, PublicationStatus.RETIRED);
            }
            return state;
        });
    }

    private State underWay(Content content) {
        return locked(content.url(), content.version())
                .filter(state -> state.digest().equals(content.digest()))
                .orElseThrow(() -> new RefusedException(
                        Refusal.of(RefusalCode.LOADED_FROM_OTHER_FILES, content.url(), content.version())));
    }

    private Optional<State> locked(String url, String version) {
        return jdbc.sql("""
                        select id, url, version, title, digest, pieces, concepts, loaded_at
                        from keneya.loaded_system where url = :url and version = :version for update
                        """)
                .param("url", url)
                .param("version", version)
                .query(State.class)
                .optional();
    }

    /** Whoever searches for code systems finds it; its concepts are asked for by operations. */
    private void describe(State state, @Nullable String copyright, PublicationStatus status) {
        CodeSystem description = new CodeSystem();
        description.setId(recordIdOf(state.url(), state.version()));
        description
                .setUrl(state.url())
                .setVersion(state.version())
                .setName("Loaded")
                .setTitle(state.title())
                .setStatus(status)
                .setContent(CodeSystemContentMode.NOTPRESENT)
                .setCopyright(copyright);
        if (state.concepts() != null) {
            description.setCount(Math.toIntExact(state.concepts()));
        }
        if (status == PublicationStatus.ACTIVE) {
            description.setValueSet(state.url() + Canonicals.WHOLE_SYSTEM);
        }
        RecordValidation.markChecked(description);
        records.write(description);
    }

    /** The same for the same version, however often it is taken away and loaded again. */
    static String recordIdOf(String url, String version) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest((url + "|" + version).getBytes(StandardCharsets.UTF_8));
            return "loaded-" + HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }

    private <T> T transacted(Supplier<T> work) {
        return Objects.requireNonNull(transactions.execute(status -> work.get()));
    }
}
