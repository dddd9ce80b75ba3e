package ml.keneya.views.upkeep;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import ml.keneya.store.RecordChunks;
import ml.keneya.store.RecordSource;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.views.upkeep.MakesRows.Outcome;
import ml.keneya.views.upkeep.TableEntry.State;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The property that everything here is for: whatever is written, by however many at once, and whatever is being built
 * meanwhile, the rows in the tables are those that each stored record gives.
 */
@KeneyaIntegrationTest
class ViewsUnderLoadIT {

    private static final int WRITERS = 4;
    private static final int WRITES = 25;

    /** Small, so that a few hundred records make many pieces. */
    private static final int PIECE = 7;

    @Autowired
    Exchange exchange;

    @Autowired
    ApplicationContext server;

    @Autowired
    OwnerDatabase owner;

    @Autowired
    BuildsTables builds;

    @Autowired
    SwitchesTables switches;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final String facility = unique("cscom");
    private final List<String> children =
            IntStream.range(0, 5).mapToObj(each -> unique("child")).toList();
    private KeptViews views;

    @BeforeEach
    void bringFiveChildrenThatEverybodyWritesAbout() {
        views = new KeptViews(server);
        children.forEach(child -> put(child, 0));
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void staysExactUnderConcurrentWritesWhileTablesAreBuiltAnew() throws Exception {
        List<Future<?>> writing = writers();
        int rebuilt = 0;
        while (rebuilt == 0 || !writing.stream().allMatch(Future::isDone)) {
            for (String view : List.of("patient", "observation")) {
                build(views.beginAnew(view));
            }
            rebuilt++;
        }
        for (Future<?> each : writing) {
            each.get();
        }

        views.areExact("patient", "observation", "observation_component");
    }

    @Test
    void twoThatBuildTheSameTableDoNotSpoilIt() throws Exception {
        List<Future<?>> working = writers();
        MaintainedView target = views.beginAnew("observation");
        working.add(threads.submit(() -> builds.inPiecesOf(PIECE).fill(target)));
        working.add(threads.submit(() -> builds.inPiecesOf(PIECE + 4).fill(target)));
        for (Future<?> each : working) {
            each.get();
        }
        build(target);

        views.areExact("observation");
    }

    @Test
    void goesOnWhereItWasInterrupted() {
        MaintainedView target = views.beginAnew("patient");
        assertThatThrownBy(() -> interruptedAfter(2).fill(target)).hasMessage("interrupted");
        // As the next start does.
        server.getBean(RegistersViews.class)
                .register(server.getBean(Definitions.class).all());
        assertThat(views.stateOf(target)).isNotEqualTo(State.RETIRED);
        put(children.get(0), 1);
        exchange.delete("Patient/" + children.get(1)).hasStatus(200);

        build(target);

        assertThat(views.rows("patient", children.get(0), "sex")).containsExactly(List.of("male"));
        assertThat(views.rows("patient", children.get(1), "sex")).isEmpty();
        views.areExact("patient");
    }

    @Test
    void whatIsWrittenBetweenTheLastPieceAndTheSwitchIsBroughtOver() {
        MaintainedView target = views.beginAnew("patient");
        assertThat(builds.inPiecesOf(PIECE).fill(target)).isTrue();
        put(children.get(0), 1);
        exchange.delete("Patient/" + children.get(1)).hasStatus(200);

        build(target);

        assertThat(views.rows("patient", children.get(0), "sex")).containsExactly(List.of("male"));
        views.areExact("patient");
    }

    @Test
    void keepsWhatReadersBuiltUponAView() {
        JdbcClient analyst = owner.jdbc();
        String mine = "mine_" + unique("x").substring(2, 10);
        analyst.sql("create view public." + mine + " as select count(*) as people from pseudonymised.patient")
                .update();

        build(views.beginAnew("patient"));

        assertThat(analyst.sql("select people from public." + mine)
                        .query(Long.class)
                        .single())
                .isPositive();
        analyst.sql("drop view public." + mine).update();
    }

    /** The server's own thread may build the table as well, and first. */
    private void build(MaintainedView target) {
        KeptViews.eventually(() -> {
            if (views.stateOf(target) == State.BUILDING
                    && builds.inPiecesOf(PIECE).fill(target)) {
                switches.activate(target);
            }
            return views.stateOf(target) == State.ACTIVE;
        });
    }

    private List<Future<?>> writers() {
        List<Future<?>> writing = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            Random random = new Random(writer);
            writing.add(threads.submit(() -> {
                List<String> weights = new ArrayList<>();
                for (int write = 0; write < WRITES; write++) {
                    write(random, write, weights);
                }
            }));
        }
        return writing;
    }

    /** What a site does: corrects, deletes and brings back a person; brings, corrects and deletes weights. */
    private void write(Random random, int number, List<String> weights) {
        String child = children.get(random.nextInt(children.size()));
        switch (random.nextInt(6)) {
            case 0, 1 -> put(child, number);
            case 2 -> accepted(exchange.delete("Patient/" + child).status());
            case 3 -> {
                String id = unique("weight");
                weights.add(id);
                accepted(exchange.post(
                                transaction(putting(weight(id, number)), creating(aChild(unique("record")))), facility)
                        .status());
            }
            case 4 -> {
                if (!weights.isEmpty()) {
                    String id = weights.get(random.nextInt(weights.size()));
                    accepted(exchange.put("Observation/" + id, weight(id, number))
                            .status());
                }
            }
            default -> {
                if (!weights.isEmpty()) {
                    accepted(exchange.delete("Observation/" + weights.get(random.nextInt(weights.size())))
                            .status());
                }
            }
        }
    }

    private void put(String id, int number) {
        Patient child = aChild("record-" + id);
        child.setGender(number % 2 == 0 ? AdministrativeGender.FEMALE : AdministrativeGender.MALE);
        child.getNameFirstRep().addGiven("Given " + number);
        child.setId(id);
        accepted(exchange.put("Patient/" + id, child).status());
    }

    private static Observation weight(String id, int number) {
        Observation weight = weightOf("Patient/" + unique("x"), "7." + number);
        weight.getSubject().setReference(null).setDisplay("Sans dossier");
        weight.setId(id);
        return weight;
    }

    /** Two who write the same record at once may be told so (409, 412); nobody sees a failure of the server. */
    private static void accepted(int status) {
        assertThat(status).isIn(200, 201, 204, 404, 409, 410, 412);
    }

    private BuildsTables interruptedAfter(int pieces) {
        ConcurrentHashMap<String, Integer> filled = new ConcurrentHashMap<>();
        FillsTables failing = new FillsTables() {
            @Override
            void replace(JdbcClient on, MaintainedView target, List<Outcome> outcomes) {
                super.replace(on, target, outcomes);
                if (filled.merge(target.tableName(), 1, Integer::sum) > pieces) {
                    throw new IllegalStateException("interrupted");
                }
            }
        };
        return new BuildsTables(
                        owner,
                        server.getBean(Catalogue.class),
                        server.getBean(RecordChunks.class),
                        server.getBean(RecordSource.class),
                        failing)
                .inPiecesOf(1);
    }
}
