package ml.keneya.operations;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The parameters with which the driver is used here; what the operator's URL says wins. */
final class JdbcUrl {

    private static final Map<String, String> PARAMETERS = new LinkedHashMap<>();

    static {
        // Shown by pg_stat_activity.
        PARAMETERS.put("ApplicationName", "keneya");
        // PostgreSQL looks first in a schema that bears the role's name, and ours does: HAPI's tables must never land
        // there.
        PARAMETERS.put("currentSchema", "public");
        // One bundle becomes hundreds of index rows; they travel in statements of many rows.
        PARAMETERS.put("reWriteBatchedInserts", "true");
        // HAPI uses some hundred statements again and again; the default keeps 256, and 5 MB.
        PARAMETERS.put("preparedStatementCacheQueries", "512");
        // The driver would put the values of a failed statement, names among them, into its messages.
        PARAMETERS.put("logServerErrorDetail", "false");
        // A database that vanished without a word is noticed within the system's limits instead of never.
        PARAMETERS.put("tcpKeepAlive", "true");
    }

    private JdbcUrl() {}

    static String withOurParameters(String url) {
        String missing = PARAMETERS.entrySet().stream()
                .filter(parameter -> !url.contains(parameter.getKey() + "="))
                .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                .collect(Collectors.joining("&"));
        if (missing.isEmpty()) {
            return url;
        }
        return url + (url.contains("?") ? "&" : "?") + missing;
    }

    /** What may be shown: parameters can hold a password. */
    static String withoutParameters(String url) {
        int question = url.indexOf('?');
        return question < 0 ? url : url.substring(0, question);
    }
}
