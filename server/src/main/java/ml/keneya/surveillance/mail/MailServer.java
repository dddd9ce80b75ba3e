package ml.keneya.surveillance.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Properties;
import ml.keneya.surveillance.mail.MailSettings.Protection;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.MailPreparationException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;

/** The one host that is spoken to, by SMTP (RFC 5321). */
@Component
class MailServer {

    private static final String MILLISECONDS_TO_CONNECT = "10000";
    private static final String MILLISECONDS_TO_ANSWER = "30000";

    private final MailSettings settings;

    MailServer(MailSettings settings) {
        this.settings = settings;
    }

    /**
     * Hands a mail over.
     *
     * @return how many recipients the server did not take, if it took any
     * @throws org.springframework.mail.MailException when it took none, or could not be spoken to in the way that is
     *     asked for
     */
    int send(Mail mail, List<String> recipients) {
        JavaMailSenderImpl sender = sender();
        String from = String.valueOf(settings.from());
        try {
            MimeMessage message = sender.createMimeMessage();
            MimeMessageHelper helper = new MimeMessageHelper(message, false, StandardCharsets.UTF_8.name());
            helper.setFrom(from);
            helper.setTo(recipients.toArray(String[]::new));
            helper.setSubject(mail.subject());
            helper.setText(mail.text());
            // Nobody's absence is to be answered to us (RFC 3834).
            message.setHeader("Auto-Submitted", "auto-generated");
            message.setHeader("Message-ID", "<" + mail.reference() + "@" + domain(from) + ">");
            sender.send(message);
            return 0;
        } catch (MailSendException failure) {
            return refused(failure, recipients.size());
        } catch (MessagingException unwritable) {
            throw new MailSendException("The mail cannot be written", unwritable);
        }
    }

    private static int refused(MailSendException failure, int all) {
        for (Exception each : failure.getMessageExceptions()) {
            if (each instanceof SendFailedException partly
                    && partly.getValidSentAddresses() != null
                    && partly.getValidSentAddresses().length > 0) {
                return all - partly.getValidSentAddresses().length;
            }
        }
        throw failure;
    }

    private JavaMailSenderImpl sender() {
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setHost(settings.host());
        sender.setPort(settings.port());
        sender.setDefaultEncoding(StandardCharsets.UTF_8.name());
        if (settings.username() != null) {
            sender.setUsername(settings.username());
            sender.setPassword(password());
        }
        Properties mail = sender.getJavaMailProperties();
        mail.setProperty("mail.smtp.auth", String.valueOf(settings.username() != null));
        boolean begins = settings.protection() == Protection.STARTTLS;
        mail.setProperty("mail.smtp.starttls.enable", String.valueOf(begins));
        mail.setProperty("mail.smtp.starttls.required", String.valueOf(begins));
        mail.setProperty("mail.smtp.ssl.enable", String.valueOf(settings.protection() == Protection.TLS));
        mail.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        mail.setProperty("mail.smtp.connectiontimeout", MILLISECONDS_TO_CONNECT);
        mail.setProperty("mail.smtp.timeout", MILLISECONDS_TO_ANSWER);
        mail.setProperty("mail.smtp.writetimeout", MILLISECONDS_TO_ANSWER);
        // One wrong address does not keep the alert from the others.
        mail.setProperty("mail.smtp.sendpartial", "true");
        // Otherwise the name of this machine is looked up and told.
        mail.setProperty("mail.smtp.localhost", domain(String.valueOf(settings.from())));
        mail.setProperty("mail.from", String.valueOf(settings.from()));
        return sender;
    }

    private @Nullable String password() {
        if (settings.password() != null || settings.passwordFile() == null) {
            return settings.password();
        }
        try {
            return Files.readString(settings.passwordFile()).strip();
        } catch (IOException unreadable) {
            throw new MailPreparationException("The file with the password cannot be read", unreadable);
        }
    }

    private static String domain(String address) {
        return address.substring(address.indexOf('@') + 1).replaceAll("[^A-Za-z0-9.-]", "");
    }
}
