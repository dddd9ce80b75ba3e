package ml.keneya.load.clinic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ml.keneya.load.bundles.BundleSender;
import ml.keneya.load.bundles.Outcome;
import ml.keneya.load.exchange.Exchange;
import ml.keneya.load.exchange.Issue;
import ml.keneya.load.exchange.Json;
import ml.keneya.load.sheets.Faults;
import ml.keneya.load.sheets.SheetReport;

/** Sends people one after the other, and leads what the exchange says about an entry back to line and column. */
final class Sending {
    private static final Pattern PLACE = Pattern.compile("entry\\[(\\d+)](?:\\.resource)?(?:\\.([A-Za-z]+))?.*");

    private final BundleSender sender;
    private final ReportsDeath deaths;
    private final String site;
    private final Faults faults;
    private int accepted;
    private int replayed;
    private int refused;
    private int resources;

    Sending(Exchange exchange, String site, Faults faults) {
        this.sender = new BundleSender(exchange);
        this.deaths = new ReportsDeath(exchange, sender, site);
        this.site = site;
        this.faults = faults;
    }

    void send(PersonBundle person) {
        Outcome outcome = sender.sendUnnamed(person.name(), person.content(), site);
        if (outcome instanceof Outcome.Accepted taken) {
            accepted++;
            replayed += taken.replayed() ? 1 : 0;
            resources += taken.resources();
            String kept = taken.locations().stream().findFirst().orElse("");
            deaths.report(person.patient(), kept)
                    .ifPresent(reason -> faults.at(person.origins().get(0).line(), "deces", "death-not-taken", reason));
        } else if (outcome instanceof Outcome.Refused unwanted) {
            refused++;
            explain(person, unwanted);
        }
    }

    private void explain(PersonBundle person, Outcome.Refused unwanted) {
        List<Issue> reasons =
                unwanted.issues().stream().filter(Issue::isRefusal).toList();
        reasons.forEach(reason -> explain(person, reason));
        if (reasons.isEmpty()) {
            PersonBundle.Origin first = person.origins().get(0);
            faults.said(first.line(), "", "HTTP " + unwanted.status());
        }
    }

    private void explain(PersonBundle person, Issue reason) {
        Matcher place = PLACE.matcher(reason.expression().replaceFirst("^Bundle\\.", ""));
        int entry = place.matches() ? Integer.parseInt(place.group(1)) : 0;
        PersonBundle.Origin origin =
                person.origins().get(Math.min(entry, person.origins().size() - 1));
        String element = place.matches() && place.group(2) != null ? place.group(2) : "";
        faults.said(origin.line(), origin.sheet().columnOf(element), reason.text());
    }

    void summary(SheetReport report, int people, int ready, boolean dryRun) {
        ObjectNode summary = Json.object()
                .put("people", people)
                .put("ready", ready)
                .put("accepted", accepted)
                .put("replayed", replayed)
                .put("refused", refused)
                .put("resources", resources)
                .put("dryRun", dryRun);
        if (dryRun) {
            report.summary(summary, "csv.checked", people, ready, people - ready);
        } else {
            report.summary(summary, "csv.summary", people, accepted, replayed, resources, refused, people - ready);
        }
    }
}
