package ml.keneya.load.generate.care;

import java.util.List;
import java.util.Optional;
import ml.keneya.load.generate.mali.ScheduledDose;

/** The doses of Td of one woman: five in a life, one after the other over her pregnancies, none before its interval. */
final class TetanusSeries {
    private final List<ScheduledDose> doses;
    private int given;
    private int latest;

    TetanusSeries(List<ScheduledDose> schedule) {
        doses = schedule.stream().filter(dose -> dose.vaccine().equals("TD")).toList();
    }

    /** The dose that can be given on a day, if any. */
    Optional<ScheduledDose> due(int day) {
        if (given == doses.size()) {
            return Optional.empty();
        }
        ScheduledDose next = doses.get(given);
        return given == 0 || day - latest >= next.interval() ? Optional.of(next) : Optional.empty();
    }

    void give(int day) {
        given++;
        latest = day;
    }
}
