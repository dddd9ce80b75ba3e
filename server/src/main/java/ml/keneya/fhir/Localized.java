package ml.keneya.fhir;

/** A text that is only put into words once the reader's language is known. */
@FunctionalInterface
public interface Localized {

    String in(Language language);
}
