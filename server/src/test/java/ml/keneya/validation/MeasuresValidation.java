package ml.keneya.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code ./keneya bench validate --in-process}: what validation costs a process that does nothing else, each way of
 * checking in a Java machine of its own with the options of the launcher. Its name keeps it out of the usual run.
 */
class MeasuresValidation {

    private static final String RECORDS = System.getProperty("keneya.measure.records", "");
    private static final String SECONDS = System.getProperty("keneya.measure.seconds", "120");

    /** The launcher's; see the reasons there. */
    private static final List<String> JAVA_OPTIONS = List.of(
            "-Xmx1g",
            "-XX:+UseSerialGC",
            "-XX:MetaspaceSize=192m",
            "-XX:Tier4InvocationThreshold=100000",
            "-XX:Tier4MinInvocationThreshold=12000",
            "-XX:Tier4CompileThreshold=300000",
            "-XX:Tier4BackEdgeThreshold=800000");

    @ParameterizedTest
    @EnumSource(ValidationProcess.Way.class)
    void costs(ValidationProcess.Way way) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JAVA_OPTIONS);
        command.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                ValidationProcess.class.getName(),
                way.name(),
                SECONDS,
                RECORDS));
        Process measured = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (BufferedReader lines = measured.inputReader()) {
            lines.lines().forEach(System.out::println);
        }
        assertThat(measured.waitFor()).isZero();
    }
}
