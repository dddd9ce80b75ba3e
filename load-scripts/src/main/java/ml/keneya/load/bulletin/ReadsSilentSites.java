package ml.keneya.load.bulletin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ml.keneya.load.agency.EpidemiologicalWeek;
import ml.keneya.load.bulletin.Boundaries.Area;

/** Reads of which region a site is and which owe their report of a week, from the completeness of each region. */
final class ReadsSilentSites {
    static final String FACILITY = "https://keneya.ml/id/facility";

    private final AsksExchange asks;

    ReadsSilentSites(AsksExchange asks) {
        this.asks = asks;
    }

    /**
     * @param regionOf the region of each site that owed a report or handed one in, by its code
     * @param silent those that owe theirs
     */
    record Sites(Map<String, String> regionOf, List<SilentSite> silent) {}

    Sites of(EpidemiologicalWeek week, List<Area> regions) {
        Map<String, String> all = new TreeMap<>();
        Map<String, String> regionOf = new TreeMap<>();
        for (Area region : regions) {
            JsonNode report = asks.measureReport("ml-idsr-completeness/$evaluate-measure?week=" + week
                    + "&level=facility&subject=2015%7C" + region.code());
            strata(report).forEach(site -> all.put(place(site), region.code()));
            silent(report).forEach(site -> regionOf.put(site, region.code()));
        }
        Map<String, String> names = names(List.copyOf(regionOf.keySet()));
        List<SilentSite> silent = regionOf.entrySet().stream()
                .map(site -> new SilentSite(
                        site.getValue(), site.getKey(), names.getOrDefault(site.getKey(), site.getKey())))
                .sorted(Comparator.comparing(SilentSite::region)
                        .thenComparing(SilentSite::name)
                        .thenComparing(SilentSite::code))
                .toList();
        return new Sites(all, silent);
    }

    private static List<String> silent(JsonNode report) {
        return strata(report).stream()
                .filter(stratum -> count(stratum, "expected-reports") > 0 && count(stratum, "received-reports") == 0)
                .map(ReadsSilentSites::place)
                .toList();
    }

    private static List<JsonNode> strata(JsonNode report) {
        List<JsonNode> strata = new ArrayList<>();
        for (JsonNode group : report.path("group")) {
            for (JsonNode stratifier : group.path("stratifier")) {
                stratifier.path("stratum").forEach(strata::add);
            }
        }
        return strata;
    }

    private static long count(JsonNode stratum, String code) {
        for (JsonNode population : stratum.path("population")) {
            for (JsonNode coding : population.path("code").path("coding")) {
                if (coding.path("code").asText().equals(code)) {
                    return population.path("count").asLong();
                }
            }
        }
        return 0;
    }

    private static String place(JsonNode stratum) {
        for (JsonNode component : stratum.path("component")) {
            if (component.path("code").path("text").asText().equals("place")) {
                return component.path("value").path("text").asText();
            }
        }
        return "";
    }

    private Map<String, String> names(List<String> codes) {
        List<String> tokens = codes.stream().map(code -> FACILITY + "|" + code).toList();
        Map<String, String> names = new TreeMap<>();
        for (JsonNode organization : asks.searchEach("Organization?_count=100&identifier=", tokens)) {
            for (JsonNode identifier : organization.path("identifier")) {
                if (identifier.path("system").asText().equals(FACILITY) && organization.hasNonNull("name")) {
                    names.put(
                            identifier.path("value").asText(),
                            organization.path("name").asText());
                }
            }
        }
        return names;
    }
}
