package ml.keneya.load.bulletin;

import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import ml.keneya.load.agency.EpidemiologicalWeek;
import ml.keneya.load.terminal.Messages;

/** How a bulletin says and writes things, in the language of its reader. */
final class Words {
    private final Messages messages;
    private final Locale language;
    private final Concepts diseases;
    private final Concepts levels;
    private final Concepts outcomes;

    Words(Messages messages) {
        this.messages = messages;
        this.language = messages.language();
        this.diseases = new Concepts("ml-notifiable-disease", language);
        this.levels = new Concepts("ml-alert-level", language);
        this.outcomes = new Concepts("ml-verification-outcome", language);
    }

    /** @param key of the messages, without {@code bulletin.} */
    String text(String key, Object... values) {
        return messages.text("bulletin." + key, values);
    }

    String language() {
        return language.getLanguage();
    }

    String disease(String code) {
        return diseases.name(code);
    }

    /** What is said in brackets or behind a comma is left out: for headings of columns. */
    String shortDisease(String code) {
        String name = disease(code).replaceAll("\\s*[(,].*$", "");
        return name.isBlank() ? disease(code) : name;
    }

    boolean knowsDisease(String code) {
        return diseases.has(code);
    }

    String level(String code) {
        return levels.name(code);
    }

    String outcome(String code) {
        return outcomes.name(code);
    }

    String number(long number) {
        return NumberFormat.getIntegerInstance(language).format(number);
    }

    NumberFormat wholeNumbers() {
        return NumberFormat.getIntegerInstance(language);
    }

    /** With as many digits as are needed to tell small ones apart. */
    String decimal(double number) {
        NumberFormat format = NumberFormat.getNumberInstance(language);
        format.setMaximumFractionDigits(Math.abs(number) < 10 ? 2 : 1);
        return format.format(number);
    }

    String percent(OptionalDouble share) {
        return share.isEmpty() ? text("none-owed") : text("percent", number(Math.round(share.getAsDouble())));
    }

    String share(Optional<Double> share) {
        return share.map(number -> text("percent", decimal(Math.round(10 * number) / 10.0)))
                .orElse("—");
    }

    String count(Count count) {
        return switch (count.state()) {
            case COUNTED, ZERO -> number(count.number());
            case WITHDRAWN -> number(count.number()) + " (r)";
            case SILENT -> "—";
            case HIDDEN -> "*";
        };
    }

    /** The direction from one week to the next; nothing where one is not known. */
    String arrow(Count before, Count now) {
        if (!before.isKnown() || !now.isKnown()) {
            return "";
        }
        return now.number() > before.number() ? "▲" : now.number() < before.number() ? "▼" : "=";
    }

    /** The same for who cannot see it. */
    String trend(Count before, Count now) {
        return switch (arrow(before, now)) {
            case "▲" -> text("trend.up");
            case "▼" -> text("trend.down");
            case "=" -> text("trend.same");
            default -> text("trend.unknown");
        };
    }

    String day(LocalDate day) {
        return DateTimeFormatter.ofPattern("d MMMM yyyy", language).format(day);
    }

    String shortDay(LocalDate day) {
        return DateTimeFormatter.ofPattern("dd/MM/yyyy", language).format(day);
    }

    String moment(Instant moment) {
        String pattern = language.getLanguage().equals("en") ? "d MMMM yyyy, HH:mm" : "d MMMM yyyy 'à' HH:mm";
        return DateTimeFormatter.ofPattern(pattern, language).format(moment.atOffset(ZoneOffset.UTC));
    }

    /** {@code S30}, in English {@code W30}. */
    String shortWeek(EpidemiologicalWeek week) {
        return text("week.short", String.format(Locale.ROOT, "%02d", week.number()));
    }
}
