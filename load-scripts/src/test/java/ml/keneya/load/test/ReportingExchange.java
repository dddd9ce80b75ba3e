package ml.keneya.load.test;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands in for an exchange that answers weekly reports as CSV, in the columns of the real one (compared in
 * {@code tests/commands/run} and the server's {@code ReportsIT}), with the real terminology.
 */
public final class ReportingExchange implements AutoCloseable {
    private static final String PACKAGE = "/ml.keneya.terminology/package/";
    private static final String HEADING = "week,division,place,place_name,disease,state,age_group,sex,residence_status,"
            + "suspected_cases,confirmed_cases,deaths,expected_reports,received_reports,timely_reports,version,"
            + "unexpected_reports";

    private final HttpServer server;
    private final Map<String, String> lines = new TreeMap<>();
    private final Map<String, String> instead = new HashMap<>();
    private int status = 200;

    public ReportingExchange() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/fhir", this::handle);
        server.start();
    }

    public String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/fhir";
    }

    /** Cases of a disease in a place: suspected, confirmed, deaths. */
    public ReportingExchange counts(
            String week, String place, String disease, int suspected, int confirmed, int deaths) {
        return counts(week, place, disease, "15y+", "female", suspected, confirmed, deaths);
    }

    public synchronized ReportingExchange counts(
            String week,
            String place,
            String disease,
            String age,
            String sex,
            int suspected,
            int confirmed,
            int deaths) {
        lines.put(
                week + place + disease + age + sex,
                row(week, place, disease, "counted", age, sex, suspected + "," + confirmed + "," + deaths));
        return this;
    }

    /** A site that has reported that there is none, or of which nobody has said anything. */
    public synchronized ReportingExchange says(String week, String place, String disease, String state) {
        lines.keySet().removeIf(key -> key.startsWith(week + place + disease));
        lines.put(
                week + place + disease,
                row(week, place, disease, state, "", "", state.equals("silent") ? ",," : "0,0,0"));
        return this;
    }

    /** Nothing is told of the disease in this place any more. */
    public synchronized ReportingExchange forgets(String week, String place, String disease) {
        lines.keySet().removeIf(key -> key.startsWith(week + place + disease));
        return this;
    }

    /** A line that is none of a report. */
    public synchronized ReportingExchange tells(String week, String place, String disease, String counts) {
        lines.put(week + place + disease, row(week, place, disease, "counted", "15y+", "male", counts));
        return this;
    }

    /** Answers for a week with something that need not be a report, and 200. */
    public synchronized ReportingExchange answers(String week, String body) {
        instead.put(week, body);
        return this;
    }

    public ReportingExchange refusing(int with) {
        status = with;
        return this;
    }

    private static String row(
            String week, String place, String disease, String state, String age, String sex, String counts) {
        String name = place.isEmpty() ? "" : "CSCom de " + place;
        return String.join(
                ",", week, "health", place, name, disease, state, age, sex, "", counts, "1", "1", "1", "3", "0");
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        String asked = exchange.getRequestURI().toString();
        Matcher week =
                Pattern.compile("\\$idsr-weekly\\?.*week=(\\d{4}-W\\d\\d)").matcher(asked);
        String body;
        if (status != 200) {
            body = "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"diagnostics\":\"Accès refusé.\"}]}";
        } else if (week.find()) {
            StringBuilder csv = new StringBuilder(HEADING + "\r\n");
            lines.values().stream()
                    .filter(line -> line.startsWith(week.group(1)))
                    .forEach(line -> csv.append(line).append("\r\n"));
            body = instead.getOrDefault(week.group(1), csv.toString());
        } else {
            body = "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":[{\"resource\":"
                    + (asked.contains("/ConceptMap?")
                            ? packaged("ConceptMap-ml-notifiable-disease-to-dhis2.json")
                            : packaged("CodeSystem-ml-dhis2-data-element.json"))
                    + "}]}";
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String packaged(String name) throws IOException {
        try (InputStream file = ReportingExchange.class.getResourceAsStream(PACKAGE + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
