package ml.keneya.views.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Basic;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** A sample takes the records that its seed says, each time, and finds what is wrong about these. */
@KeneyaIntegrationTest
class VerifiedSamplesIT {

    private static final String VIEW = "fragile";

    @Autowired
    Exchange exchange;

    @Autowired
    OwnerDatabase owner;

    @Autowired
    ApplicationContext server;

    private String table;
    private String wrong;

    @BeforeEach
    void spoilTheRowOfOneOfThreeRecords() {
        server.getBean(BringsViewsUpToDate.class).run();
        table = new KeptViews(server).active(VIEW).table().qualified();
        wrong = record("a");
        record("b");
        record("c");
        spoil("update %s set code = 'spoilt' where _id = ?");
    }

    @AfterEach
    void bringTheRowBack() {
        spoil("delete from %s where _id = ?");
        Basic basic = basic("d");
        basic.setId(wrong);
        exchange.put("Basic/" + wrong, basic);
    }

    @Test
    void findsWhatIsWrongAboutARecordThatItHas() {
        long seed = seed("asc");

        assertThat(verified("?sample=1&seed=" + seed)).containsExactlyInAnyOrder("records=1", "differences=1", wrong);
        assertThat(verified("?sample=1&seed=" + seed)).containsExactlyInAnyOrder("records=1", "differences=1", wrong);
        assertThat(verified("?sample=0.1%25&seed=" + seed)).contains(wrong);
    }

    @Test
    void leavesOutWhatItHasNot() {
        long seed = seed("desc");

        assertThat(verified("?sample=1&seed=" + seed)).contains("records=1", "differences=0");
        assertThat(verified("?sample=50%25&seed=" + seed)).doesNotContain(wrong);
    }

    @Test
    void findsRowsOfARecordThatIsNoMore() {
        spoil("update %s set _id = 'stranger-' || _id where _id = ?");
        String stranger = "stranger-" + wrong;
        try {
            assertThat(verified("?sample=0.1%25&seed=" + seedOf(stranger, "asc")))
                    .contains(stranger);
            assertThat(verified("?sample=50%25&seed=" + seedOf(stranger, "desc")))
                    .doesNotContain(stranger);
        } finally {
            owner.jdbc()
                    .sql("delete from " + table + " where _id = ?")
                    .param(stranger)
                    .update();
        }
    }

    @Test
    void isEverythingWithoutANumberOrWithALargerOne() {
        assertThat(verified("")).contains(wrong);
        assertThat(verified("?sample=100%25")).contains(wrong);
        assertThat(verified("?sample=999999999")).contains(wrong);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"sample=0", "sample=-5", "sample=0%25", "sample=101%25", "sample=few", "sample=5&seed=x", "all=1"
            })
    void refusesWhatIsNoSample(String query) {
        exchange.post("ViewDefinition/" + VIEW + "/$verify?" + query, "").isRefused(400, "ML-FHIR-040");
    }

    /** How many were compared, how many differ, and the ids that are named. */
    private List<String> verified(String query) {
        return exchange
                .post("ViewDefinition/" + VIEW + "/$verify" + query, "")
                .hasStatus(200)
                .as(Parameters.class)
                .getParameterFirstRep()
                .getPart()
                .stream()
                .flatMap(VerifiedSamplesIT::shown)
                .toList();
    }

    private static Stream<String> shown(ParametersParameterComponent part) {
        String value = part.getValue().primitiveValue();
        return switch (part.getName()) {
            case "example" -> Stream.of(value);
            case "records", "differences" -> Stream.of(part.getName() + "=" + value);
            default -> Stream.empty();
        };
    }

    private long seed(String order) {
        return seedOf(wrong, order);
    }

    /** Of many seeds the one that puts the id nearest to the begin, or to the end, of all numbers. */
    private long seedOf(String id, String order) {
        return owner.jdbc()
                .sql("select seed from generate_series(1, 100000) seed order by hashtextextended(?, seed) " + order
                        + " limit 1")
                .param(id)
                .query(Long.class)
                .single();
    }

    private void spoil(String statement) {
        owner.jdbc().sql(statement.formatted(table)).param(wrong).update();
    }

    private String record(String code) {
        return exchange.create(basic(code)).hasStatus(201).as(Basic.class).getIdPart();
    }

    private static Basic basic(String code) {
        Basic basic = new Basic();
        basic.getCode().addCoding().setSystem("urn:a").setCode(code);
        return basic;
    }
}
