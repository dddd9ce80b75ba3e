package ml.keneya.surveillance.mail;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import ml.keneya.fhir.FailureTrace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.MailException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends one noted mail at a time, and locks its row meanwhile: several servers never send the same one. A crash between
 * the mail server's yes and the commit has it sent again, under the same Message-ID.
 */
@Component
class NotedMails {

    private static final Logger log = LoggerFactory.getLogger(NotedMails.class);

    /** After that an alert is no news: its Flag and Task have been there all the time. */
    private static final Duration UNTIL_GIVEN_UP = Duration.ofDays(3);

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final MailSettings settings;
    private final ComposesMails composes;
    private final MailServer server;

    NotedMails(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            MailSettings settings,
            ComposesMails composes,
            MailServer server) {
        this.jdbc = jdbc;
        this.transactions = new TransactionTemplate(transactions);
        this.settings = settings;
        this.composes = composes;
        this.server = server;
    }

    /**
     * Somebody is to be told.
     *
     * @param level of the alert when this was noted, whose it became, or {@code closed}
     * @param list the place whose recipients are meant
     */
    record NotedMail(long id, UUID alert, String level, String list) {}

    /** @return whether one was due */
    boolean sendOne() {
        return Boolean.TRUE.equals(transactions.execute(status -> {
            Optional<NotedMail> next = take();
            next.ifPresent(this::send);
            return next.isPresent();
        }));
    }

    private Optional<NotedMail> take() {
        return jdbc.sql("""
                        select id, alert, level, list from keneya.alert_mail
                        where sent_at is null and given_up_at is null and not_before <= now()
                        order by not_before, id limit 1 for update skip locked
                        """).query(NotedMail.class).optional();
    }

    private void send(NotedMail mail) {
        List<String> recipients = settings.of(mail.list());
        if (recipients.isEmpty()) {
            log.warn("Nobody is named for {} any more: alert {} is not sent there", mail.list(), mail.alert());
            giveUp(mail);
            return;
        }
        try {
            int refused = server.send(composes.compose(mail), recipients);
            if (refused > 0) {
                log.warn("The mail server refused {} of the addresses of {}", refused, mail.list());
            }
            jdbc.sql("update keneya.alert_mail set sent_at = clock_timestamp(), refused = :refused where id = :id")
                    .param("refused", refused)
                    .param("id", mail.id())
                    .update();
        } catch (MailException failure) {
            putOff(mail, failure);
        }
    }

    /** Tried again after five seconds at first, and at last every hour. */
    private void putOff(NotedMail mail, MailException failure) {
        boolean tooLate = jdbc.sql("""
                        update keneya.alert_mail set attempts = attempts + 1,
                            not_before = now() + least(3600, 5 * power(2, least(attempts, 10))) * interval '1 second'
                        where id = :id
                        returning noted_at < now() - :seconds * interval '1 second'
                        """)
                .param("id", mail.id())
                .param("seconds", UNTIL_GIVEN_UP.toSeconds())
                .query(Boolean.class)
                .single();
        if (tooLate) {
            log.warn("Alert {} could not be sent to {} for three days, and is not any more", mail.alert(), mail.list());
            giveUp(mail);
            return;
        }
        log.warn(
                "Alert {} cannot be sent to {} now, and will be again: {}",
                mail.alert(),
                mail.list(),
                FailureTrace.of(failure));
    }

    private void giveUp(NotedMail mail) {
        jdbc.sql("update keneya.alert_mail set given_up_at = now() where id = ?")
                .param(mail.id())
                .update();
    }
}
