package ml.keneya.surveillance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import ml.keneya.test.KeneyaIntegrationTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * No report of a week reads all of a view that grows with care (decision 0125). PostgreSQL is told to read a whole
 * table only where no index is of any use: then a condition and its index do not go together. Whether it reads a whole
 * index, or takes another way with millions of rows, is not shown here.
 */
@KeneyaIntegrationTest
class ReportsReadTheirPeriodIT {

    private static final Pattern WHOLE_TABLE = Pattern.compile(
            "Seq Scan on (?:patient|encounter|condition|immunization|observation|observation_component|procedure"
                    + "|coverage|address)_\\d+");

    @Autowired
    Indicators indicators;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    static Stream<String> weekly() {
        return Stream.of(
                "ml-idsr-weekly",
                "ml-idsr-declared",
                "ml-epi-doses",
                "ml-epi-cohort",
                "ml-epi-coverage-by-cohort",
                "ml-maternal",
                "ml-nutrition-screening",
                "ml-telehealth-activity",
                "ml-social-people",
                "ml-social-consultations");
    }

    @ParameterizedTest
    @MethodSource("weekly")
    void readsByAnIndex(String indicator) {
        assertThat(plan(indicators.get(indicator).sql()))
                .noneMatch(line -> WHOLE_TABLE.matcher(line).find());
    }

    private List<String> plan(String statement) {
        return new TransactionTemplate(transactions).execute(status -> {
            jdbc.sql("set local enable_seqscan = off").update();
            return jdbc.sql("explain " + statement)
                    .param("division", Place.BEFORE_REFORM)
                    .param("subject", Place.COUNTRY)
                    .param("level", "region")
                    .param("start", LocalDate.of(2023, 12, 11))
                    .param("end", LocalDate.of(2023, 12, 17))
                    .query(String.class)
                    .list();
        });
    }
}
