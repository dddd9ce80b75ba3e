package ml.keneya.surveillance.mail;

import java.text.MessageFormat;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ml.keneya.conformance.Canonicals;
import ml.keneya.conformance.ConformancePackages;
import ml.keneya.fhir.BaseAddress;
import ml.keneya.surveillance.mail.NotedMails.NotedMail;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Writes what is told of an alert: the disease, the place, how many cases, and where the rest is to be read by whom the
 * exchange lets. Nothing of any person: a mail goes through hands that nobody knows. French first, English below.
 */
@Component
class ComposesMails {

    private static final Set<String> SYSTEMS = Set.of(
            Canonicals.BASE + "/CodeSystem/ml-notifiable-disease",
            Canonicals.BASE + "/CodeSystem/ml-verification-outcome");

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'");

    private final JdbcClient jdbc;
    private final BaseAddress address;
    /** Diseases and outcomes, by code and language. */
    private final Map<String, String> words = new HashMap<>();

    ComposesMails(JdbcClient jdbc, BaseAddress address, ConformancePackages packages) {
        this.jdbc = jdbc;
        this.address = address;
        packages.terminology().resources().stream()
                .filter(each -> SYSTEMS.contains(String.valueOf(each.getUrl())))
                .flatMap(each -> ((CodeSystem) each).getConcept().stream())
                .forEach(this::learn);
    }

    private record Event(
            UUID id,
            String disease,
            String place,
            @Nullable String placeName,
            String rule,
            LocalDate beganOn,
            OffsetDateTime raisedAt,
            OffsetDateTime dueAt,
            @Nullable OffsetDateTime closedAt,
            @Nullable String outcome,
            long cases,
            long confirmed) {}

    private void learn(ConceptDefinitionComponent concept) {
        words.put(concept.getCode() + " fr", concept.getDisplay());
        concept.getDesignation()
                .forEach(each -> words.put(concept.getCode() + " " + each.getLanguage(), each.getValue()));
    }

    Mail compose(NotedMail mail) {
        // The cases as they are when it is sent.
        Event event = jdbc.sql("""
                        select alert.id, alert.disease, alert.place,
                            (select min(place.name) from keneya.place
                             where place.division = alert.division and place.code = alert.place) as place_name,
                            alert.rule, alert.began_on, alert.raised_at, alert.due_at, alert.closed_at, alert.outcome,
                            count(evidence.condition_id) filter (
                                where evidence.state not in ('withdrawn', 'discarded')) as cases,
                            count(evidence.condition_id) filter (where evidence.state = 'confirmed') as confirmed
                        from keneya.alert
                        left join keneya.alert_evidence evidence on evidence.alert = alert.id
                        where alert.id = ?
                        group by alert.id
                        """).param(mail.alert()).query(Event.class).single();
        return new Mail(
                String.join(".", mail.alert().toString(), mail.level(), mail.list()),
                line(words(Locale.FRENCH), "subject", subject(event, mail, Locale.FRENCH)),
                Stream.of(Locale.FRENCH, Locale.ENGLISH)
                        .map(language -> text(event, mail, language))
                        .collect(Collectors.joining("\n\n---\n\n")));
    }

    private Object[] subject(Event event, NotedMail mail, Locale language) {
        return new Object[] {
            words(language).getString("level." + mail.level()), word(event.disease(), language), place(event)
        };
    }

    private String text(Event event, NotedMail mail, Locale language) {
        ResourceBundle words = words(language);
        String base = address.fixed().map(found -> found + "/").orElse("");
        return Stream.of(
                        line(words, "intro." + mail.level()),
                        "",
                        line(words, "disease", word(event.disease(), language)),
                        line(words, "place", place(event)),
                        line(words, "since", event.beganOn().toString()),
                        line(words, "cases", event.cases(), event.confirmed()),
                        line(words, "rule", event.rule()),
                        line(words, "raised", moment(event.raisedAt())),
                        event.closedAt() == null
                                ? line(words, "due", moment(event.dueAt()))
                                : line(words, "closed", moment(event.closedAt())),
                        event.outcome() == null ? "" : line(words, "outcome", word(event.outcome(), language)),
                        line(words, "flag", base + "Flag/" + event.id()),
                        line(words, "task", base + "Task/" + event.id()),
                        "",
                        line(words, "foot"))
                .collect(Collectors.joining("\n"))
                .replace("\n\n\n", "\n\n");
    }

    private String word(String code, Locale language) {
        return words.getOrDefault(code + " " + language.getLanguage(), words.getOrDefault(code + " fr", code));
    }

    /** Without line breaks, because names of places come from registries and stand in the subject. */
    private static String place(Event event) {
        String name = event.placeName() == null ? "" : event.placeName() + " ";
        return (name + "(" + event.place() + ")").replaceAll("\\p{Cntrl}+", " ");
    }

    private static String moment(OffsetDateTime at) {
        return MOMENT.format(at.withOffsetSameInstant(ZoneOffset.UTC));
    }

    private static ResourceBundle words(Locale language) {
        return ResourceBundle.getBundle("ml.keneya.surveillance.mail.words", language);
    }

    private static String line(ResourceBundle words, String key, Object... values) {
        return new MessageFormat(words.getString(key), Locale.ROOT)
                .format(List.of(values).stream().map(String::valueOf).toArray());
    }
}
