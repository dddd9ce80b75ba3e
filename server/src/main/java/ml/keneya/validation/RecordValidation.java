package ml.keneya.validation;

import ca.uhn.fhir.validation.ValidationOptions;
import ml.keneya.fhir.Caller;
import ml.keneya.validation.ValidationSettings.Policy;
import ml.keneya.validation.compiled.CompiledValidator;
import ml.keneya.validation.compiled.Opinion;
import ml.keneya.validation.plausibility.People;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/** Checks one record against the base specification and Mali's profiles, as the policy for its type asks. */
@Component
public class RecordValidation {

    private static final String VALIDATED = RecordValidation.class.getName();

    private final CompiledValidator compiled;
    private final OfficialValidation official;
    private final RechecksAccepts rechecks;
    private final TellsDoubts doubts;
    private final ValidationSettings settings;
    private final JudgedRecords judged = new JudgedRecords();

    RecordValidation(
            CompiledValidator compiled,
            OfficialValidation official,
            RechecksAccepts rechecks,
            TellsDoubts doubts,
            ValidationSettings settings) {
        this.compiled = compiled;
        this.official = official;
        this.rechecks = rechecks;
        this.doubts = doubts;
        this.settings = settings;
    }

    /**
     * The people whom the records of a delivery are about; to be asked for once, before its references are replaced by
     * addresses.
     */
    public People peopleOf(Bundle delivery, Caller caller) {
        return doubts.plausibility().peopleOf(delivery, caller);
    }

    /** The person of a record that comes alone. */
    public People personOf(IBaseResource alone, Caller caller) {
        return doubts.plausibility().personOf((Resource) alone, caller);
    }

    /**
     * Checks a record and remembers that it was checked, so that storage does not do it again (decision 19).
     *
     * @param path where the record stands in what was sent, for example {@code Bundle.entry[3].resource}; the name of
     *     its type when it stands alone
     * @param people of the delivery that it came in
     */
    public Verdict check(IBaseResource resource, String path, People people) {
        Policy policy = settings.policyFor(resource.fhirType());
        markChecked(resource);
        if (policy == Policy.OFF) {
            return Verdict.nothingToSay();
        }
        Verdict verdict = judge(resource, path, people, new ValidationOptions());
        return policy == Policy.REPORT ? verdict.onlyReported() : verdict;
    }

    /** The verdict whatever the policy: who asks for one wants to know. */
    Verdict judge(IBaseResource resource, String path, People people, ValidationOptions options) {
        return conforming(resource, path, options).with(doubts.about(resource, path, people));
    }

    /** The verdict of the profiles alone. */
    private Verdict conforming(IBaseResource resource, String path, ValidationOptions options) {
        if (settings.compiled()
                && options.getProfiles().isEmpty()
                && resource instanceof Resource record
                && compiled.of(record) == Opinion.ACCEPT) {
            rechecks.consider(record);
            judged.byCompiled(resource.fhirType());
            return Verdict.nothingToSay();
        }
        judged.byOfficial(resource.fhirType());
        return official.judge(resource, path, options);
    }

    public JudgedRecords judged() {
        return judged;
    }

    /** For content that is trusted or was checked as part of something larger; copies of a resource lose the mark. */
    public static void markChecked(IBaseResource resource) {
        ((Base) resource).setUserData(VALIDATED, Boolean.TRUE);
    }

    public static boolean isChecked(IBaseResource resource) {
        return Boolean.TRUE.equals(((Base) resource).getUserData(VALIDATED));
    }
}
