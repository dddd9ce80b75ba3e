package ml.keneya.load.agency;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import ml.keneya.load.exchange.ExchangeOptions;
import ml.keneya.load.exchange.Timing;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Pulls people with their vaccines; JSON lines and CSV are written as pages arrive, so that any number fits. */
@Command(name = "patients", mixinStandardHelpOptions = true)
public final class PullPatientsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final ExchangeOptions options;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Option(names = "--limit", paramLabel = "N", descriptionKey = "limit", defaultValue = "0")
    private long limit;

    public PullPatientsCommand(Terminal terminal, Timing timing) {
        this.terminal = terminal;
        this.options = new ExchangeOptions(timing);
    }

    @Override
    public Integer call() {
        var view = new PeopleView(terminal);
        if (output.json()) {
            pull(person -> terminal.json(PeopleView.json(person)));
        } else if (output.csv()) {
            view.csvHeading();
            pull(view::csv);
        } else {
            List<Person> people = new ArrayList<>();
            pull(people::add);
            view.table(people);
            terminal.say(
                    "people.total",
                    people.size(),
                    people.stream().mapToInt(person -> person.doses().size()).sum());
        }
        return ExitStatus.DONE;
    }

    private void pull(Consumer<Person> taker) {
        var pull = new PeoplePull(options.exchange(terminal));
        var count = new Count();
        pull.follow(pull.everybody(), person -> {
            taker.accept(person);
            return count.next() != limit && !terminal.nobodyReads();
        });
    }

    /** How many were taken. */
    private static final class Count {
        private long taken;

        long next() {
            return ++taken;
        }
    }
}
