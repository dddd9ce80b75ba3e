package ml.keneya.load.agency;

import java.time.DateTimeException;
import java.util.concurrent.Callable;
import ml.keneya.load.exchange.ExchangeOptions;
import ml.keneya.load.exchange.Timing;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Pulls the encounters of an epidemiological week, counted by region and diagnosis. */
@Command(name = "encounters", mixinStandardHelpOptions = true)
public final class PullEncountersCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final ExchangeOptions options;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Option(
            names = "--week",
            paramLabel = "2026-W46",
            descriptionKey = "week",
            required = true,
            converter = WeekConverter.class)
    @SuppressWarnings("NullAway.Init")
    private EpidemiologicalWeek week;

    public PullEncountersCommand(Terminal terminal, Timing timing) {
        this.terminal = terminal;
        this.options = new ExchangeOptions(timing);
    }

    @Override
    public Integer call() {
        var table = new WeekTable();
        new WeekPull(options.exchange(terminal)).follow(week, table::add);
        var view = new WeekView(terminal);
        if (output.json()) {
            terminal.json(WeekView.json(week, table));
        } else if (output.csv()) {
            view.csv(week, table);
        } else {
            view.table(table);
            terminal.say("week.total", week, week.monday(), week.nextMonday().minusDays(1), table.encounters());
        }
        return ExitStatus.DONE;
    }

    /** Reads a week from the command line. */
    public static final class WeekConverter implements ITypeConverter<EpidemiologicalWeek> {
        @Override
        public EpidemiologicalWeek convert(String text) {
            try {
                return EpidemiologicalWeek.parse(text);
            } catch (DateTimeException notAWeek) {
                throw new TypeConversionException(text);
            }
        }
    }
}
