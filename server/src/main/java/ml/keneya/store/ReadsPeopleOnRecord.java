package ml.keneya.store;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Caller.Role;
import ml.keneya.validation.plausibility.PeopleOnRecord;
import ml.keneya.validation.plausibility.Person;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells validation the sex and the birth date of people whom the caller treats, and of nobody else (decision 14). */
@Component
class ReadsPeopleOnRecord implements PeopleOnRecord {

    private final JdbcClient jdbc;

    ReadsPeopleOnRecord(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Map<String, Person> among(Set<String> ids, Caller caller) {
        boolean ofAll = caller.role().isUnrestricted();
        boolean ofFacility = caller.role() == Role.SITE && caller.facility() != null;
        Map<String, Person> people = new HashMap<>();
        if (ids.isEmpty() || (!ofAll && !ofFacility)) {
            return people;
        }
        jdbc.sql("""
                        select record.fhir_id, person.text ->> 'gender' as sex, person.text ->> 'birthDate' as born,
                               jsonb_path_query_first(
                                   person.text,
                                   '$._birthDate.extension[*] ? (@.url == $url).valueCode',
                                   jsonb_build_object('url', cast(:precision as text))) #>> '{}' as precision
                        from hfj_resource record
                        join hfj_res_ver version
                          on version.res_id = record.res_id and version.res_ver = record.res_ver
                        cross join lateral (select version.res_text_vc::jsonb as text) person
                        where record.res_type = 'Patient' and record.fhir_id = any(:ids)
                          and record.res_deleted_at is null
                          and (:all or exists (
                              select from keneya.treatment
                              where treatment.patient_id = record.fhir_id and treatment.facility = :facility))
                        """)
                .param("precision", Person.PRECISION)
                .param("ids", ids.toArray(String[]::new))
                .param("all", ofAll)
                .param("facility", caller.facility() == null ? "" : caller.facility())
                .query((row, number) -> people.put(
                        row.getString("fhir_id"),
                        Person.of(row.getString("sex"), row.getString("born"), row.getString("precision"))))
                .list();
        return people;
    }
}
