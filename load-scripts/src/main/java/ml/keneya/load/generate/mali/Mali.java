package ml.keneya.load.generate.mali;

import java.util.List;
import java.util.Set;

/** Everything that is known of Mali, read once. */
public record Mali(
        Facts facts,
        Territory territory,
        HealthMap health,
        Names names,
        Ages ages,
        Mortality mortality,
        List<Cause> causes,
        List<ScheduledDose> schedule) {
    public Mali {
        causes = List.copyOf(causes);
        schedule = List.copyOf(schedule);
    }

    /** @param regions codes of law 2023-007; none means all */
    public static Mali of(Set<String> regions) {
        var facts = new Facts();
        Territory territory = Territory.of(regions);
        return new Mali(
                facts,
                territory,
                new HealthMap(territory, facts),
                new Names(),
                new Ages(),
                new Mortality(),
                Cause.all(),
                ScheduledDose.all());
    }
}
