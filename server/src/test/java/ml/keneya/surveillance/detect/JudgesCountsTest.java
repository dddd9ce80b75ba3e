package ml.keneya.surveillance.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgesCountsTest {

    @TempDir
    Path folder;

    @Test
    @DisplayName(
            "Five cases of measles on thirty days in a district signal in the week of the fifth, on 31 days they do not")
    void countsDays() throws IOException {
        List<String> told = judge(
                "ML0101,district,12000,,,",
                "ML0102,district,12000,,,",
                "ML010101,area,900,,,",
                "ML0101,measles,day,2024-03-04,2,0",
                "ML0101,measles,day,2024-03-20,2,2",
                "ML0101,measles,day,2024-04-02,1,1",
                "ML0102,measles,day,2024-03-04,2,0",
                "ML0102,measles,day,2024-03-20,2,2",
                "ML0102,measles,day,2024-04-03,1,0");

        assertThat(told)
                .contains(
                        "measles-alert,ML0101,signal,2024-04-01,1",
                        "measles-alert,ML0101,told,9,measles",
                        "measles-alert,ML0102,told,9,measles",
                        // Of three confirmed the third.
                        "measles-epi,ML0101,signal,2024-04-01,1");
        assertThat(told)
                .filteredOn(line -> line.startsWith("measles-") && line.contains(",signal,"))
                .hasSize(2);
    }

    @Test
    @DisplayName("One case of yellow fever signals; rules of an age and those of areas are not told of days")
    void countsOneCase() throws IOException {
        List<String> told = judge(
                "ML0101,district,12000,,,",
                "ML010101,area,900,,,",
                "ML0101,yellow-fever,day,2024-03-06,1,0",
                "ML0101,afp-polio,day,2024-03-06,1,0");

        assertThat(told)
                .contains("yf-susp,ML0101,signal,2024-03-04,1", "yf-susp,ML0101,told,9,yellow-fever")
                .noneMatch(line -> line.startsWith("afp-susp,") || line.startsWith("yf-susp,ML010101,"));
    }

    private List<String> judge(String... counts) throws IOException {
        Path given = Files.write(folder.resolve("counts.csv"), List.of(counts));
        Path said = folder.resolve("said.csv");
        JudgesCounts.main(new String[] {given.toString(), "2024-02-26", "2024-04-22", "2020-01-06", said.toString()});
        return Files.readAllLines(said);
    }
}
