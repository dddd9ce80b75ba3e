package ml.keneya.load.bulletin;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Dimension;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import ml.keneya.load.agency.EpidemiologicalWeek;
import ml.keneya.load.bulletin.Boundaries.Area;
import ml.keneya.load.bulletin.DrawsMap.Drawing;
import ml.keneya.load.terminal.Messages;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrawingTest {
    private static final Words WORDS = new Words(new Messages(Locale.FRENCH));
    private static final Boundaries BOUNDARIES = new Boundaries();
    private static final List<EpidemiologicalWeek> WEEKS = IntStream.rangeClosed(1, 5)
            .mapToObj(week -> new EpidemiologicalWeek(2026, week))
            .toList();

    @BeforeAll
    static void withoutAScreen() {
        System.setProperty("java.awt.headless", "true");
    }

    @Test
    void interruptsACurveWhereNobodyHasReported() {
        String gap = drawn(List.of(Count.of(5), Count.of(7), Count.SILENT, Count.of(0), Count.of(4)), List.of());
        String zero = drawn(List.of(Count.of(5), Count.of(7), Count.of(0), Count.of(0), Count.of(4)), List.of());

        // A marker a week that is known, and a line from each to the next that is known too.
        assertThat(count(gap, "stroke=\"none\"[^>]*d=\"M|d=\"M[^\"]*C[^>]*stroke=\"none\""))
                .isEqualTo(4);
        assertThat(count(zero, "stroke=\"none\"[^>]*d=\"M|d=\"M[^\"]*C[^>]*stroke=\"none\""))
                .isEqualTo(5);
        assertThat(count(zero, "stroke-width=\"2\"") + count(zero, "<line")).isGreaterThan(0);
        assertThat(gap).contains("aria-label=\"Une courbe\"").contains(">S01<");
    }

    @ParameterizedTest
    @CsvSource({"2, 2", "7, 7", "13, 7", "26, 7", "53, 7"})
    void namesSoManyWeeksBelowACurveAsFit(int number, int names) {
        List<EpidemiologicalWeek> weeks = IntStream.range(0, number)
                .mapToObj(back -> EpidemiologicalWeek.of(
                        java.time.LocalDate.of(2026, 1, 5).plusWeeks(back)))
                .toList();
        List<Count> points = IntStream.range(0, number).mapToObj(Count::of).toList();
        String image = new DrawsCurves(WORDS)
                .draw("Une courbe", weeks, List.of(new Curve("Cas", points)), List.of(), new Dimension(335, 165));

        assertThat(count(image, ">S\\d\\d<")).isEqualTo(names);
    }

    @Test
    void drawsAThresholdWithItsName() {
        List<Count> points = IntStream.range(0, 5).mapToObj(at -> Count.of(at)).toList();

        assertThat(drawn(points, List.of(new Curve.Line("seuil : 1 cas", 1)))).contains(">seuil : 1 cas<", "#9c1c1c");
        assertThat(drawn(points, List.of())).doesNotContain("#9c1c1c");
    }

    @Test
    void leavesNoNameThatAnotherImageOfThePageCouldHave() {
        assertThat(drawn(List.of(Count.of(1), Count.of(2), Count.of(3), Count.of(2), Count.of(1)), List.of()))
                .doesNotContain(" id=", "url(", "rgb(");
    }

    @Test
    void hatchesWhatIsNotKnownAndShadesWhatIs() {
        List<Area> kayes = BOUNDARIES.cerclesOf("ML01");
        String map = new DrawsMap(WORDS)
                .draw(new Drawing(
                        "Une carte",
                        kayes,
                        List.of(),
                        kayes,
                        code -> code.equals("ML0101")
                                ? new Shade(5, "12")
                                : code.equals("ML0102") ? new Shade(Shade.UNKNOWN, "—") : new Shade(0, "0"),
                        List.of("1", "2", "3", "4", "5"),
                        300,
                        215));

        // In the area, and in its box of the legend.
        assertThat(count(map, "fill=\"#0b2f42\"")).isEqualTo(2);
        assertThat(count(map, "stroke-width=\"0.8\"")).isEqualTo(2);
        assertThat(map).contains(">Nioro du Sahel<", ">sans données<", "aria-label=\"Une carte\"");
    }

    @ParameterizedTest
    @CsvSource({"3, 1", "5, 1", "6, 2", "47, 10", "0.9, 0.2", "2.2, 0.5", "1000, 200"})
    void hasClassesWithRoundLimits(double highest, double width) {
        Classes classes = Classes.upTo(highest);

        assertThat(classes.width()).isEqualTo(width, org.assertj.core.api.Assertions.within(1e-9));
        assertThat(classes.of(0)).isZero();
        assertThat(classes.of(highest)).isBetween(1, Shade.CLASSES);
        assertThat(classes.of(width)).isEqualTo(1);
        assertThat(classes.of(width * 1.01)).isEqualTo(2);
    }

    /** In grey print the classes must still be a row from light to dark. */
    @Test
    void shadesGrowDarker() {
        List<Double> light = Shade.COLOURS.stream()
                .map(java.awt.Color::decode)
                .map(each -> 0.299 * each.getRed() + 0.587 * each.getGreen() + 0.114 * each.getBlue())
                .toList();

        assertThat(light).isSortedAccordingTo(java.util.Comparator.reverseOrder());
        for (int at = 1; at < light.size(); at++) {
            assertThat(light.get(at - 1) - light.get(at)).isGreaterThan(25);
        }
    }

    @Test
    void knowsTheBoundariesOfEachRegion() {
        assertThat(BOUNDARIES.regions()).hasSize(9);
        assertThat(BOUNDARIES.cercles()).hasSize(50);
        assertThat(BOUNDARIES.regions())
                .allSatisfy(region ->
                        assertThat(BOUNDARIES.cerclesOf(region.code())).isNotEmpty());
        // The middle of Mopti lies between its borders.
        Area mopti = BOUNDARIES.regions().get(4);
        assertThat(mopti.middle()[0]).isBetween(-5.5, -1.5);
        assertThat(mopti.middle()[1]).isBetween(13.5, 16.0);
    }

    @ParameterizedTest
    @CsvSource({"regions.geojson", "cercles.geojson"})
    void keepsTheLicenceWithTheBoundaries(String file) throws java.io.IOException {
        try (var stream = Boundaries.class.getResourceAsStream("/ml/keneya/load/bulletin/" + file)) {
            assertThat(new String(stream.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                    .contains("\"license\":", "CC BY 4.0", "OCHA", "do not imply official endorsement");
        }
    }

    @Test
    void takesOnlyThresholdsThatAreLinesInACurve() {
        Thresholds thresholds = new Thresholds();

        assertThat(thresholds.isOneCase("cholera")).isTrue();
        // One case is to be investigated; five in thirty days in a district are an alert.
        assertThat(thresholds.isOneCase("measles")).isFalse();
        assertThat(thresholds.incidences("meningitis"))
                .containsExactly(new Thresholds.Incidence("alert", 3), new Thresholds.Incidence("epidemic", 10));
        assertThat(thresholds.incidences("meningitis").get(0).cases(200_000)).isEqualTo(6);
    }

    private static String drawn(List<Count> points, List<Curve.Line> lines) {
        return new DrawsCurves(WORDS)
                .draw("Une courbe", WEEKS, List.of(new Curve("Cas", points)), lines, new Dimension(335, 165));
    }

    private static long count(String text, String pattern) {
        return Pattern.compile(pattern).matcher(text).results().count();
    }
}
