package ml.keneya.surveillance.mail;

import static ml.keneya.surveillance.Cases.aCase;
import static ml.keneya.surveillance.Cases.aPerson;
import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import ml.keneya.surveillance.Cases;
import ml.keneya.surveillance.alert.RaisedAlerts;
import ml.keneya.surveillance.mail.MailSettings.Protection;
import ml.keneya.test.AtOnce;
import ml.keneya.test.Canary;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.TestMail;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.MailException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Alerts of the north, where no other test has any, are sent by the whole server to a mail server inside the test. The
 * lists are those of {@link TestMail}.
 */
@KeneyaIntegrationTest
class MailIT {

    private static final GreenMail POST = new GreenMail(new ServerSetup(TestMail.PORT, "127.0.0.1", "smtp"));

    @RegisterExtension
    final Canary canary = new Canary();

    @Autowired
    Exchange exchange;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    ComposesMails composes;

    @Autowired
    SendsMails worker;

    private final String facility = unique("site");
    private final String today = LocalDate.now(ZoneOffset.UTC).toString();

    private RaisedAlerts raised;

    @BeforeEach
    void prepare() {
        raised = new RaisedAlerts(exchange, jdbc, facility);
    }

    @BeforeAll
    static void open() {
        POST.start();
    }

    @AfterAll
    static void close() {
        POST.stop();
    }

    @Test
    void tellsEachListOnceOfAnAlertAndOfNobody() throws Exception {
        Patient person = aPerson("ML080101", "female", "1990-03-04", "internally-displaced");
        person.getNameFirstRep().setFamily(canary.surname());
        Condition found = aCase(person, "cholera", "suspected", today);
        exchange.post(transaction(putting(person), putting(found)), facility).hasStatus(200);
        // The same event: nothing more is sent.
        Patient other = aPerson("ML080102", "male", "1991", "");
        exchange.post(transaction(putting(other), putting(aCase(other, "cholera", "suspected", today))), facility)
                .hasStatus(200);

        String alert = alert("cholera");
        awaitSent(alert, 2);

        List<MimeMessage> received = received(alert);
        assertThat(received).hasSize(3);
        assertThat(received.stream().map(MailIT::recipients).distinct())
                .containsExactlyInAnyOrder(
                        List.of("region@kidal.example", "epidemiologie@kidal.example"),
                        List.of("cercle@kidal.example"));
        MimeMessage one = received.get(0);
        assertThat(one.getSubject()).isEqualTo("[Kènèya] Alerte : Choléra, Kidal (ML0801)");
        assertThat(one.getFrom()[0]).hasToString("alertes@keneya.example");
        assertThat(one.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        String text = String.valueOf(one.getContent());
        assertThat(text)
                .contains("Maladie : Choléra", "Disease: Cholera", "Premier cas : " + today, "Flag/" + alert)
                .contains("Task/" + alert)
                .doesNotContain(
                        person.getNameFirstRep().getFamily(),
                        person.getIdElement().getIdPart(),
                        found.getIdElement().getIdPart(),
                        "1990-03-04",
                        facility);
        assertThat(text.indexOf("Maladie")).isLessThan(text.indexOf("Disease"));
        assertThat(canary.linesWithTheName()).isEmpty();
    }

    @Test
    void tellsOfAnEscalationOnceMore() {
        List<Condition> cases = new ArrayList<>();
        for (int number = 0; number < 5; number++) {
            cases.add(send("measles"));
        }
        String alert = alert("measles");
        awaitSent(alert, 2);
        cases.subList(0, 3).forEach(each -> {
            Cases.classify(each, "confirmed");
            exchange.post(transaction(putting(each)), facility).hasStatus(200);
        });

        awaitSent(alert, 4);
        List<String> subjects =
                received(alert).stream().map(MailIT::subject).distinct().toList();
        assertThat(subjects)
                .containsExactlyInAnyOrder(
                        "[Kènèya] Alerte : Rougeole, Kidal (ML0801)", "[Kènèya] Épidémie : Rougeole, Kidal (ML0801)");
        assertThat(received(alert)).hasSize(6);
    }

    /** Who is told of what goes up: EscalationIT. */
    @Test
    void tellsWhoseAnAlertIsNowAndThatItIsClosed() {
        send("rabies");
        String alert = alert("rabies");
        awaitSent(alert, 2);
        jdbc.sql("insert into keneya.alert_mail (alert, level, list) select id, 'region', 'ML08' from keneya.alert "
                        + "where id::text = ?")
                .param(alert)
                .update();
        awaitSent(alert, 3);
        raised.close(alert, "false-alert");

        awaitSent(alert, 5);
        List<String> subjects =
                received(alert).stream().map(MailIT::subject).distinct().toList();
        assertThat(subjects)
                .containsExactlyInAnyOrder(
                        "[Kènèya] Alerte : Rage humaine, Kidal (ML0801)",
                        "[Kènèya] Sans accusé de réception, transmise à la région : Rage humaine, Kidal (ML0801)",
                        "[Kènèya] Alerte close : Rage humaine, Kidal (ML0801)");
        assertThat(received(alert).stream()
                        .map(MailIT::text)
                        .filter(text ->
                                text.contains("Issue : Fausse alerte") && text.contains("Outcome: False alert")))
                .hasSize(3);
        assertThat(received(alert).stream()
                        .map(MailIT::text)
                        .filter(text -> text.contains("À prendre en charge avant")))
                .hasSize(5);
    }

    @Test
    void tellsTheCountryOfWhatWentToTheAgencyOnly() {
        send("anthrax");
        UUID alert = UUID.fromString(alert("anthrax"));
        MailSettings settings = settings(Protection.NONE);
        NotesMails notes = new NotesMails(
                jdbc,
                new MailSettings(
                        settings.host(),
                        settings.port(),
                        settings.protection(),
                        null,
                        null,
                        null,
                        settings.from(),
                        Map.of("ml", TestMail.OF_REGION, "ml08", TestMail.OF_REGION, "ml0801", TestMail.OF_CERCLE)),
                worker);
        // Never sent: the server knows no list of the country.
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            notes.noteEscalation(alert, "region", "ML08");
            notes.noteEscalation(alert, "agency", "ML");
            assertThat(lists(alert, "region")).containsExactly("ML08", "ML0801");
            assertThat(lists(alert, "agency")).containsExactly("ML", "ML08", "ML0801");
            status.setRollbackOnly();
        });
    }

    private List<String> lists(UUID alert, String level) {
        return jdbc.sql("select list from keneya.alert_mail where alert = ? and level = ? order by list")
                .param(alert)
                .param(level)
                .query(String.class)
                .list();
    }

    @Test
    void keepsWhatTheMailServerCouldNotTakeUntilItCan() throws Exception {
        POST.stop();
        Patient person = aPerson("ML080101", "female", "1990", "");
        person.getNameFirstRep().setFamily(canary.surname());
        Condition found = aCase(person, "yellow-fever", "suspected", today);
        exchange.post(transaction(putting(person), putting(found)), facility).hasStatus(200);
        String alert = alert("yellow-fever");
        await().atMost(RaisedAlerts.PATIENCE)
                .untilAsserted(
                        () -> assertThat(jdbc.sql("select min(attempts) from keneya.alert_mail where alert::text = ?")
                                        .param(alert)
                                        .query(Integer.class)
                                        .single())
                                .isPositive());
        assertThat(sent(alert)).isZero();

        POST.start();
        awaitSent(alert, 2);
        assertThat(received(alert)).hasSize(3).noneMatch(mail -> text(mail).contains(canary.surname()));
        assertThat(canary.linesWithTheName()).isEmpty();
    }

    @Test
    void sendsOnceWhenSeveralServersMeet() throws Exception {
        send("plague");
        String alert = alert("plague");
        awaitSent(alert, 2);
        POST.purgeEmailFromAllMailboxes();
        jdbc.sql(
                        "update keneya.alert_mail set sent_at = null, not_before = now() + interval '1 hour' where alert::text = ?")
                .param(alert)
                .update();
        List<NotedMails> servers = List.of(another(), another());
        jdbc.sql("update keneya.alert_mail set not_before = now() where alert::text = ?")
                .param(alert)
                .update();

        AtOnce.send(6, number -> servers.get(number % 2).sendOne());

        awaitSent(alert, 2);
        assertThat(received(alert)).hasSize(3);
    }

    @Test
    void sendsNothingInTheClearWhereTlsIsAskedFor() {
        for (Protection asked : List.of(Protection.STARTTLS, Protection.TLS)) {
            Mail mail = new Mail(unique("reference"), unique("Sujet"), "Texte");

            // It listens in the clear and knows no STARTTLS.
            assertThatThrownBy(() -> new MailServer(settings(asked)).send(mail, List.of("cercle@kidal.example")))
                    .isInstanceOf(MailException.class);
            assertThat(Arrays.stream(POST.getReceivedMessages()).map(MailIT::subject))
                    .doesNotContain(mail.subject());
        }
    }

    @Test
    void refusesACertificateThatNobodyVouchesFor() throws IOException {
        GreenMail strange = new GreenMail(new ServerSetup(freePort(), "127.0.0.1", "smtps"));
        strange.start();
        try {
            MailSettings settings = new MailSettings(
                    "127.0.0.1",
                    strange.getSmtps().getPort(),
                    Protection.TLS,
                    null,
                    null,
                    null,
                    "alertes@keneya.example",
                    Map.of("ML0801", List.of("cercle@kidal.example")));

            assertThatThrownBy(() -> new MailServer(settings)
                            .send(new Mail("reference", "Sujet", "Texte"), List.of("cercle@kidal.example")))
                    .isInstanceOf(MailException.class)
                    .hasStackTraceContaining("SSLHandshakeException");
            assertThat(strange.getReceivedMessages()).isEmpty();
        } finally {
            strange.stop();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static MailSettings settings(Protection protection) {
        return new MailSettings(
                "127.0.0.1",
                TestMail.PORT,
                protection,
                null,
                null,
                null,
                TestMail.FROM,
                Map.of("ml08", TestMail.OF_REGION, "ml0801", TestMail.OF_CERCLE));
    }

    /** As another server on the same database would do it. */
    private NotedMails another() {
        MailSettings settings = settings(Protection.NONE);
        return new NotedMails(jdbc, transactions, settings, composes, new MailServer(settings));
    }

    private Condition send(String disease) {
        return raised.send(disease, "ML080101", today);
    }

    private String alert(String disease) {
        return raised.on(disease, "ML0801");
    }

    private void awaitSent(String alert, int lists) {
        await().atMost(RaisedAlerts.PATIENCE)
                .untilAsserted(() -> assertThat(sent(alert)).as(() -> waiting()).isEqualTo(lists));
    }

    private String waiting() {
        return String.valueOf(
                jdbc.sql("select mail.*, now() from keneya.alert_mail mail where sent_at is null order by id")
                        .query()
                        .listOfRows());
    }

    private int sent(String alert) {
        return jdbc.sql("select count(*) from keneya.alert_mail where alert::text = ? and sent_at is not null")
                .param(alert)
                .query(Integer.class)
                .single();
    }

    private static List<MimeMessage> received(String alert) {
        return Arrays.stream(POST.getReceivedMessages())
                .filter(message -> text(message).contains("Flag/" + alert))
                .toList();
    }

    private static String text(MimeMessage message) {
        try {
            return String.valueOf(message.getContent());
        } catch (MessagingException | IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static String subject(MimeMessage message) {
        try {
            return message.getSubject();
        } catch (MessagingException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static List<String> recipients(MimeMessage message) {
        try {
            return Arrays.stream(message.getRecipients(Message.RecipientType.TO))
                    .map(String::valueOf)
                    .toList();
        } catch (MessagingException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
