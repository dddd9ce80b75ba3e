package ml.keneya.surveillance.mail;

import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Notes, in the transaction that raises, escalates or closes an alert, to whom it is to be sent: to each list of
 * recipients of its place and of every place above that. What is noted outlives whatever happens to this server after
 * the commit.
 */
@Component
public class NotesMails {

    /** Every alert lies in it, also one whose place is not known. */
    private static final String COUNTRY = "ML";

    private final JdbcClient jdbc;
    private final MailSettings settings;
    private final SendsMails worker;

    NotesMails(JdbcClient jdbc, MailSettings settings, SendsMails worker) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.worker = worker;
    }

    /** @param alert as it stands in {@code keneya.alert} within this transaction */
    public void note(UUID alert) {
        if (settings.isGiven()) {
            note(alert, null, places(alert));
        }
    }

    /**
     * Tells whose the alert is now, and those below who have not acknowledged it.
     *
     * @param responsible {@code region} or {@code agency}
     * @param place the region, or the country
     */
    public void noteEscalation(UUID alert, String responsible, String place) {
        if (settings.isGiven()) {
            List<String> lists = new ArrayList<>(places(alert));
            if (!place.equals(COUNTRY)) {
                lists.remove(COUNTRY);
            }
            note(alert, responsible, lists);
        }
    }

    /** Tells those who were told of the alert that it is closed. */
    public void noteClosing(UUID alert) {
        if (settings.isGiven()) {
            List<String> told = jdbc.sql("select distinct list from keneya.alert_mail where alert = ?")
                    .param(alert)
                    .query(String.class)
                    .list();
            note(alert, "closed", told);
        }
    }

    /** @param told what is told; that the alert has its level, if absent */
    private void note(UUID alert, @Nullable String told, List<String> places) {
        Set<String> lists =
                places.stream().filter(place -> !settings.of(place).isEmpty()).collect(Collectors.toSet());
        if (lists.isEmpty()) {
            return;
        }
        // Once for each level of an event, however often it is looked at.
        jdbc.sql("""
                        insert into keneya.alert_mail (alert, level, list)
                        select alert.id, coalesce(:told, alert.level), given.list
                        from keneya.alert cross join unnest(:lists) as given (list)
                        where alert.id = :alert
                        on conflict do nothing
                        """)
                .param("told", told, Types.VARCHAR)
                .param("lists", lists.toArray(String[]::new))
                .param("alert", alert)
                .update();
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                worker.wake();
            }
        });
    }

    /** The place of an alert and all above it; of a facility, also where it is. */
    private List<String> places(UUID alert) {
        return jdbc.sql("""
                        select line.above
                        from keneya.alert
                        left join identified.facility facility
                            on alert.division = 'health' and facility.code = alert.place
                        join keneya.place_line line on (line.division, line.code) in (
                            (alert.division, alert.place),
                            ('2015', coalesce(facility.commune_2015, facility.cercle_2015, facility.region_2015)),
                            ('2023', coalesce(facility.cercle_2023, facility.region_2023)))
                        where alert.id = :alert
                        union
                        select place from keneya.alert where id = :alert
                        union
                        select :country
                        """)
                .param("alert", alert)
                .param("country", COUNTRY)
                .query(String.class)
                .list();
    }
}
