package ml.keneya.chaos;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;
import ml.keneya.test.Answer;

/**
 * Has the tables of all views made anew, one after the other and again and again, so that a kill comes in the middle.
 */
final class Backfills {

    private final CompletableFuture<Void> rebuilding;
    private volatile boolean going = true;

    Backfills(ServerProcess server) {
        Clinic operator = new Clinic(server.base());
        rebuilding = CompletableFuture.runAsync(() -> rebuild(operator), command -> new Thread(command).start());
    }

    /** Throws what it could not live with. */
    void stop() {
        going = false;
        rebuilding.join();
    }

    /**
     * Compares the tables of all views with the records.
     *
     * @return rows that differ, each with its view
     */
    static List<String> differences(Clinic operator) {
        return views(operator).stream()
                .flatMap(view -> StreamSupport.stream(
                        Clinic.json(operator.order("ViewDefinition/" + view + "/$verify")
                                        .hasStatus(200))
                                .path("parameter")
                                .spliterator(),
                        false))
                .map(Object::toString)
                .filter(told -> !told.contains("\"differences\",\"valueDecimal\":0}"))
                .toList();
    }

    private static List<String> views(Clinic operator) {
        return StreamSupport.stream(
                        Clinic.json(operator.read("ViewDefinition/$status").hasStatus(200))
                                .path("parameter")
                                .spliterator(),
                        false)
                .map(view -> view.at("/part/0/valueString").asText())
                .distinct()
                .toList();
    }

    private void rebuild(Clinic operator) {
        List<String> views = views(operator);
        for (int next = 0; going; next++) {
            try {
                Answer answer = operator.order("ViewDefinition/" + views.get(next % views.size()) + "/$rebuild");
                if (answer.status() != 200) {
                    answer.asksToComeBack();
                }
            } catch (UncheckedIOException noAnswer) {
                // It has been killed.
            }
            ServerProcess.pause(100);
        }
    }
}
