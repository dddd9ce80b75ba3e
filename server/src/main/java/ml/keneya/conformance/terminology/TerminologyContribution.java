package ml.keneya.conformance.terminology;

import ca.uhn.fhir.rest.server.RestfulServer;
import ml.keneya.fhir.FhirContribution;
import org.springframework.stereotype.Component;

@Component
class TerminologyContribution implements FhirContribution {

    private final ExpandsValueSets expandsValueSets;
    private final ChecksCodes checksCodes;
    private final LooksUpCodes looksUpCodes;
    private final TranslatesCodes translatesCodes;
    private final AnswersMetadataModes answersMetadataModes;

    // Five collaborators, one for each thing that is offered.
    TerminologyContribution(
            ExpandsValueSets expandsValueSets,
            ChecksCodes checksCodes,
            LooksUpCodes looksUpCodes,
            TranslatesCodes translatesCodes,
            AnswersMetadataModes answersMetadataModes) {
        this.expandsValueSets = expandsValueSets;
        this.checksCodes = checksCodes;
        this.looksUpCodes = looksUpCodes;
        this.translatesCodes = translatesCodes;
        this.answersMetadataModes = answersMetadataModes;
    }

    @Override
    public void contributeTo(RestfulServer server) {
        server.registerProviders(expandsValueSets, checksCodes, looksUpCodes, translatesCodes);
        server.registerInterceptor(answersMetadataModes);
    }
}
