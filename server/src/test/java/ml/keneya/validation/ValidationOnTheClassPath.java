package ml.keneya.validation;

import java.util.List;
import java.util.Map;
import ml.keneya.conformance.MaliOnTheClassPath;
import ml.keneya.fhir.Language;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.OperationOutcome;

/** The exchange's validation as the server wires it, for tests that need no server. */
record ValidationOnTheClassPath(
        MaliOnTheClassPath mali,
        ValidatorMessages messages,
        MaliInstanceValidator validator,
        RecordValidation records,
        Judge judge) {

    static ValidationOnTheClassPath load() {
        MaliOnTheClassPath mali =
                MaliOnTheClassPath.load(profiles -> new BilingualWorkerContext(new ValidatorMessages(profiles)));
        ValidatorMessages messages = new ValidatorMessages(mali.profiles());
        MaliInstanceValidator validator =
                new MaliInstanceValidator(mali.support(), mali.workerContext(), mali.profiles());
        RecordValidation records = new RecordValidation(
                mali.context(),
                validator,
                new ValidationSettings(ValidationSettings.Policy.ENFORCE, Map.of()),
                messages);
        return new ValidationOnTheClassPath(
                mali, messages, validator, records, new Judge(records, bundle -> List.of(), mali.support()));
    }

    OperationOutcome judge(String json, Language language) {
        IBaseResource resource = mali.context().newJsonParser().parseResource(json);
        return judge.judge(resource, null, List.of(), language);
    }
}
