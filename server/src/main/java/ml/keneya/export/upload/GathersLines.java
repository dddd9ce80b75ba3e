package ml.keneya.export.upload;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import ml.keneya.fhir.StreamedBodies;
import org.springframework.stereotype.Component;

/** Puts lines together into deliveries, in their order: a line may point to the ones before it. */
@Component
class GathersLines {

    /** Lines are delivered together until they have this many bytes. */
    private static final int DELIVERY = 2 * 1024 * 1024;

    private static final int MEGABYTE = 1024 * 1024;

    private final StreamedBodies bodies;

    GathersLines(StreamedBodies bodies) {
        this.bodies = bodies;
    }

    /**
     * The lines to deliver.
     *
     * @param done the number of the last line that was delivered before; 0 for none
     * @param together how many are delivered at once; the same whenever the same lines come again
     */
    record Lines(InputStream body, long done, int together) {}

    /**
     * Delivers all lines but those that were delivered before. The same lines are put together again when it goes on
     * behind one of the lines that it has named.
     *
     * @param upTo is told the number of a line up to which all are delivered now
     */
    void deliver(Lines all, DeliversLines deliveries, LongConsumer upTo) throws IOException {
        LinesOfUpload lines = new LinesOfUpload(all.body(), bodies.longestLine());
        List<UploadedLine> together = new ArrayList<>();
        long bytes = 0;
        for (UploadedLine line = lines.next(); line != null; line = lines.next()) {
            if (line.number() <= all.done()) {
                continue;
            }
            boolean alone = line.tooLong() || line.standsAlone();
            bytes += line.text().length;
            if (alone || bytes > DELIVERY || together.size() == all.together()) {
                deliver(together, deliveries, upTo);
                bytes = line.text().length;
            }
            if (!alone) {
                together.add(line);
                continue;
            }
            if (line.tooLong()) {
                deliveries.leaveOut(line, bodies.longestLine() / MEGABYTE);
            } else {
                deliveries.deliverAlone(line);
            }
            upTo.accept(line.number());
            // What follows is put together as it would be if it went on from here.
            bytes = 0;
        }
        deliver(together, deliveries, upTo);
    }

    private static void deliver(List<UploadedLine> together, DeliversLines deliveries, LongConsumer upTo) {
        if (!together.isEmpty()) {
            deliveries.deliver(together);
            upTo.accept(together.get(together.size() - 1).number());
            together.clear();
        }
    }
}
