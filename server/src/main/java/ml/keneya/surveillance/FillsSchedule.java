package ml.keneya.surveillance;

import java.util.List;
import java.util.Map;
import ml.keneya.conformance.Canonicals;
import ml.keneya.conformance.ConformancePackages;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Copies the vaccination schedule of the terminology into a table at the start: doses that are national, that a source
 * states, and that are due in the first two years. A dose at birth that is not of a series (number 0) is left out,
 * because it cannot be made up for.
 */
@Component
class FillsSchedule implements ApplicationRunner {

    private static final String DOSES = Canonicals.BASE + "/CodeSystem/ml-vaccine-dose";
    private static final Map<String, String> UNITS = Map.of("d", "days", "wk", "weeks", "mo", "months");

    private final ConformancePackages packages;
    private final JdbcClient jdbc;

    FillsSchedule(ConformancePackages packages, JdbcClient jdbc) {
        this.packages = packages;
        this.jdbc = jdbc;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        List<String> rows = packages.terminology().resources().stream()
                .filter(each -> DOSES.equals(each.getUrl()))
                .flatMap(each -> ((CodeSystem) each).getConcept().stream())
                .filter(FillsSchedule::isForEveryChild)
                .map(dose -> String.join(
                        "\t",
                        dose.getCode(),
                        String.valueOf(text(dose, "vaccine")),
                        String.valueOf(text(dose, "dose-number")),
                        text(dose, "recommended-age-value") + " " + UNITS.get(text(dose, "recommended-age-unit"))))
                .toList();
        // One statement, so that nobody reads half a schedule; two servers that start at once write the same.
        jdbc.sql("""
                        with given as (
                            select string_to_array(line, chr(9)) as cells from unnest(:rows) as line),
                        gone as (
                            delete from keneya.vaccine_schedule
                            where code not in (select cells[1] from given))
                        insert into keneya.vaccine_schedule (code, vaccine, dose_number, due_age)
                        select cells[1], cells[2], cells[3]::int, cells[4]::interval from given
                        on conflict (code) do update set vaccine = excluded.vaccine,
                            dose_number = excluded.dose_number, due_age = excluded.due_age
                        """).param("rows", rows.toArray(String[]::new)).update();
    }

    private static boolean isForEveryChild(ConceptDefinitionComponent dose) {
        return "national".equals(text(dose, "scope"))
                && "true".equals(text(dose, "certain"))
                && !"0".equals(text(dose, "dose-number"))
                && UNITS.containsKey(String.valueOf(text(dose, "recommended-age-unit")))
                && text(dose, "vaccine") != null;
    }

    private static @Nullable String text(ConceptDefinitionComponent dose, String property) {
        Type value = dose.getProperty().stream()
                .filter(each -> each.getCode().equals(property))
                .map(each -> each.getValue())
                .findFirst()
                .orElse(null);
        if (value instanceof Coding coding) {
            return coding.getCode();
        }
        return value == null ? null : value.primitiveValue();
    }
}
