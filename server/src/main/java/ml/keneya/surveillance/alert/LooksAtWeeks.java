package ml.keneya.surveillance.alert;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ml.keneya.conformance.ConformancePackages;
import ml.keneya.surveillance.EpidemiologicalWeek;
import ml.keneya.surveillance.alert.Signals.Found;
import ml.keneya.surveillance.detect.Signal;
import ml.keneya.surveillance.detect.Threshold;
import ml.keneya.surveillance.detect.WeeklyRule;
import ml.keneya.surveillance.detect.WeeklyRules;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Compares the last weeks of every district and area with the thresholds. The week that is not over is looked at as
 * well, because a threshold that is reached on a Tuesday stays reached; earlier ones are looked at again, because cases
 * arrive late and are taken back.
 */
@Component
class LooksAtWeeks {

    /** Five years, the weeks beside, and what the detectors of recent weeks need. */
    private static final int PAST = 5 * 52 + 2;

    private static final Logger log = LoggerFactory.getLogger(LooksAtWeeks.class);

    private final CountsWeeks counts;
    private final Signals signals;
    private final WeeklyRules rules;
    private final int lastWeeks;

    LooksAtWeeks(CountsWeeks counts, Signals signals, ConformancePackages packages, AlertSettings settings) {
        this.counts = counts;
        this.signals = signals;
        List<Threshold> thresholds = Threshold.all(packages.terminology().resources());
        this.rules = WeeklyRules.of(thresholds, settings.alsoEvaluated());
        this.lastWeeks = settings.lastWeeks();
        log.info(
                "Alerts: {} of {} thresholds are evaluated by weeks",
                rules.rules().size(),
                thresholds.size());
    }

    /**
     * In the transaction of the caller.
     *
     * @return how many signals are new or have changed
     */
    int look(OffsetDateTime now) {
        LocalDate last = EpidemiologicalWeek.of(now.toLocalDate()).monday();
        LocalDate first = last.minusWeeks(lastWeeks - 1L);
        List<WatchedPlace> places = counts.count(rules.diseases(), first.minusWeeks(PAST), last);
        Map<Event, WatchedPlace> byWatched = new HashMap<>();
        Set<Held> held = new HashSet<>();
        List<Found> unwatched = new ArrayList<>();
        List<Long> changed = new ArrayList<>();
        for (WatchedPlace place : places) {
            byWatched.put(place.watched(), place);
            for (LocalDate monday = first; !monday.isAfter(last); monday = monday.plusWeeks(1)) {
                Optional<Found> found = find(place, monday);
                if (found.isPresent()) {
                    held.add(new Held(place.watched(), monday));
                    signals.keep(found.get(), now).ifPresent(changed::add);
                } else if (isUnwatched(place, monday)) {
                    unwatched.add(nothingToldOf(place, monday));
                }
            }
        }
        for (KnownSignal known : signals.holding(first, last)) {
            Event watched = new Event(known.disease(), known.division(), known.place());
            if (!held.contains(new Held(watched, known.monday()))) {
                signals.takeBack(known.id(), casesNow(byWatched, watched, known), now);
                changed.add(known.id());
            }
        }
        signals.keepUnwatched(unwatched, first, last);
        signals.note(changed);
        return changed.size();
    }

    private record Held(Event watched, LocalDate monday) {}

    /** The most serious rule that the week fulfils. */
    private Optional<Found> find(WatchedPlace place, LocalDate monday) {
        for (WeeklyRule rule : rules.rules()) {
            if (place.concerns(rule)) {
                Optional<Signal> signal = rule.look(place.counts(rule.confirmedOnly()), monday);
                if (signal.isPresent()) {
                    return Optional.of(new Found(place, monday, signal.get(), rule.confirmedOnly()));
                }
            }
        }
        return Optional.empty();
    }

    private boolean isUnwatched(WatchedPlace place, LocalDate monday) {
        return place.isDistrict()
                && place.week(monday).cases() > 0
                && rules.rules().stream()
                        .noneMatch(rule ->
                                place.concerns(rule) && rule.canTell(place.counts(rule.confirmedOnly()), monday));
    }

    private static Found nothingToldOf(WatchedPlace place, LocalDate monday) {
        return new Found(place, monday, new Signal("", "", place.week(monday).cases(), 0), false);
    }

    private static int casesNow(Map<Event, WatchedPlace> places, Event watched, KnownSignal known) {
        WatchedPlace place = places.get(watched);
        return place == null ? 0 : place.week(known.monday()).count(known.confirmedOnly());
    }
}
