package ml.keneya.intake;

import ca.uhn.fhir.context.FhirContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Knows again the entries that expected a version and were accepted: the Android FHIR SDK rebuilds its bundle before it
 * sends it again, so the bundle's own key does not help, and the version has moved with the first try.
 */
@Component
class RememberedEntries {

    private final FhirContext context;
    private final JdbcClient jdbc;

    RememberedEntries(FhirContext context, JdbcClient jdbc) {
        this.context = context;
        this.jdbc = jdbc;
    }

    /** The answers that entries of these writes got before, by their place. */
    Map<Integer, BundleEntryComponent> in(Bundle writes, Submission submission) {
        Map<String, Integer> places = new HashMap<>();
        for (int index = 0; index < writes.getEntry().size(); index++) {
            BundleEntryComponent entry = writes.getEntry().get(index);
            if (expectsVersion(entry)) {
                places.put(digestOf(entry), index);
            }
        }
        Map<Integer, BundleEntryComponent> answers = new TreeMap<>();
        if (!places.isEmpty()) {
            jdbc.sql("""
                            select digest, answer from keneya.remembered_entry
                            where client = :client and facility = :facility and digest = any (:digests)
                            """)
                    .param("client", submission.client())
                    .param("facility", submission.facility())
                    .param("digests", places.keySet().toArray(String[]::new))
                    .query((row, number) ->
                            answers.put(places.get(row.getString("digest")), read(row.getString("answer"))))
                    .list();
        }
        return answers;
    }

    /** To be called in the transaction that carries the entry out. */
    void remember(BundleEntryComponent entry, BundleEntryComponent answer, Submission submission) {
        if (!expectsVersion(entry)) {
            return;
        }
        jdbc.sql("""
                        insert into keneya.remembered_entry (client, facility, digest, answer)
                        values (:client, :facility, :digest, :answer)
                        on conflict do nothing
                        """)
                .param("client", submission.client())
                .param("facility", submission.facility())
                .param("digest", digestOf(entry))
                .param("answer", context.newJsonParser().encodeResourceToString(new Bundle().addEntry(answer.copy())))
                .update();
    }

    int forgetOlderThan(Duration age) {
        return jdbc.sql("""
                        delete from keneya.remembered_entry
                        where accepted_at < now() - make_interval(secs => :seconds)
                        """).param("seconds", age.toSeconds()).update();
    }

    /** {@code *} expects none: the same may be meant again. */
    private static boolean expectsVersion(BundleEntryComponent entry) {
        return entry.getRequest().hasIfMatch()
                && !"*".equals(entry.getRequest().getIfMatch().strip());
    }

    private BundleEntryComponent read(String answer) {
        return context.newJsonParser().parseResource(Bundle.class, answer).getEntryFirstRep();
    }

    /** Method, address, expected version and content; not the placeholder, which may be new with every try. */
    private String digestOf(BundleEntryComponent entry) {
        BundleEntryComponent content = entry.copy();
        content.setFullUrlElement(null);
        return Submission.digestOf(context.newJsonParser().encodeResourceToString(new Bundle().addEntry(content)));
    }
}
