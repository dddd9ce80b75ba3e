package ml.keneya.load;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import ml.keneya.load.agency.PullCommand;
import ml.keneya.load.agency.PullEncountersCommand;
import ml.keneya.load.agency.PullPatientsCommand;
import ml.keneya.load.audit.AuditCommand;
import ml.keneya.load.audit.AuditVerifyCommand;
import ml.keneya.load.bench.BenchAlertsCommand;
import ml.keneya.load.bench.BenchCommand;
import ml.keneya.load.bench.BenchIngestCommand;
import ml.keneya.load.bench.BenchReadCommand;
import ml.keneya.load.bench.BenchSearchCommand;
import ml.keneya.load.bench.BenchValidateCommand;
import ml.keneya.load.bench.BenchWeeklyCommand;
import ml.keneya.load.bulletin.BulletinCommand;
import ml.keneya.load.bundles.LoadCommand;
import ml.keneya.load.client.ClientAddCommand;
import ml.keneya.load.client.ClientCommand;
import ml.keneya.load.client.ClientKeyCommand;
import ml.keneya.load.client.ClientListCommand;
import ml.keneya.load.client.ClientRevokeCommand;
import ml.keneya.load.client.ClientRotateCommand;
import ml.keneya.load.client.KeysCommand;
import ml.keneya.load.client.KeysRotateCommand;
import ml.keneya.load.client.SandboxCommand;
import ml.keneya.load.client.UserAddCommand;
import ml.keneya.load.client.UserCommand;
import ml.keneya.load.client.UserListCommand;
import ml.keneya.load.client.UserResetCommand;
import ml.keneya.load.client.UserRevokeCommand;
import ml.keneya.load.clinic.LoadCsvCommand;
import ml.keneya.load.demo.DemoCommand;
import ml.keneya.load.detect.BenchDetectCommand;
import ml.keneya.load.dhis2.Dhis2Command;
import ml.keneya.load.dhis2.Dhis2PushCommand;
import ml.keneya.load.exchange.Timing;
import ml.keneya.load.export.BenchExportCommand;
import ml.keneya.load.export.ExportCommand;
import ml.keneya.load.facilities.LoadFacilitiesCommand;
import ml.keneya.load.folder.LoadBundlesCommand;
import ml.keneya.load.generate.GenerateCommand;
import ml.keneya.load.outbox.OutboxCommand;
import ml.keneya.load.terminal.Messages;
import ml.keneya.load.terminal.Terminal;
import ml.keneya.load.terminology.TerminologyCommand;
import ml.keneya.load.terminology.TerminologyListCommand;
import ml.keneya.load.terminology.TerminologyLoadCommand;
import ml.keneya.load.terminology.TerminologyRemoveCommand;
import ml.keneya.load.upload.ImportCommand;
import ml.keneya.load.views.ViewsCommand;
import ml.keneya.load.views.ViewsRebuildCommand;
import ml.keneya.load.views.ViewsStatusCommand;
import ml.keneya.load.views.ViewsVerifyCommand;
import picocli.CommandLine;

/** The program: fills an exchange, and reads it back. */
public final class LoadScripts {
    private LoadScripts() {}

    public static void main(String[] arguments) {
        // The machine's own charset may not have our accents: under the POSIX locale Java would print question marks.
        var results = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        var remarks = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.exit(run(List.of(arguments), System.getenv(), results, remarks, Timing.real()));
    }

    static int run(
            List<String> arguments,
            Map<String, String> environment,
            PrintStream results,
            PrintStream remarks,
            Timing timing) {
        Locale language = Language.of(arguments, environment);
        // The launcher knows whether the remarks go to a screen; Java does not.
        boolean live = environment.containsKey("KENEYA_LIVE");
        var terminal = new Terminal(results, remarks, new Messages(language), live);
        return commands(terminal, timing)
                .setOut(writer(results))
                .setErr(writer(remarks))
                .execute(arguments.toArray(String[]::new));
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    static CommandLine commands(Terminal terminal, Timing timing) {
        var pull = new CommandLine(new PullCommand())
                .addSubcommand(new PullPatientsCommand(terminal, timing))
                .addSubcommand(new PullEncountersCommand(terminal, timing));
        var bench = new CommandLine(new BenchCommand())
                .addSubcommand(new BenchIngestCommand(terminal, timing))
                .addSubcommand(new BenchReadCommand(terminal, timing))
                .addSubcommand(new BenchSearchCommand(terminal, timing))
                .addSubcommand(new BenchValidateCommand(terminal, timing))
                .addSubcommand(new BenchExportCommand(terminal, timing))
                .addSubcommand(new BenchWeeklyCommand(terminal, timing))
                .addSubcommand(new BenchAlertsCommand(terminal, timing))
                .addSubcommand(new BenchDetectCommand(terminal));
        var views = new CommandLine(new ViewsCommand())
                .addSubcommand(new ViewsStatusCommand(terminal, timing))
                .addSubcommand(new ViewsRebuildCommand(terminal, timing))
                .addSubcommand(new ViewsVerifyCommand(terminal, timing));
        var audit = new CommandLine(new AuditCommand()).addSubcommand(new AuditVerifyCommand(terminal, timing));
        var client = new CommandLine(new ClientCommand())
                .addSubcommand(new ClientKeyCommand(terminal))
                .addSubcommand(new ClientAddCommand(terminal))
                .addSubcommand(new ClientListCommand(terminal))
                .addSubcommand(new ClientRevokeCommand(terminal))
                .addSubcommand(new ClientRotateCommand(terminal));
        var terminology = new CommandLine(new TerminologyCommand())
                .addSubcommand(new TerminologyLoadCommand(terminal, timing))
                .addSubcommand(new TerminologyListCommand(terminal, timing))
                .addSubcommand(new TerminologyRemoveCommand(terminal, timing));
        var user = new CommandLine(new UserCommand())
                .addSubcommand(new UserAddCommand(terminal))
                .addSubcommand(new UserListCommand(terminal))
                .addSubcommand(new UserRevokeCommand(terminal))
                .addSubcommand(new UserResetCommand(terminal));
        var keys = new CommandLine(new KeysCommand()).addSubcommand(new KeysRotateCommand(terminal));
        var load = new CommandLine(new LoadCommand(terminal, timing))
                .addSubcommand(new LoadBundlesCommand(terminal, timing))
                .addSubcommand(new LoadFacilitiesCommand(terminal, timing))
                .addSubcommand(new LoadCsvCommand(terminal, timing));
        var dhis2 = new CommandLine(new Dhis2Command()).addSubcommand(new Dhis2PushCommand(terminal, timing));
        return new CommandLine(new KeneyaCommand())
                .addSubcommand(load)
                .addSubcommand(new OutboxCommand(terminal, timing))
                .addSubcommand(new DemoCommand(terminal, timing))
                .addSubcommand(new GenerateCommand(terminal, timing))
                .addSubcommand(pull)
                .addSubcommand(new BulletinCommand(terminal, timing))
                .addSubcommand(new ExportCommand(terminal, timing))
                .addSubcommand(new ImportCommand(terminal, timing))
                .addSubcommand(dhis2)
                .addSubcommand(bench)
                .addSubcommand(views)
                .addSubcommand(audit)
                .addSubcommand(client)
                .addSubcommand(terminology)
                .addSubcommand(user)
                .addSubcommand(new SandboxCommand(terminal))
                .addSubcommand(keys)
                .setResourceBundle(terminal.messages().texts())
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(new ExplainsMisuse(terminal))
                .setExecutionExceptionHandler(new ExplainsFailure(terminal));
    }
}
