package ml.keneya.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.FhirVersionEnum;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.JsonParser;
import ca.uhn.fhir.parser.LenientErrorHandler;
import ca.uhn.fhir.parser.json.JsonLikeStructure;
import java.io.Reader;
import org.hl7.fhir.instance.model.api.IBaseResource;

/** FHIR R4, with JSON numbers read to the precision they were written with. */
class ExactFhirContext extends FhirContext {

    ExactFhirContext() {
        super(FhirVersionEnum.R4);
    }

    @Override
    public IParser newJsonParser() {
        return new ExactJsonParser(this);
    }

    private static final class ExactJsonParser extends JsonParser {

        ExactJsonParser(FhirContext context) {
            super(context, new LenientErrorHandler());
        }

        @Override
        public <T extends IBaseResource> T doParseResource(Class<T> type, Reader reader) {
            JsonLikeStructure structure = new ExactNumbers();
            structure.load(reader);
            return doParseResource(type, structure);
        }
    }
}
