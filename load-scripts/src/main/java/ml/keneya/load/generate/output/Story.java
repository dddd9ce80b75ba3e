package ml.keneya.load.generate.output;

import java.util.List;
import ml.keneya.load.generate.care.Visit;
import ml.keneya.load.generate.fhir.VisitFault;
import ml.keneya.load.generate.fhir.Written;
import ml.keneya.load.generate.people.Household;

/**
 * A household, how its members were written down, and what happened to them.
 *
 * @param written for each member its records, the right one first
 */
record Story(Household household, List<List<Written>> written, List<Told> visits) {
    Story {
        written = List.copyOf(written);
        visits = List.copyOf(visits);
    }

    /**
     * A visit as it was written down.
     *
     * @param number of the visit among those of its patient
     */
    record Told(Written written, Visit visit, int number, VisitFault fault) {}
}
