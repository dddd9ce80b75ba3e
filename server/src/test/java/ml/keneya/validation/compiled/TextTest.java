package ml.keneya.validation.compiled;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {

    @ParameterizedTest
    @ValueSource(strings = {"Awa", "Kènèya", "a & b", "a  b", "a\nb", "« Awa » – l’école", "10 €", "N'Tji > 5"})
    void knowsPlainTexts(String text) {
        assertThat(Text.isPlain(text)).isTrue();
    }

    /** Empty, with space around it, HTML, control characters, and what nobody sees. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                " a",
                "a ",
                "a\n",
                "<b>",
                "a\u0001",
                "a\u007fb",
                "a\u00a0b",
                "a\u00adb",
                "a\u200bb",
                "a\u202eb",
                "a\ufeffb",
                "\uD83D\uDE00",
                "\uD800",
                "\u061c",
                "漢"
            })
    void leavesOtherTextsToTheOfficialValidator(String text) {
        assertThat(Text.isPlain(text)).isFalse();
    }

    @Test
    void leavesVeryLongTextsToIt() {
        assertThat(Text.isPlain("a".repeat(100_000))).isTrue();
        assertThat(Text.isPlain("a".repeat(100_001))).isFalse();
    }

    @Test
    void knowsCodes() {
        assertThat(Text.isCode("a-b c")).isTrue();
        assertThat(Text.isCode("a  b")).isFalse();
        assertThat(Text.isCode("a\tb")).isFalse();
        assertThat(Text.isCode("a\nb")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://keneya.ml/fhir/CodeSystem/x",
                "http://loinc.org",
                "urn:uuid:0d7c1b2e-1f6a-4b57-8f6f-2f0c5a6f9b10",
                "urn:oid:1.2.3.4.5.6",
                "urn:ietf:rfc:3986"
            })
    void knowsAddresses(String text) {
        assertThat(Text.isAddress(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "#x",
                "ftp://x",
                "http://",
                "http://x y",
                "http://é",
                "urn:uuid:1",
                "urn:uuid:0D7C1B2E-1F6A-4B57-8F6F-2F0C5A6F9B10",
                "urn:oid:1.2",
                "urn:oid:1.2.3.4.05.6",
                "urn:oid:x",
                "oid:1.2.3.4.5",
                "HTTP://x"
            })
    void leavesOtherAddressesToTheOfficialValidator(String text) {
        assertThat(Text.isAddress(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Patient/1",
                "Patient/a-b.c/_history/2",
                "https://example.org/fhir/Patient/1",
                "urn:uuid:0d7c1b2e-1f6a-4b57-8f6f-2f0c5a6f9b10"
            })
    void knowsReferences(String text) {
        assertThat(Text.isReference(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "#p",
                "Patient",
                "Patient/",
                "patient/1",
                "Patient/a b",
                "Patient?identifier=x",
                "Patient/1/2",
                "/Patient/1",
                "urn:uuid:1",
                "Patient/" + "a23456789a23456789a23456789a23456789a23456789a23456789a23456789a2345"
            })
    void leavesOtherReferencesToTheOfficialValidator(String text) {
        assertThat(Text.isReference(text)).isFalse();
    }

    @Test
    void knowsIdsAndNamesOfParts() {
        assertThat(Text.isId("a-1.B")).isTrue();
        assertThat(Text.isId("a".repeat(65))).isFalse();
        assertThat(Text.isId("a_b")).isFalse();
        assertThat(Text.isName("a_b")).isTrue();
        assertThat(Text.isName("1a")).isFalse();
    }

    @Test
    void knowsRequestsForAReport() {
        assertThat(Text.isRequest(
                        "Measure/ml-idsr-weekly/$evaluate-measure?periodStart=2026-11-09&subject=2015%7CML0103"))
                .isTrue();
        assertThat(Text.isRequest("Measure/x/$evaluate-measure")).isTrue();
        assertThat(Text.isRequest("Measure/x/$evaluate-measure?a b")).isFalse();
        assertThat(Text.isRequest("Measure/x/$evaluate-measure?a=%7")).isFalse();
        assertThat(Text.isRequest("Measure?x")).isFalse();
    }
}
