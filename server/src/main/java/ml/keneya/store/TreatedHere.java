package ml.keneya.store;

import ca.uhn.fhir.rest.param.TokenParam;

/**
 * Stands among the ids of a search in Patient for all whom a facility treats; {@link FindsTreatedPeople} makes a
 * condition of it. No client can send one: it is told by its class, and as an id it would be none.
 */
class TreatedHere extends TokenParam {

    private static final long serialVersionUID = 1L;

    private final String facility;

    TreatedHere(String facility) {
        // Two facilities never share an answer, even where searches are told apart by their text.
        super(null, "*" + facility);
        this.facility = facility;
    }

    String facility() {
        return facility;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TreatedHere there && facility.equals(there.facility);
    }

    @Override
    public int hashCode() {
        return facility.hashCode();
    }
}
