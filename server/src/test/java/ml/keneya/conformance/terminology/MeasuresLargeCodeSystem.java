package ml.keneya.conformance.terminology;

import static ml.keneya.test.Upload.encoded;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.Upload;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * How long questions to a loaded code system of 100 000 concepts take, over HTTP; for docs/benchmarks.md. It is run by
 * its name, and never with the other tests.
 */
@KeneyaIntegrationTest
class MeasuresLargeCodeSystem {

    private static final String SYSTEM = "http://snomed.info/sct";
    private static final String VERSION = "http://snomed.info/sct/900000000000207008/version/20990102";
    private static final int WARM_UP = 5;
    private static final int ROUNDS = 15;

    @Autowired
    Exchange exchange;

    @Test
    void measure() {
        MadeUpCodeSystem.load(new Upload(exchange, SYSTEM, VERSION, "made-here"));
        String all = "ValueSet/$expand?url=" + encoded(SYSTEM + "?fhir_vs");
        String below = "ValueSet/$expand?url=" + encoded(SYSTEM + "?fhir_vs=isa/");
        Map<String, String> questions = new LinkedHashMap<>();
        questions.put("first page of all", all + "&count=20");
        questions.put("page 4 000 of all", all + "&count=20&offset=80000");
        questions.put("how many are active", all + "&count=0&activeOnly=true");
        questions.put("filter: two words, few hits", all + "&count=20&filter=toux+4248");
        questions.put("filter: a word of a fifth of the names", all + "&count=20&filter=fievre");
        questions.put("filter: a word of all names", all + "&count=20&filter=site");
        questions.put("filter: two letters", all + "&count=20&filter=fi");
        questions.put("filter: one letter", all + "&count=20&filter=t");
        questions.put("filter: a code's beginning", all + "&count=20&filter=4248");
        questions.put("filter: counted only", all + "&count=0&filter=site");
        questions.put("below the root, first page", below + "1&count=20");
        questions.put("below the root, counted only", below + "1&count=0");
        questions.put("below the root, filter", below + "1&count=20&filter=toux+4248");
        questions.put("below the root, filter of all names", below + "1&count=20&filter=site");
        questions.put("below one of ten, first page", below + "4&count=20");
        questions.put("below one of a hundred", below + "42&count=5000");
        questions.put("below one of a hundred, as a tree", below + "42&excludeNested=false");
        questions.put("lookup", "CodeSystem/$lookup?system=" + SYSTEM + "&code=42424");
        questions.put("subsumes", "CodeSystem/$subsumes?system=" + SYSTEM + "&codeA=1&codeB=98765");
        questions.put("validate-code", "CodeSystem/$validate-code?url=" + SYSTEM + "&code=42424");

        System.err.printf("%n%-42s %8s %8s%n", "milliseconds", "median", "worst");
        questions.forEach((name, question) -> {
            double[] times = new double[ROUNDS];
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                long start = System.nanoTime();
                ask(question);
                if (round >= 0) {
                    times[round] = (System.nanoTime() - start) / 1e6;
                }
            }
            Arrays.sort(times);
            System.err.printf(Locale.ROOT, "%-42s %8.1f %8.1f%n", name, times[ROUNDS / 2], times[ROUNDS - 1]);
        });
    }

    private void ask(String question) {
        exchange.get(question).hasStatus(200);
    }
}
