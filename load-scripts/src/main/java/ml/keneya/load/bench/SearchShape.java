package ml.keneya.load.bench;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** The searches that a site, an agency and its machines ask most. */
enum SearchShape {
    /** A site finds its patient by record number. */
    PATIENT_IDENTIFIER {
        @Override
        String query(Draws draws, Posted posted) {
            return "Patient?identifier=" + posted.patient(draws);
        }
    },
    /** A site looks for a person without papers. */
    PATIENT_FAMILY_BIRTHDATE {
        @Override
        String query(Draws draws, Posted posted) {
            Visit visit = posted.visit(draws);
            return "Patient?family=" + encoded(visit.family()) + "&birthdate=" + visit.born();
        }
    },
    /** The vaccination card of one child. */
    IMMUNIZATION_PATIENT {
        @Override
        String query(Draws draws, Posted posted) {
            return "Immunization?patient=Patient/" + posted.kept().drawn("Patient", draws);
        }
    },
    /** A month of one site, 50 a page. */
    ENCOUNTER_DATE_LOCATION {
        @Override
        String query(Draws draws, Posted posted) {
            int day = draws.below(Visit.DAYS - 30);
            return "Encounter?date=ge" + Visit.day(day) + "&date=lt" + Visit.day(day + 30) + "&location=Location/"
                    + Facility.number(draws.below(Facility.COUNT)).code() + "&_count=50";
        }
    },
    /** A week of one diagnosis, 50 a page. */
    CONDITION_CODE_DATE {
        @Override
        String query(Draws draws, Posted posted) {
            int day = draws.below(Visit.DAYS - 7);
            String code = draws.from(Visit.DIAGNOSES).code();
            return "Condition?code=" + encoded("http://hl7.org/fhir/sid/icd-10|" + code) + "&recorded-date=ge"
                    + Visit.day(day) + "&recorded-date=lt" + Visit.day(day + 7) + "&_count=50";
        }
    },
    /** The visits of a person known by record number, in one request. */
    ENCOUNTER_CHAINED {
        @Override
        String query(Draws draws, Posted posted) {
            return "Encounter?subject:Patient.identifier=" + posted.patient(draws);
        }
    },
    /** The person of a visit known by its number. */
    PATIENT_HAS {
        @Override
        String query(Draws draws, Posted posted) {
            Visit visit = posted.visit(draws);
            return "Patient?_has:Encounter:subject:identifier=" + encoded(visit.visitSystem() + "|" + visit.number());
        }
    },
    /** The visits of a person with everything they name. */
    ENCOUNTER_INCLUDE {
        @Override
        String query(Draws draws, Posted posted) {
            return "Encounter?subject=Patient/" + posted.kept().drawn("Patient", draws)
                    + "&_include=Encounter:subject&_include=Encounter:location&_include=Encounter:service-provider";
        }
    },
    /** A machine polls for what is new, 50 a page. */
    LAST_UPDATED {
        @Override
        String query(Draws draws, Posted posted) {
            long window =
                    Math.max(1, Duration.between(posted.from(), posted.to()).toSeconds());
            Instant since = posted.from().plusSeconds(draws.below((int) Math.min(window, Integer.MAX_VALUE)));
            return "Immunization?_lastUpdated=ge" + since + "&_sort=_lastUpdated&_count=50";
        }
    };

    /**
     * What a server has been given.
     *
     * @param count how many bundles, beginning with number {@code first}
     */
    record Posted(int first, int count, KeptIds kept, Instant from, Instant to) {
        Visit visit(Draws draws) {
            return Visit.number(first + draws.below(count));
        }

        String patient(Draws draws) {
            Visit visit = visit(draws);
            return encoded(visit.patientSystem() + "|" + visit.number());
        }
    }

    /** The search with a value drawn, relative to the base. */
    abstract String query(Draws draws, Posted posted);

    /** How it is called on the command line and in results: {@code patient-identifier}. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
