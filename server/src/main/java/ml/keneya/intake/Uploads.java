package ml.keneya.intake;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.fhir.StreamedBodies;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Bundles that arrive in pieces. A piece is durable when it is acknowledged; the last one turns them into a delivery in
 * the same transaction, so that there is either an upload to go on with or a delivery, never none and never both.
 */
@Component
class Uploads {

    private static final String COLUMNS = """
            id, client, facility, role, areas, base, headers, length, received, zipped, digest, expires_at, delivery
            """;

    private final JdbcClient jdbc;
    private final WaitingDeliveries waiting;
    private final StreamedBodies bodies;
    private final IntakeSettings settings;
    private final TransactionTemplate transaction;

    Uploads(
            JdbcClient jdbc,
            WaitingDeliveries waiting,
            StreamedBodies bodies,
            IntakeSettings settings,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.waiting = waiting;
        this.bodies = bodies;
        this.settings = settings;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * Begins an upload, or finds the open one of the same sender with the same announced digest: whoever has forgotten
     * its address, because it was switched off, goes on with it all the same.
     *
     * @param arriving without id, bytes and delivery
     * @throws RefusedException when the sender has too many open
     */
    UploadRow begin(Arriving arriving) {
        Optional<UploadRow> open = openOne(arriving);
        if (open.isPresent()) {
            return open.get();
        }
        if (!hasRoom(arriving)) {
            throw new RefusedException(Refusal.of(RefusalCode.TOO_MANY_UPLOADS));
        }
        Caller caller = arriving.caller();
        return jdbc.sql("""
                        insert into keneya.upload
                            (client, facility, role, areas, base, headers, length, zipped, digest, expires_at)
                        values (:client, :facility, :role, :areas::text[], :base, :headers::jsonb, :length, :zipped,
                                :digest, now() + make_interval(secs => :seconds))
                        returning
                        """ + COLUMNS)
                .param("client", caller.client())
                .param("facility", facilityOf(caller))
                .param("role", caller.role().name())
                .param("areas", caller.areas().toArray(String[]::new))
                .param("base", arriving.base())
                .param("headers", arriving.headersAsJson())
                .param("length", arriving.length())
                .param("zipped", arriving.zipped())
                .param("digest", arriving.digest())
                .param("seconds", settings.uploadsKept().toSeconds())
                .query(UploadRow::read)
                .single();
    }

    /** @throws RefusedException when there is none, or it is somebody else's: both look alike */
    UploadRow find(UUID id, Caller caller) {
        return read(id, caller, "");
    }

    /**
     * Adds what follows. Of two that add at the same place one is refused.
     *
     * @throws RefusedException when the bytes do not follow what is there, or the whole is not what was announced
     */
    UploadRow append(UUID id, Caller caller, long offset, byte[] bytes) {
        try {
            return transaction.execute(status -> {
                UploadRow upload = read(id, caller, " for update");
                if (upload.received() != offset || offset + bytes.length > upload.length()) {
                    throw new RefusedException(
                            Refusal.of(RefusalCode.OTHER_OFFSET, upload.received(), upload.length()));
                }
                if (bytes.length > 0) {
                    add(upload, bytes);
                }
                UploadRow grown = find(id, caller);
                return grown.isComplete() && grown.delivery() == null ? completed(grown) : grown;
            });
        } catch (Unusable unusable) {
            delete(id, caller);
            throw unusable.why;
        }
    }

    /** @return false when there is none */
    boolean delete(UUID id, Caller caller) {
        return jdbc.sql("delete from keneya.upload where id = :id and client = :client and facility = :facility")
                        .param("id", id)
                        .param("client", caller.client())
                        .param("facility", facilityOf(caller))
                        .update()
                == 1;
    }

    /** Those that nobody has finished in their time, and what is left of those that became deliveries. */
    int forgetExpired() {
        return jdbc.sql("delete from keneya.upload where expires_at < now()").update();
    }

    private void add(UploadRow upload, byte[] bytes) {
        jdbc.sql("insert into keneya.upload_piece (upload, starts_at, bytes) values (:id, :at, :bytes)")
                .param("id", upload.id())
                .param("at", upload.received())
                .param("bytes", bytes)
                .update();
        jdbc.sql("update keneya.upload set received = received + :more where id = :id")
                .param("id", upload.id())
                .param("more", bytes.length)
                .update();
    }

    private UploadRow completed(UploadRow upload) {
        byte[] sent = jdbc.sql("""
                        select string_agg(bytes, ''::bytea order by starts_at) from keneya.upload_piece where upload = :id
                        """).param("id", upload.id()).query(byte[].class).single();
        if (upload.digest() != null && !upload.digest().equals(Submission.sha256(sent))) {
            throw new Unusable(new RefusedException(Refusal.of(RefusalCode.OTHER_DIGEST)));
        }
        UUID delivery = waiting.enqueue(upload.asArrival(joined(sent, upload)))
                .orElseThrow(() -> new RefusedException(Refusal.of(RefusalCode.BUSY)));
        jdbc.sql("delete from keneya.upload_piece where upload = :id")
                .param("id", upload.id())
                .update();
        jdbc.sql("update keneya.upload set delivery = :delivery where id = :id")
                .param("id", upload.id())
                .param("delivery", delivery)
                .update();
        return find(upload.id(), upload.caller());
    }

    private byte[] joined(byte[] sent, UploadRow upload) {
        try {
            return bodies.joined(sent, upload.zipped());
        } catch (RefusedException refused) {
            throw new Unusable(refused);
        }
    }

    private UploadRow read(UUID id, Caller caller, String lock) {
        return jdbc.sql("select " + COLUMNS + """
                        from keneya.upload
                        where id = :id and client = :client and facility = :facility and expires_at > now()
                        """ + lock)
                .param("id", id)
                .param("client", caller.client())
                .param("facility", facilityOf(caller))
                .query(UploadRow::read)
                .optional()
                .orElseThrow(() -> new RefusedException(Refusal.of(RefusalCode.UNKNOWN_UPLOAD, id)));
    }

    private Optional<UploadRow> openOne(Arriving arriving) {
        return jdbc.sql("select " + COLUMNS + """
                        from keneya.upload
                        where client = :client and facility = :facility and digest = :digest and length = :length
                          and zipped = :zipped and headers = :headers::jsonb and delivery is null
                          and expires_at > now()
                        order by received desc limit 1
                        """)
                .param("client", arriving.caller().client())
                .param("facility", facilityOf(arriving.caller()))
                .param("digest", arriving.digest())
                .param("length", arriving.length())
                .param("zipped", arriving.zipped())
                .param("headers", arriving.headersAsJson())
                .query(UploadRow::read)
                .optional();
    }

    private boolean hasRoom(Arriving arriving) {
        return jdbc.sql("""
                        select count(*) < :most and coalesce(sum(length), 0) + :length <= :mostBytes from keneya.upload
                        where client = :client and facility = :facility and delivery is null and expires_at > now()
                        """)
                .param("client", arriving.caller().client())
                .param("facility", facilityOf(arriving.caller()))
                .param("length", arriving.length())
                .param("most", IntakeLimits.OPEN_UPLOADS)
                .param("mostBytes", IntakeLimits.BYTES_OF_OPEN_UPLOADS)
                .query(Boolean.class)
                .single();
    }

    private static String facilityOf(Caller caller) {
        return caller.facility() == null ? "" : caller.facility();
    }

    /**
     * What somebody announces.
     *
     * @param length bytes, as they will be sent
     * @param digest SHA-256 of these bytes, hexadecimal, null when it is not announced
     */
    record Arriving(
            Caller caller,
            String base,
            Map<String, String> headers,
            long length,
            boolean zipped,
            @Nullable String digest) {

        String headersAsJson() {
            return DeliveryRows.json(headers);
        }
    }

    /** All has arrived and is no use; the upload is given up, not only its last piece. */
    private static final class Unusable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final RefusedException why;

        Unusable(RefusedException why) {
            super(why);
            this.why = why;
        }
    }
}
