package ml.keneya.load.dhis2;

import com.fasterxml.jackson.databind.node.ObjectNode;
import ml.keneya.load.exchange.Json;

/**
 * Where figures go and which: a ledger belongs to one of these, because to another it would say that values have
 * vanished.
 *
 * @param server the address of DHIS2, without {@code /api}
 * @param idScheme {@code CODE} or {@code UID}
 */
record Destination(String server, String dataSet, String idScheme, String subject, String level) {
    ObjectNode json() {
        return Json.object()
                .put("server", server)
                .put("dataSet", dataSet)
                .put("idScheme", idScheme)
                .put("subject", subject)
                .put("level", level);
    }

    @Override
    public String toString() {
        return String.join(" · ", server, dataSet, idScheme, subject, level);
    }
}
