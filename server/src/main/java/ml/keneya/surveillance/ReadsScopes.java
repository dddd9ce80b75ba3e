package ml.keneya.surveillance;

import java.time.DateTimeException;
import java.time.LocalDate;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Understands what a report is asked about. */
@Component
class ReadsScopes {

    private final Places places;

    ReadsScopes(Places places) {
        this.places = places;
    }

    /** The parameters as they came. */
    record Asked(
            @Nullable IPrimitiveType<String> subject,
            @Nullable IPrimitiveType<String> level,
            @Nullable IPrimitiveType<String> week,
            @Nullable IPrimitiveType<String> start,
            @Nullable IPrimitiveType<String> end) {}

    Scope read(Asked asked) {
        return read(asked, place(asked));
    }

    /** What is asked for, of another place than it names. */
    Scope read(Asked asked, Place place) {
        String week = text(asked.week());
        if (week != null) {
            EpidemiologicalWeek wanted = week(week);
            return scope(asked, place, wanted.monday(), wanted.sunday());
        }
        LocalDate start = day("periodStart", asked.start());
        LocalDate end = day("periodEnd", asked.end());
        if (end.isBefore(start)) {
            throw bad("periodEnd", end.toString());
        }
        return scope(asked, place, start, end);
    }

    private Scope scope(Asked asked, Place place, LocalDate start, LocalDate end) {
        String level = text(asked.level());
        if (level != null && !places.hasLevel(place.division(), level)) {
            throw bad("level", level);
        }
        return new Scope(place, level, start, end);
    }

    EpidemiologicalWeek week(Asked asked) {
        String week = text(asked.week());
        if (week == null) {
            throw new RefusedException(Refusal.of(RefusalCode.MISSING_PARAMETER, "week"));
        }
        return week(week);
    }

    private static EpidemiologicalWeek week(String text) {
        return EpidemiologicalWeek.parse(text).orElseThrow(() -> bad("week", text));
    }

    private Place place(Asked asked) {
        String subject = text(asked.subject());
        return subject == null
                ? new Place(Place.BEFORE_REFORM, Place.COUNTRY)
                : places.find(subject).orElseThrow(() -> bad("subject", subject));
    }

    private static LocalDate day(String name, @Nullable IPrimitiveType<String> given) {
        String text = text(given);
        if (text == null) {
            throw new RefusedException(Refusal.of(RefusalCode.MISSING_PARAMETER, name));
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException notADay) {
            throw bad(name, text);
        }
    }

    static RefusedException bad(String name, String value) {
        return new RefusedException(Refusal.of(RefusalCode.BAD_PARAMETER, name, value));
    }

    static @Nullable String text(@Nullable IPrimitiveType<String> given) {
        return given == null || given.getValue() == null || given.getValue().isBlank()
                ? null
                : given.getValue().strip();
    }
}
