package ml.keneya.load.generate.fhir;

/** Where records go one after the other. */
public interface Sink {
    /** Opens a record: an object with its type, and its id where records carry one. */
    FhirJson begin(RecordName name);

    /** Closes it. */
    void end();

    /** How other records refer to one. */
    String link(RecordName name);

    /**
     * A record by its type and UUID.
     *
     * @param search of a conditional create or update, {@code identifier=…}; empty for a plain create
     * @param update whether an existing record is brought up to date
     */
    record RecordName(String type, String uuid, String search, boolean update) {
        static RecordName of(String type, String uuid) {
            return new RecordName(type, uuid, "", false);
        }
    }
}
