package ml.keneya.load.bulletin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import ml.keneya.load.agency.EpidemiologicalWeek;
import ml.keneya.load.agency.PullEncountersCommand.WeekConverter;
import ml.keneya.load.exchange.ExchangeOptions;
import ml.keneya.load.exchange.RefusedException;
import ml.keneya.load.exchange.Timing;
import ml.keneya.load.folder.DurableFile;
import ml.keneya.load.folder.DurableFile.Readers;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes the bulletin of a week as one page that needs no network, and as a file to print. */
@Command(name = "bulletin", mixinStandardHelpOptions = true)
public final class BulletinCommand implements Callable<Integer> {
    private static final int FORBIDDEN = 403;
    private static final int FEWEST = 2;
    private static final int MOST = 53;

    private final Terminal terminal;

    @Mixin
    private final ExchangeOptions options;

    @Option(
            names = "--week",
            paramLabel = "2026-W46",
            descriptionKey = "week",
            required = true,
            converter = WeekConverter.class)
    @SuppressWarnings("NullAway.Init")
    private EpidemiologicalWeek week;

    @Option(names = "--out", paramLabel = "DIR", descriptionKey = "bulletin.out", defaultValue = ".")
    private Path out = Path.of("");

    @Option(names = "--weeks", paramLabel = "N", descriptionKey = "bulletin.weeks", defaultValue = "13")
    private int weeks;

    @Option(names = "--disease", paramLabel = "CODE", descriptionKey = "bulletin.disease")
    private @Nullable String disease;

    @Option(names = "--publishable", descriptionKey = "bulletin.publishable")
    private boolean publishable;

    public BulletinCommand(Terminal terminal, Timing timing) {
        this.terminal = terminal;
        this.options = new ExchangeOptions(timing);
    }

    @Override
    public Integer call() {
        var words = new Words(terminal.messages());
        LocalDate today = LocalDate.now(options.timing().clock());
        EpidemiologicalWeek last = EpidemiologicalWeek.of(today.minusWeeks(1));
        if (week.monday().isAfter(today)) {
            terminal.remark("bulletin.not-begun", week, week.monday(), last);
            return ExitStatus.MISUSED;
        }
        if (weeks < FEWEST || weeks > MOST) {
            terminal.remark("misuse.value", weeks, "--weeks");
            return ExitStatus.MISUSED;
        }
        if (disease != null && !words.knowsDisease(disease)) {
            terminal.remark("bulletin.no-disease", disease);
            return ExitStatus.MISUSED;
        }
        // Charts are drawn without a screen.
        System.setProperty("java.awt.headless", "true");
        var boundaries = new Boundaries();
        var reads = new ReadsBulletin(
                new AsksExchange(options.exchange(terminal)),
                boundaries,
                options.timing().clock());
        Bulletin bulletin;
        try {
            bulletin = read(reads, last);
        } catch (NotOverException notOver) {
            terminal.remark("bulletin.not-over", week, last);
            return ExitStatus.MISUSED;
        }
        try {
            return write(new WritesBulletin(words, boundaries, disease).write(bulletin), bulletin);
        } catch (LinkageError | InternalError withoutFonts) {
            terminal.remark("bulletin.no-fonts");
            return ExitStatus.BROKEN;
        }
    }

    private static final class NotOverException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** Who may not see small counts gets the bulletin that shows none. */
    private Bulletin read(ReadsBulletin reads, EpidemiologicalWeek last) throws NotOverException {
        if (!publishable) {
            try {
                return reads.read(week, weeks, false);
            } catch (RefusedException refused) {
                if (refused.status() != FORBIDDEN) {
                    throw refused;
                }
                terminal.remark("bulletin.small-counts");
            }
        }
        if (week.compareTo(last) > 0) {
            throw new NotOverException();
        }
        return reads.read(week, weeks, true);
    }

    private int write(String page, Bulletin bulletin) {
        String name = "bulletin-" + week + (bulletin.publishable() ? "-public" : "") + suffix();
        Readers readers = bulletin.publishable() ? Readers.USUAL : Readers.NOBODY_ELSE;
        Path html = out.resolve(name + ".html");
        Path pdf = out.resolve(name + ".pdf");
        try {
            byte[] text = page.getBytes(StandardCharsets.UTF_8);
            // Both are made before either is written: a page of today beside a print of yesterday would mislead.
            byte[] printed = new WritesPdf().write(page);
            Files.createDirectories(out);
            DurableFile.write(html, text, readers);
            DurableFile.write(pdf, printed, readers);
            terminal.say("bulletin.written", html, text.length / 1024, pdf, printed.length / 1024);
        } catch (IOException unwritable) {
            terminal.remark("bulletin.unwritable", out, unwritable.getClass().getSimpleName());
            return ExitStatus.BROKEN;
        }
        return ExitStatus.DONE;
    }

    private String suffix() {
        return terminal.language().getLanguage().equals("en") ? "-en" : "";
    }
}
