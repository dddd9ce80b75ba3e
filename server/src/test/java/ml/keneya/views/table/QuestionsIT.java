package ml.keneya.views.table;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.aPlaceholder;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The questions that the manual answers with SQL, as it prints them, asked by who may read no names. */
@KeneyaIntegrationTest
class QuestionsIT {

    private static final Path MANUAL =
            Path.of(System.getProperty("basedir", ""), "..", "docs", "operations", "views.md");
    private static final Pattern BLOCK = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);

    @Autowired
    Exchange exchange;

    static List<String> questions() throws IOException {
        String manual = Files.readString(MANUAL, StandardCharsets.UTF_8);
        String block = BLOCK.matcher(manual)
                .results()
                .map(MatchResult::group)
                .filter(each -> each.contains("-- "))
                .findFirst()
                .orElseThrow()
                .replaceAll("```(sql)?", "");
        return Arrays.stream(block.split(";"))
                .map(String::strip)
                .filter(question -> !question.isEmpty())
                .toList();
    }

    @Test
    void areTen() throws IOException {
        assertThat(questions()).hasSize(10);
    }

    @ParameterizedTest
    @MethodSource("questions")
    void areAnsweredAsTheManualPrintsThem(String question) throws SQLException {
        JdbcClient analyst = ReadersIT.memberOf(ReaderView.ANALYST_ROLE);

        assertThatCode(() -> analyst.sql(question).query().listOfRows()).doesNotThrowAnyException();
    }

    @Test
    void countTheContactsOfAFacility() throws IOException, SQLException {
        String facility = unique("site");
        String person = aPlaceholder();
        exchange.post(
                        transaction(
                                creating(person, aChild(unique("record"))),
                                creating(aContact(person)),
                                creating(aContact(person))),
                        facility)
                .hasStatus(200);
        String contacts = questions().stream()
                .filter(question -> question.contains("Contacts by facility"))
                .findFirst()
                .orElseThrow();

        List<Map<String, Object>> rows = ReadersIT.memberOf(ReaderView.ANALYST_ROLE)
                .sql("select count from (" + contacts + ") asked where owner_facility = ?")
                .param(facility)
                .query()
                .listOfRows();

        assertThat(rows).singleElement().satisfies(row -> assertThat(row).containsEntry("count", 2L));
    }

    private static Encounter aContact(String person) {
        Encounter contact = new Encounter();
        contact.setStatus(EncounterStatus.FINISHED);
        contact.setClass_(new Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "AMB", null));
        contact.setSubject(new Reference(person));
        return contact;
    }
}
