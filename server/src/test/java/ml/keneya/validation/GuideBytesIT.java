package ml.keneya.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The guide that the build wrote and one written now, by another program in another folder at another time: Java orders
 * its sets and maps anew in each program, so that an order left to chance shows.
 */
class GuideBytesIT {

    private static final String SITE = "/ml/keneya/fhir/guide/site";

    @TempDir
    Path target;

    @Test
    void twoBuildsGiveTheSameBytes() throws Exception {
        Path built = Path.of(Objects.requireNonNull(GuideBytesIT.class.getResource(SITE), "the build wrote no guide")
                .toURI());

        Path output = target.resolve("output.txt");
        int exit = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dfile.encoding=UTF-8",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        WritesGuide.class.getName(),
                        Path.of("..").toRealPath().toString(),
                        target.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();

        assertThat(exit).as(Files.readString(output)).isZero();

        assertThat(digests(target.resolve("classes" + SITE)))
                .hasSizeGreaterThan(200)
                .containsKey("package.tgz")
                .isEqualTo(digests(built));
    }

    private static Map<String, String> digests(Path folder) throws IOException, NoSuchAlgorithmException {
        Map<String, String> digests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
                digests.put(folder.relativize(file).toString(), HexFormat.of().formatHex(digest));
            }
        }
        return digests;
    }
}
