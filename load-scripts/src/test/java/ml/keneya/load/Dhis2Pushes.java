package ml.keneya.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import ml.keneya.load.test.Dhis2StandIn;
import ml.keneya.load.test.ReportingExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An exchange that reports, a stand-in of DHIS2's import, and the command between them. */
abstract class Dhis2Pushes {
    static final String TOKEN = "d2pat_5xVA12xyUbWNedQxy4ohH77WlxRGVvZZ1151814092";
    static final String WEEK = "2026-W45";
    static final String PERIOD = "2026W45";
    static final String SUSPECTED = "IDSR_CHOLERA_CAS_SUSPECTS@kati";
    static final String CONFIRMED = "IDSR_CHOLERA_CAS_CONFIRMES@kati";
    static final String DEATHS = "IDSR_CHOLERA_DECES@kati";

    @TempDir
    Path folder;

    ReportingExchange exchange;
    Dhis2StandIn dhis2;

    @BeforeEach
    void start() throws IOException {
        exchange = new ReportingExchange();
        dhis2 = new Dhis2StandIn(TOKEN, "ML_IDSR_WEEKLY").withOrgUnit("kati").withOrgUnit("kita");
        for (String disease : List.of("CHOLERA", "MEASLES")) {
            for (String count : List.of("CAS_SUSPECTS", "CAS_CONFIRMES", "DECES")) {
                dhis2.withElement("IDSR_" + disease + "_" + count);
            }
        }
        Files.writeString(token(), TOKEN + "\n");
        Files.setPosixFilePermissions(token(), PosixFilePermissions.fromString("rw-------"));
    }

    @AfterEach
    void stop() {
        exchange.close();
        dhis2.close();
    }

    ProgramRun push(String... more) {
        return pushTo(dhis2.address(), more);
    }

    ProgramRun pushTo(String address, String... more) {
        List<String> arguments = new ArrayList<>(List.of(arguments(address)));
        arguments.addAll(List.of(more));
        return ProgramRun.of(arguments.toArray(String[]::new));
    }

    String[] arguments(String address) {
        return new String[] {
            "dhis2",
            "push",
            "--base",
            exchange.base(),
            "--to",
            address,
            "--token-file",
            token().toString(),
            "--ledger",
            ledger().toString(),
            "--week",
            WEEK
        };
    }

    Path token() {
        return folder.resolve("token");
    }

    Path ledger() {
        return folder.resolve("ledger");
    }

    Path map(String text) throws IOException {
        return Files.writeString(folder.resolve("correspondances.csv"), text);
    }

    String everythingWritten() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(ledger())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
