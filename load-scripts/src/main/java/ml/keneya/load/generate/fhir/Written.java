package ml.keneya.load.generate.fhir;

import ml.keneya.load.generate.people.Household;
import ml.keneya.load.generate.people.Person;

/**
 * A person as a site wrote it down, which need not be as it is.
 *
 * @param uuid of the Patient
 * @param number the record number at the CSCom
 */
public record Written(
        Household household,
        Person person,
        String uuid,
        String number,
        String family,
        String given,
        boolean withPhone,
        boolean withAddress,
        boolean withPapers) {
    public Sink.RecordName name() {
        return name(false);
    }

    /** @param update whether the record is to be brought up to date */
    Sink.RecordName name(boolean update) {
        String search = "identifier=" + Systems.records(household.home().code()) + "|" + number;
        return new Sink.RecordName("Patient", uuid, search, update);
    }
}
