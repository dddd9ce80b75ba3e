package ml.keneya.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.FhirVersionEnum;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.IParserErrorHandler;
import ca.uhn.fhir.parser.JsonParser;
import ca.uhn.fhir.parser.LenientErrorHandler;
import ca.uhn.fhir.parser.json.JsonLikeStructure;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.io.Reader;
import org.hl7.fhir.exceptions.FHIRFormatError;
import org.hl7.fhir.instance.model.api.IBaseResource;

/** FHIR R4, with JSON numbers read to the precision they were written with. */
class ExactFhirContext extends FhirContext {

    private IParserErrorHandler errors = new LenientErrorHandler();

    ExactFhirContext() {
        super(FhirVersionEnum.R4);
    }

    @Override
    public FhirContext setParserErrorHandler(IParserErrorHandler handler) {
        errors = handler;
        return super.setParserErrorHandler(handler);
    }

    @Override
    public IParser newJsonParser() {
        return new ExactJsonParser(this, errors);
    }

    private static final class ExactJsonParser extends JsonParser {

        ExactJsonParser(FhirContext context, IParserErrorHandler errors) {
            super(context, errors);
        }

        @Override
        public <T extends IBaseResource> T doParseResource(Class<T> type, Reader reader) {
            JsonLikeStructure structure = new ExactNumbers();
            structure.load(reader);
            try {
                return doParseResource(type, structure);
            } catch (DataFormatException | BaseServerResponseException told) {
                throw told;
            } catch (RuntimeException unreadable) {
                // Of some narratives, such as one that begins with another element than div.
                throw new DataFormatException(wordsOf(unreadable), unreadable);
            }
        }

        /** HL7's library says what is wrong, in a failure that HAPI wraps; failures of Java's own say nothing. */
        private static String wordsOf(RuntimeException unreadable) {
            return unreadable.getCause() instanceof FHIRFormatError said ? String.valueOf(said.getMessage()) : "";
        }
    }
}
