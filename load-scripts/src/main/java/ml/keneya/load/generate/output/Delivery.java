package ml.keneya.load.generate.output;

import java.util.function.Consumer;
import ml.keneya.load.generate.fhir.Sink;
import ml.keneya.load.generate.imperfection.Faults;

/**
 * A bundle that a site sends.
 *
 * @param ready epoch day on which it could be sent
 */
record Delivery(String submission, String sender, int ready, Faults.Sending sending, Consumer<Sink> content) {}
