package ml.keneya.load.client;

import com.fasterxml.jackson.databind.JsonNode;
import ml.keneya.load.terminal.Terminal;

/** What the operator hands to a person; the server shows the code this once. */
record ActivationNote(Terminal terminal) {
    void show(JsonNode answer) {
        terminal.say(
                "user.code",
                answer.path("activationCode").asText(),
                answer.path("daysGood").asInt());
    }
}
