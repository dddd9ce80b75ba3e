package ml.keneya.load.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import ml.keneya.load.generate.output.Form;
import ml.keneya.load.generate.output.Totals;
import ml.keneya.load.generate.people.Scenario;
import ml.keneya.load.test.ChildProgram;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same seed gives the same bytes, on every machine. */
class GeneratedBytesTest {
    private static final String OUTBREAK = "measles,district=kita,week=2026-W08,cases=5";
    private static final Scenario SCENARIO = GeneratedData.scenario(20, 0.05, OUTBREAK);
    private static final int PEOPLE = 400;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(
            value = Form.class,
            names = {"RECORDS", "BUNDLES"})
    void doNotDependOnThreadsLocaleOrZone(Form form) {
        GeneratedData plain = GeneratedData.of(folder.resolve("one"), SCENARIO, PEOPLE, form, 1);
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        GeneratedData other;
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-u-nu-arab"));
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
            other = GeneratedData.of(folder.resolve("five"), SCENARIO, PEOPLE, form, 5);
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }

        assertThat(other.files().keySet()).isEqualTo(plain.files().keySet()).isNotEmpty();
        plain.files()
                .forEach((path, bytes) -> assertThat(
                                Arrays.equals(bytes, other.files().get(path)))
                        .as(path)
                        .isTrue());
    }

    @Test
    void differWithTheSeed() {
        var other = new Scenario(
                8,
                SCENARIO.from(),
                SCENARIO.to(),
                SCENARIO.regions(),
                SCENARIO.children(),
                SCENARIO.orders(),
                SCENARIO.imperfections(),
                SCENARIO.unconfirmedDoses());

        assertThat(other.tag()).isNotEqualTo(SCENARIO.tag());
        assertThat(GeneratedData.of(folder.resolve("eight"), other, 50, Form.RECORDS)
                        .lines("records/Patient.ndjson"))
                .doesNotContainAnyElementsOf(GeneratedData.of(folder.resolve("seven"), SCENARIO, 50, Form.RECORDS)
                        .lines("records/Patient.ndjson"));
    }

    @Test
    void ofASmallerRunAreTheBeginningOfALarger() {
        GeneratedData small = GeneratedData.of(folder.resolve("small"), SCENARIO, 200, Form.RECORDS);
        GeneratedData large = GeneratedData.of(folder.resolve("large"), SCENARIO, 400, Form.RECORDS);

        assertThat(large.lines("records/Patient.ndjson"))
                .startsWith(
                        small.lines("records/Patient.ndjson").subList(0, 180).toArray(String[]::new));
    }

    /** A figure from another machine and another day: it changes only when the generator is changed on purpose. */
    @Test
    void areThoseOfTheRecordedDigest() {
        GeneratedData data = GeneratedData.of(folder.resolve("digest"), SCENARIO, PEOPLE, Form.BUNDLES);

        assertThat(digest(data)).isEqualTo(RecordedDigest.OF_BUNDLES);
    }

    @Test
    @DisplayName(
            "The command gives the recorded bytes in a Java machine that is Turkish, lives in Auckland and reads Latin-1")
    void areTheSameInAnotherJavaMachine() throws IOException, InterruptedException {
        Path out = folder.resolve("abroad");
        try (ChildProgram program = ChildProgram.startWith(
                folder,
                List.of(
                        "-Duser.language=tr",
                        "-Duser.country=TR",
                        "-Duser.timezone=Pacific/Auckland",
                        "-Dfile.encoding=ISO-8859-1",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m"),
                "generate",
                "--patients=" + PEOPLE,
                "--seed=" + SCENARIO.seed(),
                "--from=" + SCENARIO.from(),
                "--to=" + SCENARIO.to(),
                "--protection=" + SCENARIO.children(),
                "--imperfections=" + SCENARIO.imperfections(),
                "--outbreak=" + OUTBREAK,
                "--out=" + out)) {
            assertThat(program.exitStatus(300)).as(program.remarks()).isZero();
        }

        assertThat(digest(new GeneratedData(out, new Totals()))).isEqualTo(RecordedDigest.OF_BUNDLES);
    }

    private static String digest(GeneratedData data) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Map.Entry<String, byte[]> file : data.files().entrySet()) {
                digest.update(file.getKey().getBytes(StandardCharsets.UTF_8));
                digest.update(file.getValue());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
