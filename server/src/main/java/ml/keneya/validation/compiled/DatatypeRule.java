package ml.keneya.validation.compiled;

import java.util.Set;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;

/** What the official validator asks of some types beyond their definitions. */
sealed interface DatatypeRule extends Rule {

    /** Where the system of an identifier begins. */
    enum OfIdentifier implements DatatypeRule {
        RULE;

        @Override
        public Opinion of(Place place) {
            if (!(place.element() instanceof Identifier identifier) || !identifier.hasSystem()) {
                return Opinion.ACCEPT;
            }
            String system = identifier.getSystem();
            if (!system.startsWith("http:") && !system.startsWith("https:") && !system.startsWith("urn:")) {
                return Opinion.REFUSE;
            }
            return switch (system) {
                case "urn:ietf:rfc:3986" ->
                    Opinion.sureIf(!identifier.hasValue() || Text.isUuidOrOid(identifier.getValue()));
                case "https://tools.ietf.org/html/rfc4122" -> Opinion.UNSURE;
                default -> Opinion.ACCEPT;
            };
        }
    }

    /** An attachment without its content says at least what it is; size and hash would have to be compared. */
    enum OfAttachment implements DatatypeRule {
        RULE;

        @Override
        public Opinion of(Place place) {
            if (!(place.element() instanceof Attachment attachment)) {
                return Opinion.ACCEPT;
            }
            return Opinion.sureIf(!attachment.hasSize()
                    && !attachment.hasHash()
                    && (attachment.hasContentType() || attachment.hasUrl() || attachment.hasData()));
        }
    }

    /**
     * References out of the record: whether their target exists is asked where it is stored.
     *
     * @param targets types that may be referred to; empty for any
     */
    record OfReference(Set<String> targets) implements DatatypeRule {

        public OfReference {
            targets = Set.copyOf(targets);
        }

        @Override
        public Opinion of(Place place) {
            return place.element() instanceof Reference reference ? of(reference) : Opinion.ACCEPT;
        }

        private Opinion of(Reference reference) {
            // The model's short way would make an empty element, or look at what is referred to.
            String address = reference.hasReferenceElement()
                    ? reference.getReferenceElement_().getValue()
                    : null;
            if (address == null) {
                return Opinion.sureIf(reference.getResource() == null && saysWho(reference) && !reference.hasType());
            }
            return Opinion.sureIf(
                    Text.isReference(address) && (!reference.hasType() || hasTheType(reference.getType(), address)));
        }

        private static boolean saysWho(Reference reference) {
            // An element with an extension alone is there and says nothing.
            return reference.getDisplay() != null
                    || (reference.hasIdentifier()
                            && (reference.getIdentifier().getSystem() != null
                                    || reference.getIdentifier().getValue() != null));
        }

        private boolean hasTheType(String type, String address) {
            boolean mayBe = targets.isEmpty() || targets.contains(type) || targets.contains("Resource");
            return mayBe && (address.startsWith("urn:uuid:") || address.startsWith(type + "/"));
        }
    }
}
