package ml.keneya.load.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import ml.keneya.load.agency.PeopleView;
import ml.keneya.load.agency.WeekPull;
import ml.keneya.load.agency.WeekView;
import ml.keneya.load.bundles.LoadReport;
import ml.keneya.load.exchange.Exchange;
import ml.keneya.load.exchange.ExchangeOptions;
import ml.keneya.load.exchange.Json;
import ml.keneya.load.exchange.Timing;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Three sites post, the agency pulls, and what came back is compared with what was sent. */
@Command(name = "demo", mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final ExchangeOptions options;

    @Option(names = "--json", descriptionKey = "json-lines")
    private boolean json;

    public DemoCommand(Terminal terminal, Timing timing) {
        this.terminal = terminal;
        this.options = new ExchangeOptions(timing);
    }

    @Override
    public Integer call() {
        Exchange exchange = options.exchange(terminal);
        LoadReport report = json ? LoadReport.inJson(terminal) : LoadReport.inWords(terminal, false);
        var delivery = new DemoDelivery(exchange, report);
        heading("demo.posting", exchange.base());
        List<Delivered> delivered = deliver(delivery);
        if (report.exitStatus() != ExitStatus.DONE) {
            terminal.remark("demo.refused");
            return report.exitStatus();
        }
        Pulled pulled = new DemoPull(exchange).pull(delivered);
        show(pulled);
        int status = verify(delivery, delivered, pulled);
        if (!json) {
            showWhereToLook(exchange, pulled);
        }
        return status;
    }

    /** @return the bundles of the sites; the registry brings no people to compare */
    private List<Delivered> deliver(DemoDelivery delivery) {
        Optional<Delivered> registry = delivery.deliver(DemoSample.registry());
        if (registry.isEmpty()) {
            return List.of();
        }
        List<Delivered> delivered = new ArrayList<>();
        DemoSample.ofSites().forEach(sample -> delivery.deliver(sample).ifPresent(delivered::add));
        return delivered;
    }

    private void show(Pulled pulled) {
        if (json) {
            ObjectNode people = Json.object();
            people.set("patients", PeopleView.json(pulled.people()));
            terminal.json(people);
            pulled.weeks().forEach((week, table) -> terminal.json(WeekView.json(week, table)));
            return;
        }
        heading("demo.people");
        new PeopleView(terminal).table(pulled.people());
        pulled.weeks().forEach((week, table) -> {
            heading("demo.week", week, week.monday(), week.nextMonday().minusDays(1));
            new WeekView(terminal).table(table);
        });
    }

    private int verify(DemoDelivery delivery, List<Delivered> delivered, Pulled pulled) {
        var check = new DemoCheck(pulled, terminal.messages());
        delivered.forEach(each -> check.check(each, delivery.keptAbout(each.sample())));
        if (json) {
            terminal.json(described(delivered, check.faults()));
        } else {
            heading("demo.check");
        }
        if (!check.faults().isEmpty()) {
            check.faults().forEach(terminal::remarkLine);
            terminal.remark("demo.not-as-sent", check.faults().size());
            return ExitStatus.NOT_AS_SENT;
        }
        if (!json) {
            terminal.say(
                    wereKnown(delivered) ? "demo.as-sent-again" : "demo.as-sent", records(delivered), delivered.size());
        }
        return ExitStatus.DONE;
    }

    private static ObjectNode described(List<Delivered> delivered, List<String> faults) {
        ObjectNode verification = Json.object()
                .put("asSent", faults.isEmpty())
                .put("alreadyKnown", wereKnown(delivered))
                .put("records", records(delivered));
        faults.forEach(verification.putArray("faults")::add);
        ObjectNode document = Json.object();
        document.set("verification", verification);
        return document;
    }

    private static boolean wereKnown(List<Delivered> delivered) {
        return delivered.stream().allMatch(Delivered::wasKnown);
    }

    private static long records(List<Delivered> delivered) {
        return delivered.stream()
                .mapToLong(each -> each.keptAboutPeople().size())
                .sum();
    }

    private void showWhereToLook(Exchange exchange, Pulled pulled) {
        heading("demo.look");
        terminal.say("demo.links", exchange.base());
        terminal.line("  " + exchange.base() + "/metadata");
        terminal.line("  " + exchange.base() + "/swagger-ui/");
        terminal.line("  " + exchange.base() + "/api-docs");
        terminal.say("demo.curl");
        var pull = new WeekPull(exchange);
        pulled.weeks().keySet().stream()
                .limit(1)
                .forEach(week -> terminal.line("  curl -s -H 'Accept-Language: "
                        + terminal.language().getLanguage() + "' '" + pull.search(week) + "'"));
    }

    private void heading(String key, Object... values) {
        if (!json) {
            terminal.blank();
            terminal.say(key, values);
        }
    }
}
