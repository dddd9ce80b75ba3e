package ml.keneya.load;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command above all others: it only groups them and holds what they share. */
@Command(name = "keneya", mixinStandardHelpOptions = true, versionProvider = KeneyaCommand.Version.class)
final class KeneyaCommand {
    // Read by Language before the command line is parsed; declared here so that help shows it everywhere.
    @Option(names = "--lang", paramLabel = "fr|en", descriptionKey = "lang", scope = ScopeType.INHERIT)
    @SuppressWarnings("UnusedVariable")
    private String language = "";

    /** The version that the build wrote into the jar; classes outside a jar have none. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Version.class.getPackage().getImplementationVersion();
            return new String[] {"Kènèya " + (version == null ? "" : version)};
        }
    }
}
