package ml.keneya.validation.plausibility;

import java.util.Map;
import java.util.Set;
import ml.keneya.fhir.Caller;

/** Knows the people whom a delivery names and does not carry; whoever keeps the record answers. */
@FunctionalInterface
public interface PeopleOnRecord {

    /**
     * Those of the people whom the caller may see, by id, found with one query: a doubt must not tell a site how old
     * somebody is whom it does not treat.
     */
    Map<String, Person> among(Set<String> ids, Caller caller);
}
