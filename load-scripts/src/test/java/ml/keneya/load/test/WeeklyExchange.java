package ml.keneya.load.test;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An exchange that answers weekly reports of what a test has told it, in the forms of the server. */
public final class WeeklyExchange implements AutoCloseable {
    private static final String HEADER =
            "week,division,place,place_name,disease,state,age_group,sex,residence_status,suspected_cases,"
                    + "confirmed_cases,deaths,expected_reports,received_reports,timely_reports,version,"
                    + "unexpected_reports\r\n";

    private final HttpServer server;
    private final Map<String, List<String>> rows = new TreeMap<>();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final List<String> tasks = new ArrayList<>();
    private final List<String> flags = new ArrayList<>();
    private String silentSites = "";
    private String rates = "";
    private String instead = "";
    private boolean isOther;
    private boolean smallCounts = true;

    public WeeklyExchange() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    public String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/fhir";
    }

    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** From now on the caller may not see small counts. */
    public WeeklyExchange withoutSmallCounts() {
        smallCounts = false;
        return this;
    }

    /** From now on weekly reports are answered with something else, and 200 as before. */
    public WeeklyExchange answersInstead(String other) {
        instead = other;
        isOther = true;
        return this;
    }

    /**
     * A line of a weekly report.
     *
     * @param level {@code region}, {@code cercle}, or nothing for the country
     * @param told state, age, sex, residence, cases, confirmed, deaths
     * @param reports owed, received, in time
     */
    public WeeklyExchange line(String week, String level, String place, String disease, String told, String reports) {
        rows.computeIfAbsent(week + level, key -> new ArrayList<>())
                .add(week + ",2015," + place + ",," + disease + "," + told + "," + reports + ",3,0\r\n");
        return this;
    }

    /** Inhabitants of a place that has cases. */
    public WeeklyExchange inhabitants(String place, long number) {
        rates += place + ",measles,1,0,0," + number + ",2024,projection,no,1,0,0\r\n";
        return this;
    }

    /** An alert on a place of the division of before the reform. */
    public WeeklyExchange alert(String id, String disease, String place, String name, String began, String closed) {
        String system = "https://keneya.ml/fhir/CodeSystem/ml-administrative-division-2015";
        return alert(id, disease, system + "|" + place, name, began + "/" + closed);
    }

    /**
     * An alert.
     *
     * @param place system and code
     * @param period first day and, where it is closed, the last
     */
    public WeeklyExchange alert(String id, String disease, String place, String name, String period) {
        String[] days = period.split("/");
        String[] identifier = place.split("\\|");
        String end = days.length == 1 ? "" : ",\"end\":\"" + days[1] + "\"";
        String status = days.length == 1 ? "requested" : "completed";
        tasks.add("""
                {"resourceType":"Task","id":"%1$s","status":"%3$s","focus":{"reference":"Flag/%1$s"},
                 "authoredOn":"%2$sT08:00:00Z",
                 "output":[{"valueCodeableConcept":{"coding":[{"code":"false-alert"}]}}]}""".formatted(id, days[0], status));
        flags.add("""
                {"resourceType":"Flag","id":"%s","code":{"coding":[{"code":"%s"}]},
                 "subject":{"identifier":{"system":"%s","value":"%s"},"display":"%s"},"period":{"start":"%s"%s},
                 "extension":[{"url":"https://keneya.ml/fhir/StructureDefinition/ml-ext-alert-level",
                  "valueCodeableConcept":{"coding":[{"code":"alert"}]}}]}""".formatted(id, disease, identifier[0], identifier[1], name, days[0], end));
        return this;
    }

    /** A site of Kayes that owes its report, and one that has handed it in. */
    public WeeklyExchange silentSite(String code) {
        silentSites = """
                {"resourceType":"MeasureReport","group":[{"stratifier":[{"stratum":[%s,%s]}]}]}""".formatted(stratum(code, 0), stratum("cscom-parle", 1));
        return this;
    }

    private static String stratum(String site, int received) {
        return """
                {"component":[{"code":{"text":"place"},"value":{"text":"%s"}}],"population":[
                 {"code":{"coding":[{"code":"initial-population"},{"code":"expected-reports"}]},"count":1},
                 {"code":{"coding":[{"code":"initial-population"},{"code":"received-reports"}]},"count":%d}]}""".formatted(site, received);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        String path = exchange.getRequestURI().getPath().replaceFirst("^/fhir/", "");
        Map<String, String> parameters = parameters(query);
        asked.add(path + "?" + query);
        switch (path) {
            case "Measure/$idsr-weekly" -> forSome(exchange, report(parameters));
            case "Measure/$idsr-publishable" -> send(exchange, 200, report(parameters));
            case "Measure/$idsr-rates" ->
                forSome(
                        exchange,
                        "place,disease,suspected_cases,confirmed_cases,deaths,inhabitants,population_year,"
                                + "population_source,population_certain,suspected_per_100000,confirmed_per_100000,"
                                + "deaths_per_100000\r\n" + rates);
            case "Measure/$idsr-series" -> forSome(exchange, series(parameters));
            case "Measure/ml-epi-cohort/$rates" ->
                forSome(
                        exchange,
                        "place,children,old_enough,penta1,penta3,dropped_out,zero_dose,penta1_percent,"
                                + "penta3_percent,drop_out_percent,zero_dose_percent\r\n"
                                + "ML01,10,8,6,3,3,2,75.0,37.5,50.0,25.0\r\n");
            case "Measure/ml-idsr-completeness/$evaluate-measure" ->
                forSome(
                        exchange,
                        parameters.get("subject").equals("2015|ML01") && !silentSites.isEmpty()
                                ? silentSites
                                : "{\"resourceType\":\"MeasureReport\",\"group\":[]}");
            case "Task" -> send(exchange, 200, bundle(withStatus(parameters.getOrDefault("status", ""))));
            case "Flag" -> send(exchange, 200, bundle(flags));
            case "Organization" -> send(exchange, 200, bundle(List.of("""
                                {"resourceType":"Organization","name":"CSCom <muet> & Cie",
                                 "identifier":[{"system":"https://keneya.ml/id/facility","value":"cscom-muet"}]}""")));
            default -> send(exchange, 404, "");
        }
    }

    /** The curve of measles, of the weeks that lie in the period that is asked for. */
    private static String series(Map<String, String> parameters) {
        String weeks = parameters.get("periodStart").equals("2025-12-29")
                        && parameters.get("periodEnd").equals("2026-11-15")
                ? "2026-W01,,measles,20,5,1\r\n2026-W45,,measles,4,1,0\r\n2026-W46,,measles,17,3,2\r\n"
                : "";
        return "week,place,disease,suspected_cases,confirmed_cases,deaths\r\n" + weeks;
    }

    private String report(Map<String, String> parameters) {
        String level = parameters.getOrDefault("level", "");
        if (isOther) {
            return instead;
        }
        return HEADER + String.join("", rows.getOrDefault(parameters.get("week") + level, List.of()));
    }

    private List<String> withStatus(String statuses) {
        return tasks.stream()
                .filter(task -> statuses.isEmpty()
                        || List.of(statuses.split(",")).stream()
                                .anyMatch(status -> task.contains("\"status\":\"" + status + "\"")))
                .toList();
    }

    private static String bundle(List<String> resources) {
        List<String> entries =
                resources.stream().map(each -> "{\"resource\":" + each + "}").toList();
        return "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":[" + String.join(",", entries) + "]}";
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new TreeMap<>();
        for (String each : query == null ? new String[0] : query.split("&")) {
            String[] pair = each.split("=", 2);
            parameters.put(pair[0], URLDecoder.decode(pair.length == 2 ? pair[1] : "", StandardCharsets.UTF_8));
        }
        return parameters;
    }

    private void forSome(HttpExchange exchange, String text) throws IOException {
        if (smallCounts) {
            send(exchange, 200, text);
        } else {
            send(exchange, 403, "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"code\":\"forbidden\"}]}");
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
