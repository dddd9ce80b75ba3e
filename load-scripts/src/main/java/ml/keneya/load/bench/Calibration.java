package ml.keneya.load.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import ml.keneya.load.exchange.Json;

/**
 * A fixed piece of work, timed in CPU milliseconds of its thread: where it takes longer than usual, the machine is
 * slower than usual (other guests of the host share its caches and its clock), and so is every server on it.
 */
final class Calibration {
    private static final int ROUNDS = 700;

    private final byte[] bundle = Workload.bundle(1);

    /** @param warmUps how often it is done before it counts: its first runs wait for the compiler */
    Calibration(int warmUps) {
        for (int run = 0; run < warmUps; run++) {
            once();
        }
    }

    double millis() {
        double[] runs = {once(), once(), once()};
        Arrays.sort(runs);
        return runs[1];
    }

    private double once() {
        var threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        int length = 0;
        for (int round = 0; round < ROUNDS; round++) {
            length += rewritten().length();
        }
        if (length == 0) {
            throw new IllegalStateException("The work was not done");
        }
        return (threads.getCurrentThreadCpuTime() - before) / 1e6;
    }

    private String rewritten() {
        try {
            return Json.read(new ByteArrayInputStream(bundle)).toString();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
