package ml.keneya.load.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * CPU seconds that the operating system has counted, read from Linux's {@code /proc} (proc(5)); not a number where a
 * process is not known or not there.
 */
final class ProcessTimes {
    /** USER_HZ: 100 on every Linux that Java runs on. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int PARENT = 1;
    private static final int USER = 11;
    private static final int SYSTEM = 12;
    private static final int CHILDREN_USER = 13;
    private static final int CHILDREN_SYSTEM = 14;
    private static final List<Integer> BUSY_COLUMNS = List.of(1, 2, 3, 6, 7, 8);

    private final Path proc;

    ProcessTimes(Path proc) {
        this.proc = proc;
    }

    static ProcessTimes ofThisMachine() {
        return new ProcessTimes(Path.of("/proc"));
    }

    /** One process with all its threads. */
    double of(long process) {
        return stat(process).map(stat -> seconds(stat, USER, SYSTEM)).orElse(Double.NaN);
    }

    /** PostgreSQL: the postmaster, the children it has buried, and those that live. */
    double withChildren(long postmaster) {
        return stat(postmaster)
                .map(stat -> seconds(stat, USER, SYSTEM, CHILDREN_USER, CHILDREN_SYSTEM) + ofLivingChildren(postmaster))
                .orElse(Double.NaN);
    }

    private double ofLivingChildren(long parent) {
        try (Stream<Path> processes = Files.list(proc)) {
            return processes
                    .map(path -> String.valueOf(path.getFileName()))
                    .filter(name -> name.chars().allMatch(Character::isDigit))
                    .flatMap(name -> stat(Long.parseLong(name)).stream())
                    .filter(stat -> Long.parseLong(stat[PARENT]) == parent)
                    .mapToDouble(stat -> seconds(stat, USER, SYSTEM))
                    .sum();
        } catch (IOException unreadable) {
            return Double.NaN;
        }
    }

    /** This program. */
    double ofDriver() {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime() / 1e9;
    }

    /** Everything on the machine: user, nice, system, interrupts, and what a host took for its other guests. */
    double ofMachine() {
        try (Stream<String> lines = Files.lines(proc.resolve("stat"))) {
            String[] columns = lines.findFirst().orElse("").split("\\s+");
            double ticks = 0;
            for (int column : BUSY_COLUMNS) {
                ticks += Double.parseDouble(columns[column]);
            }
            return ticks / TICKS_PER_SECOND;
        } catch (IOException | RuntimeException unreadable) {
            return Double.NaN;
        }
    }

    /** Resident memory in MiB. */
    double residentMebibytes(long process) {
        try (Stream<String> lines = Files.lines(proc.resolve(process + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException gone) {
            return Double.NaN;
        }
    }

    /** The fields after the name, which may itself hold blanks and parentheses. */
    private Optional<String[]> stat(long process) {
        try {
            String text = Files.readString(proc.resolve(process + "/stat"));
            return Optional.of(text.substring(text.lastIndexOf(')') + 2).split(" "));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private static double seconds(String[] stat, int... fields) {
        double ticks = 0;
        for (int field : fields) {
            ticks += Double.parseDouble(stat[field]);
        }
        return ticks / TICKS_PER_SECOND;
    }
}
