package ml.keneya.validation;

import ca.uhn.fhir.parser.LenientErrorHandler;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.util.ResourceUtil;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import ml.keneya.conformance.Canonicals;
import ml.keneya.conformance.MaliOnTheClassPath;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Language;
import ml.keneya.validation.compiled.CompiledValidator;
import ml.keneya.validation.plausibility.Plausibility;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.jspecify.annotations.Nullable;

/** The exchange's validation as the server wires it, for tests that need no server. */
public record ValidationOnTheClassPath(
        MaliOnTheClassPath mali,
        ValidatorMessages messages,
        MaliInstanceValidator validator,
        CompiledValidator compiled,
        OfficialValidation official,
        RecordValidation records,
        Judge judge) {

    /** Loading takes seconds, so that all tests of a run share one. */
    private static final class Shared {
        static final ValidationOnTheClassPath VALIDATION = ValidationOnTheClassPath.make();
    }

    public static ValidationOnTheClassPath load() {
        return Shared.VALIDATION;
    }

    private static ValidationOnTheClassPath make() {
        MaliOnTheClassPath mali =
                MaliOnTheClassPath.load(profiles -> new BilingualWorkerContext(new ValidatorMessages(profiles)));
        ValidatorMessages messages = new ValidatorMessages(mali.profiles());
        ValidationSettings settings = settings(Duration.ofMinutes(1));
        MaliInstanceValidator validator =
                new MaliInstanceValidator(mali.support(), mali.workerContext(), mali.profiles(), settings);
        OfficialValidation official = new OfficialValidation(
                mali.context(),
                validator,
                new DescribesFindings(messages, new AllowedCodes(mali.support()), mali.profiles()));
        CompiledValidator compiled =
                new CompilesValidation().compiledValidator(mali.context(), mali.workerContext(), mali.profiles());
        Plausibility plausibility = Plausibility.asDelivered(mali.packages(), (ids, caller) -> Map.of());
        RecordValidation records = new RecordValidation(
                compiled,
                official,
                new RechecksAccepts(official, settings),
                new TellsDoubts(plausibility, messages, mali.profiles()),
                settings);
        return new ValidationOnTheClassPath(
                mali,
                messages,
                validator,
                compiled,
                official,
                records,
                new Judge(records, bundle -> List.of(), mali.support()));
    }

    static ValidationSettings settings(Duration timeLimit) {
        return new ValidationSettings(ValidationSettings.Policy.ENFORCE, Map.of(), true, timeLimit, 0);
    }

    /** @param profile the id of one of Mali's that it must meet besides those that always apply */
    OperationOutcome judge(String json, @Nullable String profile, Language language) {
        IBaseResource resource = mali.context()
                .newJsonParser()
                .setParserErrorHandler(new LenientErrorHandler(false).disableAllErrors())
                .parseResource(json);
        ResourceUtil.addRawDataToResource(resource, EncodingEnum.JSON, json);
        String canonical = profile == null ? null : Canonicals.BASE + "/StructureDefinition/" + profile;
        return judge.judge(resource, canonical, List.of(), language, Caller.system());
    }
}
