package ml.keneya.conformance.terminology;

import ca.uhn.fhir.rest.server.RestfulServer;
import ml.keneya.fhir.FhirContribution;
import org.springframework.stereotype.Component;

@Component
class TerminologyContribution implements FhirContribution {

    private final ExpandsValueSets expandsValueSets;
    private final ChecksCodes checksCodes;
    private final LooksUpCodes looksUpCodes;
    private final ComparesCodes comparesCodes;
    private final TranslatesCodes translatesCodes;
    private final AnswersMetadataModes answersMetadataModes;

    // Six collaborators, one for each thing that is offered.
    TerminologyContribution(
            ExpandsValueSets expandsValueSets,
            ChecksCodes checksCodes,
            LooksUpCodes looksUpCodes,
            ComparesCodes comparesCodes,
            TranslatesCodes translatesCodes,
            AnswersMetadataModes answersMetadataModes) {
        this.expandsValueSets = expandsValueSets;
        this.checksCodes = checksCodes;
        this.looksUpCodes = looksUpCodes;
        this.comparesCodes = comparesCodes;
        this.translatesCodes = translatesCodes;
        this.answersMetadataModes = answersMetadataModes;
    }

    @Override
    public void contributeTo(RestfulServer server) {
        server.registerProviders(expandsValueSets, checksCodes, looksUpCodes, comparesCodes, translatesCodes);
        server.registerInterceptor(answersMetadataModes);
    }
}
