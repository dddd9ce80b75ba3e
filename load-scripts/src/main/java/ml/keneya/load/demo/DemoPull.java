package ml.keneya.load.demo;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import ml.keneya.load.agency.EpidemiologicalWeek;
import ml.keneya.load.agency.PeoplePull;
import ml.keneya.load.agency.ResourceKey;
import ml.keneya.load.agency.WeekPull;
import ml.keneya.load.exchange.Exchange;

/** Pulls back the way the agency does: people with their vaccines, then the encounters of the weeks concerned. */
final class DemoPull {
    // On an exchange that already serves a country the demonstration shows a page or two of it, and its own people.
    static final int SHOWN = 40;

    private final Exchange exchange;

    DemoPull(Exchange exchange) {
        this.exchange = exchange;
    }

    Pulled pull(List<Delivered> delivered) {
        var pulled = new Pulled();
        pullPeople(pulled, delivered);
        Set<EpidemiologicalWeek> weeks = new TreeSet<>();
        delivered.forEach(delivery -> delivery.sample().weeks().forEach(weeks::add));
        var pull = new WeekPull(exchange);
        for (EpidemiologicalWeek week : weeks) {
            pulled.table(week);
            pull.follow(week, encounter -> pulled.add(week, encounter));
        }
        return pulled;
    }

    private void pullPeople(Pulled pulled, List<Delivered> delivered) {
        var pull = new PeoplePull(exchange);
        pull.follow(pull.everybody(), person -> {
            pulled.add(person);
            return pulled.people().size() < SHOWN;
        });
        List<ResourceKey> missing = delivered.stream()
                .flatMap(delivery -> delivery.keptAboutPeople().stream())
                .filter(key -> key.type().equals("Patient"))
                .filter(key -> pulled.person(key).isEmpty())
                .toList();
        if (!missing.isEmpty()) {
            pull.follow(pull.onlyThose(missing), person -> {
                pulled.add(person);
                return true;
            });
        }
    }
}
