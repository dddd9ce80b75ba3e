package ml.keneya.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.FhirVersionEnum;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.IParserErrorHandler;
import ca.uhn.fhir.parser.JsonParser;
import ca.uhn.fhir.parser.LenientErrorHandler;
import ca.uhn.fhir.parser.json.JsonLikeStructure;
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
            } catch (StringIndexOutOfBoundsException blank) {
                // HAPI looks for the first character of a narrative in which there is none but control characters.
                throw new DataFormatException("", blank);
            } catch (RuntimeException failed) {
                // HL7's library says what is wrong with a narrative, and HAPI wraps that in a failure of nothing.
                if (failed.getCause() instanceof FHIRFormatError said) {
                    throw new DataFormatException(said.getMessage(), failed);
                }
                throw failed;
            }
        }
    }
}
