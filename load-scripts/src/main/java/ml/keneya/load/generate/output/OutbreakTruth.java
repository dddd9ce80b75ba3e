package ml.keneya.load.generate.output;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import ml.keneya.load.agency.EpidemiologicalWeek;
import ml.keneya.load.generate.fhir.FhirJson;
import ml.keneya.load.generate.outbreak.Outbreak;
import ml.keneya.load.generate.outbreak.OutbreakOrder;

/** The truth about one outbreak: who, when, where, and the counts that surveillance should find. */
final class OutbreakTruth {
    private OutbreakTruth() {}

    static String path(Outbreak outbreak) {
        return "truth/outbreak-" + (outbreak.number() + 1) + "-"
                + outbreak.order().disease().code() + ".json";
    }

    static byte[] write(Outbreak outbreak, List<CaseTruth> cases) {
        var bytes = new ByteArrayOutputStream();
        FhirJson json = FhirJson.lines(bytes);
        OutbreakOrder order = outbreak.order();
        json.object().text("disease", order.disease().code());
        json.text("district", outbreak.communes().get(0).cercle2015().code());
        json.text("districtName", outbreak.communes().get(0).cercle2015().name());
        json.text("firstWeek", order.week().toString());
        json.text("shape", order.shape().name().toLowerCase(Locale.ROOT));
        json.whole("cases", cases.size());
        json.whole(
                "deaths",
                cases.stream().filter(each -> each.affliction().dies()).count());
        counts(json, "byOnsetWeek", cases, each -> week(each.affliction().onset()));
        counts(json, "byWeekSeen", cases, each -> week(each.seen()));
        counts(json, "byClassification", cases, each -> each.affliction().classification());
        counts(json, "byCommune", cases, each -> each.affliction().commune().code());
        json.array("list");
        cases.forEach(each -> each.write(json));
        json.end().end().flush();
        bytes.writeBytes("\n".getBytes(StandardCharsets.US_ASCII));
        return bytes.toByteArray();
    }

    private static String week(int day) {
        return EpidemiologicalWeek.of(LocalDate.ofEpochDay(day)).toString();
    }

    private static void counts(FhirJson json, String field, List<CaseTruth> cases, Function<CaseTruth, String> key) {
        SortedMap<String, Long> counts = new TreeMap<>();
        cases.forEach(each -> counts.merge(key.apply(each), 1L, Long::sum));
        json.object(field);
        counts.forEach(json::whole);
        json.end();
    }
}
