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
import ml.keneya.test.Answer;

/** Rounds of posting, killing, starting again and counting. */
final class Campaign {

    private static final int ENOUGH_ACKNOWLEDGED = 8;

    /** At the end, of all that were acknowledged; each costs one request. */
    private static final int SENT_AGAIN = 40;

    private static final int ACCEPTED = 200;
    private static final int UNAVAILABLE = 503;

    private final KillableDatabase database;
    private final ServerProcess server;
    private final Ledger ledger;
    private final Random random;
    private final Set<Visit> counted = new HashSet<>();
    private int rounds;
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
        Writers writers = new Writers(server, ledger);
        writers.awaitAcknowledgements(ENOUGH_ACKNOWLEDGED);
        ServerProcess.pause(random.nextInt(400));
        kill(victim);
        writers.stop();
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

    @Override
    public String toString() {
        return "rounds=" + rounds + " acknowledged=" + acknowledged() + " lost=" + lost + " doubled=" + doubled;
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

    /** Everything acknowledged must be there once; the rest wholly or not at all, and once after it is sent again. */
    void count() {
        Clinic clinic = new Clinic(server.base());
        ledger.acknowledged().forEach((visit, locations) -> {
            if (counted.add(visit)) {
                compare(locations, clinic, visit);
            }
        });
        for (Visit visit : ledger.unanswered()) {
            List<String> before = recordsOf(visit, clinic);
            if (before.size() == 1) {
                // Half a visit.
                lost++;
            }
            Optional<List<String>> answer = clinic.post(visit);
            if (answer.isEmpty()) {
                throw new IllegalStateException("A ready server did not accept what was sent again.");
            }
            ledger.acknowledge(visit, answer.get());
            counted.add(visit);
            compare(answer.get(), clinic, visit);
        }
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
