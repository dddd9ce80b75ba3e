package ml.keneya.operations.postgresql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import ml.keneya.operations.start.StartRefused;

/**
 * Under whose identity PostgreSQL's programs run, because they refuse to run as root.
 *
 * @param prefix the command that takes on the identity, in front of the program
 * @param userId the number of the user to whom the data must belong
 */
record ServerAccount(List<String> prefix, int userId, int groupId) {

    private static final int ROOT = 0;

    /** The first is what distributions create for PostgreSQL, the second exists everywhere. */
    private static final List<String> UNPRIVILEGED_NAMES = List.of("postgres", "nobody");

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    ServerAccount {
        prefix = List.copyOf(prefix);
    }

    static ServerAccount available() {
        int self = idOfThisProcess("unix:uid");
        if (self != ROOT) {
            return new ServerAccount(List.of(), self, idOfThisProcess("unix:gid"));
        }
        return namespace().orElseGet(ServerAccount::unprivileged);
    }

    /** In a user namespace of its own, root's process no longer counts as root, and its files stay root's. */
    static Optional<ServerAccount> namespace() {
        List<String> prefix = List.of("unshare", "--user");
        boolean works = Command.of(prefix).with("true").run(PATIENCE).succeeded();
        return works ? Optional.of(new ServerAccount(prefix, ROOT, ROOT)) : Optional.empty();
    }

    /** Where user namespaces are forbidden, root hands the data and the process to an account without rights. */
    static ServerAccount unprivileged() {
        for (String name : UNPRIVILEGED_NAMES) {
            Optional<Integer> user = id("-u", name);
            Optional<Integer> group = id("-g", name);
            if (user.isPresent() && group.isPresent()) {
                List<String> prefix = List.of(
                        "setpriv",
                        "--reuid=" + user.get(),
                        "--regid=" + group.get(),
                        "--clear-groups",
                        "--no-new-privs");
                return new ServerAccount(prefix, user.get(), group.get());
            }
        }
        throw new StartRefused(
                "PostgreSQL refuse de tourner en root et aucun compte sans droits n'existe : lancez Kènèya en simple utilisateur.",
                "PostgreSQL refuses to run as root and no account without rights exists: start Kènèya as an ordinary user.");
    }

    Command command(String... words) {
        return Command.of(prefix).with(words);
    }

    void own(Path path) throws IOException {
        if (!Integer.valueOf(userId).equals(Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS))) {
            FileTrees.changeOwner(path, userId, groupId);
        }
    }

    /** A folder below a closed one, such as root's home, cannot be reached by another account. */
    void requireAccessTo(Path folder) {
        if (!command("test", "-x", folder.toString()).run(PATIENCE).succeeded()) {
            throw new StartRefused(
                    "Le dossier " + folder + " est inaccessible au compte " + userId
                            + " sous lequel PostgreSQL tourne : choisissez-en un autre avec --data.",
                    "Folder " + folder + " is out of reach of account " + userId
                            + " under which PostgreSQL runs: choose another with --data.");
        }
    }

    private static Optional<Integer> id(String option, String name) {
        Command.Outcome outcome = Command.of(List.of("id", option, name)).run(PATIENCE);
        return outcome.succeeded()
                ? Optional.of(Integer.valueOf(outcome.output().strip()))
                : Optional.empty();
    }

    private static int idOfThisProcess(String attribute) {
        try {
            return (int) Files.getAttribute(Path.of("/proc/self"), attribute);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
