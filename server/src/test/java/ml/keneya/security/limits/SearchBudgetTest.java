package ml.keneya.security.limits;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import ml.keneya.fhir.RefusedException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchBudgetTest {

    private final SearchBudget budget = new SearchBudget(new SearchLimitsSettings(2, 1, 4, 6, 3, 100));

    @ParameterizedTest
    @DisplayName("S1–S5: whatever is just within the limits passes")
    @ValueSource(
            strings = {
                "Observation/1",
                "Observation?subject.organization.name=x",
                "Patient?_has:Observation:patient:encounter.identifier=x",
                "Patient?a=1&a=2&b=3&c=4",
                "Patient?_id=1,2,3,4,5,6",
                "Patient?_id=1\\,2\\,3\\,4\\,5\\,6\\,7",
                "Patient?_revinclude=Observation:subject&_include=Patient:organization&_include:iterate=Location:partof",
                "Patient?_count=0",
                "Patient?_count=2147483647",
                "Patient?_offset=99&_count=10",
                "Patient?_getpages=x&_getpagesoffset=99&_count=10",
                "?_type=Patient&_place=0.99",
                "Patient?name:contains=*"
            })
    void passesWhatIsWithinTheLimits(String url) {
        assertThatCode(() -> budget.check(url)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @DisplayName("S1, S2, S3, S5: whatever is just beyond a limit is refused by that limit's code")
    @CsvSource(
            delimiter = '|',
            value = {
                "Observation?subject.organization.partof.name=x | ML-LIMITS-001",
                "Patient?_has:Observation:patient:subject.organization.partof.name=x | ML-LIMITS-001",
                "Observation?_sort=date,-subject.organization.partof.name | ML-LIMITS-001",
                "Patient?_has:Observation:patient:_has:Provenance:target:agent=x | ML-LIMITS-002",
                "Observation?subject._has:Group:member:_has:List:item:code=x | ML-LIMITS-002",
                "Patient?a=1&a=2&b=3&c=4&c=5 | ML-LIMITS-003",
                "Patient?_id=1,2,3,4,5,6,7 | ML-LIMITS-004",
                "Patient?_id=1,2,3,4&name=a,b,c | ML-LIMITS-004",
                "Patient?_include=a:b&_include=a:c&_revinclude=a:d&_revinclude:iterate=a:e | ML-LIMITS-005",
                "Patient?_include=* | ML-LIMITS-006",
                "Patient?_revinclude=* | ML-LIMITS-006",
                "Patient?_include:iterate=Patient:* | ML-LIMITS-006",
                "Patient?_revinclude=Observation:*:Patient | ML-LIMITS-006",
                "Patient?_offset=100&_count=10 | ML-LIMITS-007",
                "Patient?_offset=10 | ML-FHIR-041",
                "Patient?_getpages=x&_offset=10&_count=10 | ML-FHIR-040",
                "?_type=Patient&_place=0.100 | ML-LIMITS-007",
                "?_type=Patient&_place=x | ML-FHIR-040",
                "Patient?_getpagesoffset=1000000000000 | ML-LIMITS-007",
                "Patient?_getpages=x&_getpagesoffset=100&_count=1 | ML-LIMITS-007",
                "Patient?_count=abc | ML-FHIR-040",
                "Patient?_count=-1 | ML-FHIR-040",
                "Patient?_getpagesoffset=1e9 | ML-FHIR-040"
            })
    void refusesWhatIsBeyondALimit(String url, String code) {
        assertThatThrownBy(() -> budget.check(url))
                .isInstanceOf(RefusedException.class)
                .hasMessage(code);
    }

    @Test
    @DisplayName("I15: 100 000 ids are refused by their number")
    void i15_refusesEndlessLists() {
        String ids = String.join(",", Collections.nCopies(100_000, "a"));

        assertThatThrownBy(() -> budget.check("Patient?_id=" + ids)).hasMessage("ML-LIMITS-004");
    }
}
