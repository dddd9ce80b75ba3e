package ml.keneya.validation.compiled;

import org.hl7.fhir.r4.model.IdType;

/** The id of a record, which is not written where it stands for the address of an entry. */
enum RecordIdRule implements Rule {
    RULE;

    @Override
    public Opinion of(Place place) {
        if (!(place.element() instanceof IdType id) || id.hasExtension()) {
            return Opinion.UNSURE;
        }
        String value = id.getValue();
        return Opinion.sureIf(
                value == null || value.startsWith("urn:uuid:") || (id.hasIdPart() && Text.isId(id.getIdPart())));
    }
}
