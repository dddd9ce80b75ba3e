package ml.keneya.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import ml.keneya.chaos.Visit.Way;
import ml.keneya.test.Answer;

/** Rounds of posting, killing, starting again and counting. */
final class Campaign {

    private static final int ENOUGH_ACKNOWLEDGED = 8;

    /** At the end, of all that were acknowledged; each costs one request. */
    private static final int SENT_AGAIN = 40;

    /** Until what was accepted for later is carried out. */
    private static final long PATIENCE_MINUTES = 2;

    private static final int ACCEPTED = 200;
    private static final int UNAVAILABLE = 503;

    private final KillableDatabase database;
    private final ServerProcess server;
    private final Ledger ledger;
    private final Random random;
    private final Set<Visit> counted = new HashSet<>();
    private final List<String> interrupted = new ArrayList<>();
    private int rounds;
    private int promised;
    private int lost;
    private int doubled;

    Campaign(KillableDatabase database, ServerProcess server, Ledger ledger, Random random) {
        this.database = database;
        this.server = server;
        this.ledger = ledger;
        this.random = random;
    }

    /** What is killed in a round. */
    enum Victim {
        SERVER,
        BACKEND,
        DATABASE
    }

    Victim anyVictim() {
        return Victim.values()[random.nextInt(Victim.values().length)];
    }

    void round(Victim victim) {
        round(victim, Writers.ALL_WAYS);
    }

    /** @param ways in which visits are sent meanwhile, each by a writer of its own */
    void round(Victim victim, List<Way> ways) {
        Writers writers = new Writers(server, ledger, ways);
        Backfills backfills = new Backfills(server);
        writers.awaitAcknowledgements(ENOUGH_ACKNOWLEDGED);
        ServerProcess.pause(random.nextInt(400));
        try (HeldRebuilds held = database.holdRebuilds()) {
            interrupted.add(held.awaitOne());
            kill(victim);
        }
        writers.stop();
        backfills.stop();
        server.awaitReady();
        count();
        rounds++;
    }

    int lost() {
        return lost;
    }

    int doubled() {
        return doubled;
    }

    int acknowledged() {
        return ledger.acknowledged().size();
    }

    /** So many of them were sent in this way. */
    long acknowledged(Way way) {
        return ledger.acknowledged().keySet().stream()
                .filter(visit -> visit.way() == way)
                .count();
    }

    /** Those that were accepted for later, and were found carried out. */
    int promised() {
        return promised;
    }

    /** Tables of views in the middle of whose building something was killed, one a round. */
    List<String> interrupted() {
        return interrupted;
    }

    /** Those of them that nobody has finished or given up. */
    List<String> unfinished() {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES);
        while (interrupted.stream().anyMatch(database::isBeingBuilt) && System.nanoTime() < deadline) {
            ServerProcess.pause(100);
        }
        return interrupted.stream().filter(database::isBeingBuilt).toList();
    }

    @Override
    public String toString() {
        return "rounds=" + rounds + " acknowledged=" + acknowledged() + " of which later=" + promised + " lost=" + lost
                + " doubled=" + doubled + " rebuilds interrupted=" + interrupted.size();
    }

    private void kill(Victim victim) {
        switch (victim) {
            case SERVER -> {
                server.kill();
                server.restart();
            }
            case BACKEND -> database.killBackend();
            case DATABASE -> {
                database.killAll();
                database.restart();
            }
        }
    }

    /**
     * Everything acknowledged must be there once, and so must what was promised; the rest wholly or not at all, and
     * once after it is sent again.
     */
    void count() {
        Clinic clinic = new Clinic(server.base());
        ledger.promised().forEach((visit, status) -> {
            ledger.acknowledge(visit, outcome(status, clinic));
            promised++;
        });
        ledger.acknowledged().forEach((visit, locations) -> {
            if (counted.add(visit)) {
                compare(locations, clinic, visit);
            }
        });
        ledger.unanswered().forEach((visit, inPart) -> {
            // What was accepted for later may come between two searches, and is there as a whole at the next.
            if (visit.way() != Way.BATCH
                    && recordsOf(visit, clinic).size() == 1
                    && recordsOf(visit, clinic).size() == 1) {
                // Half a visit.
                lost++;
            }
            if (!clinic.deliverAgain(visit, ledger)) {
                throw new IllegalStateException("A ready server did not accept what was sent again.");
            }
            List<String> locations = ledger.acknowledged().get(visit);
            // A batch is finished by being sent again: what was acknowledged of it stays where it was.
            lost += (int) inPart.stream()
                    .filter(location -> !locations.contains(location))
                    .count();
            counted.add(visit);
            compare(locations, clinic, visit);
        });
    }

    private List<String> outcome(String status, Clinic clinic) {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES);
        Optional<List<String>> locations = clinic.outcome(status);
        while (locations.isEmpty()) {
            assertThat(System.nanoTime()).as("an end of %s", status).isLessThan(deadline);
            database.endPauses();
            ServerProcess.pause(100);
            locations = clinic.outcome(status);
        }
        return locations.get();
    }

    private void compare(List<String> acknowledged, Clinic clinic, Visit visit) {
        List<String> there = recordsOf(visit, clinic);
        for (String location : acknowledged) {
            lost += there.contains(location) ? 0 : 1;
        }
        doubled += Math.max(0, there.size() - acknowledged.size());
    }

    private static List<String> recordsOf(Visit visit, Clinic clinic) {
        List<String> records = new ArrayList<>(clinic.find(visit.search("Patient")));
        records.addAll(clinic.find(visit.search("Observation")));
        return records;
    }

    /**
     * Kills a database whose sequences have gone back; enough visits for a server to use up the numbers in its memory.
     *
     * @return how many of them were refused: at once with a conflict, or still after they were asked to come back once
     */
    int refusedAfterLostNumbers(int visits) {
        database.loseNumbers();
        database.killAll();
        database.restart();
        server.awaitReady();
        Clinic clinic = new Clinic(server.base());
        int refused = 0;
        for (int each = 0; each < visits; each++) {
            Visit visit = Visit.next();
            Answer answer = clinic.send(visit);
            if (answer.status() == UNAVAILABLE) {
                answer.asksToComeBack();
                answer = clinic.send(visit);
            }
            if (answer.status() == ACCEPTED) {
                ledger.acknowledge(visit, Clinic.locations(answer));
            } else {
                refused++;
            }
        }
        return refused;
    }

    /** The acknowledgements of all rounds once more, at the end; some of the visits are sent again before. */
    void countAllAgain() {
        Clinic clinic = new Clinic(server.base());
        Map<Visit, List<String>> acknowledged = ledger.acknowledged();
        List<Visit> visits = new ArrayList<>(acknowledged.keySet());
        Collections.shuffle(visits, random);
        for (Visit visit : visits.subList(0, Math.min(SENT_AGAIN, visits.size()))) {
            Answer repeated = clinic.send(visit).hasStatus(ACCEPTED);
            assertThat(repeated.header("Keneya-Replayed")).as("%s", visit).contains("true");
            assertThat(Clinic.locations(repeated)).as("%s", visit).isEqualTo(acknowledged.get(visit));
        }
        acknowledged.forEach((visit, locations) -> compare(locations, clinic, visit));
    }
}
