package ml.keneya.surveillance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ml.keneya.conformance.Canonicals;
import ml.keneya.conformance.ConformancePackages;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.MetadataResource;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Copies the administrative divisions of the terminology into tables, once for each content. What a new content lacks
 * is taken out: a cercle that kept the region of before beside its own would be counted in both.
 */
@Component
class FillsPlaces implements ApplicationRunner {

    private static final String NAME = "places";

    private final ConformancePackages packages;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    FillsPlaces(ConformancePackages packages, JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.packages = packages;
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public void run(ApplicationArguments arguments) {
        // All at once: who counts meanwhile sees the divisions of before, whole.
        transaction.executeWithoutResult(status -> {
            jdbc.sql("select pg_advisory_xact_lock(hashtext('keneya.place'))").query(row -> {});
            fillUnlessFilled(packages.terminology().digest());
        });
    }

    private void fillUnlessFilled(String digest) {
        List<String> installed = jdbc.sql("select digest from keneya.surveillance_content where name = :name")
                .param("name", NAME)
                .query(String.class)
                .list();
        if (installed.contains(digest)) {
            return;
        }
        fill(Place.BEFORE_REFORM);
        fill(Place.AFTER_REFORM);
        fillMap();
        jdbc.sql("""
                        insert into keneya.surveillance_content (name, digest) values (:name, :digest)
                        on conflict (name) do update set digest = :digest, installed_at = now()
                        """).param("name", NAME).param("digest", digest).update();
    }

    private void fill(String division) {
        Lines lines = new Lines(division, new ArrayList<>(), new ArrayList<>());
        resource("CodeSystem/ml-administrative-division-" + division, CodeSystem.class)
                .getConcept()
                .forEach(concept -> lines.add(concept, List.of()));
        jdbc.sql("delete from keneya.place_line where division = :division")
                .param("division", division)
                .update();
        jdbc.sql("delete from keneya.place where division = :division")
                .param("division", division)
                .update();
        jdbc.sql("""
                        insert into keneya.place (division, code, name, level)
                        select given[1], given[2], given[3], given[4] from (
                            select string_to_array(line, chr(9)) as given from unnest(:lines) as line) as split
                        """).param("lines", lines.places().toArray(String[]::new)).update();
        jdbc.sql("""
                        insert into keneya.place_line (division, code, above, level)
                        select given[1], given[2], given[3], given[4] from (
                            select string_to_array(line, chr(9)) as given from unnest(:lines) as line) as split
                        """).param("lines", lines.lines().toArray(String[]::new)).update();
    }

    /** The cercle where it is known, else the region. */
    private void fillMap() {
        Map<String, String> now = new TreeMap<>();
        for (String map : List.of("ml-commune-2015-to-region-2023", "ml-commune-2015-to-cercle-2023")) {
            resource("ConceptMap/" + map, ConceptMap.class).getGroup().stream()
                    .flatMap(group -> group.getElement().stream())
                    .filter(element -> element.getTargetFirstRep().hasCode())
                    .forEach(element -> now.put(
                            element.getCode(), element.getTargetFirstRep().getCode()));
        }
        jdbc.sql("delete from keneya.place_now").update();
        jdbc.sql("""
                        insert into keneya.place_now (code_2015, code_2023)
                        select * from unnest(:former, :present) as given (former, present)
                        """)
                .param("former", now.keySet().toArray(String[]::new))
                .param("present", now.values().toArray(String[]::new))
                .update();
    }

    private <T extends MetadataResource> T resource(String path, Class<T> type) {
        String url = Canonicals.BASE + "/" + path;
        return packages.terminology().resources().stream()
                .filter(each -> url.equals(each.getUrl()))
                .map(type::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The terminology lacks " + url));
    }

    private record Above(String code, String level) {}

    /** Rows to insert, their columns apart by tabulators. */
    private record Lines(String division, List<String> places, List<String> lines) {

        void add(ConceptDefinitionComponent concept, List<Above> above) {
            String level = concept.getProperty().stream()
                    .filter(property -> property.getCode().equals("level"))
                    .map(property -> property.getValue().primitiveValue())
                    .findFirst()
                    .orElse("");
            places.add(String.join("\t", division, concept.getCode(), concept.getDisplay(), level));
            List<Above> line = new ArrayList<>(above);
            line.add(new Above(concept.getCode(), level));
            line.forEach(each -> lines.add(String.join("\t", division, concept.getCode(), each.code(), each.level())));
            concept.getConcept().forEach(below -> add(below, line));
        }
    }
}
