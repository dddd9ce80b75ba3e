package ml.keneya.validation;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import ml.keneya.fhir.Language;
import org.hl7.fhir.common.hapi.validation.validator.WorkerContextValidationSupportAdapter;
import org.hl7.fhir.r5.model.CodeSystem;
import org.hl7.fhir.r5.model.Coding;
import org.hl7.fhir.r5.model.Resource;
import org.hl7.fhir.r5.model.StructureDefinition;
import org.hl7.fhir.r5.model.ValueSet;
import org.hl7.fhir.r5.terminologies.utilities.ValidationResult;
import org.hl7.fhir.utilities.validation.ValidationOptions;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Primary;
import org.springframework.stereotype.Component;

/**
 * What the validator knows, told in the language of the request that the thread works for. HAPI's own context takes one
 * language from the FhirContext for good, and a validator for each language would hold every definition twice.
 *
 * <p>It asks for the same few definitions for every element of every record. They come from the class path and never
 * change (decision 23), so what was found once is remembered; what was not found may be a sender's invention and is
 * not.
 */
@Component
@Primary
class BilingualWorkerContext extends WorkerContextValidationSupportAdapter {

    private final ValidatorMessages messages;
    private final Map<Address, Resource> found = new ConcurrentHashMap<>();
    private final Map<String, CodeSystem> codeSystems = new ConcurrentHashMap<>();
    private final Map<String, List<StructureDefinition>> types = new ConcurrentHashMap<>();

    BilingualWorkerContext(ValidatorMessages messages) {
        this.messages = messages;
    }

    @Override
    public String formatMessage(String key, Object... arguments) {
        TimeLimit.check();
        return messages.say(Language.current(), key, arguments);
    }

    @Override
    public String formatMessagePlural(Integer number, String key, Object... arguments) {
        TimeLimit.check();
        return messages.sayOfSeveral(Language.current(), number, key, arguments);
    }

    @Override
    public <T extends Resource> @Nullable T fetchResource(Class<T> type, @Nullable String canonical) {
        TimeLimit.check();
        if (canonical == null) {
            return super.fetchResource(type, canonical);
        }
        Address address = new Address(type, canonical);
        Resource known = found.get(address);
        if (known == null) {
            known = super.fetchResource(type, canonical);
            if (known != null) {
                found.put(address, known);
            }
        }
        return type.cast(known);
    }

    /** HAPI copies the code system into the validator's model whenever it is asked. */
    @Override
    public @Nullable CodeSystem fetchCodeSystem(@Nullable String system) {
        TimeLimit.check();
        if (system == null) {
            return super.fetchCodeSystem(system);
        }
        CodeSystem known = codeSystems.get(system);
        if (known == null) {
            known = super.fetchCodeSystem(system);
            if (known != null) {
                codeSystems.put(system, known);
            }
        }
        return known;
    }

    @Override
    public @Nullable CodeSystem fetchCodeSystem(
            @Nullable String system, @Nullable String version, @Nullable Resource referring) {
        return fetchCodeSystem(version == null || version.isBlank() ? system : system + "|" + version);
    }

    @Override
    public List<StructureDefinition> fetchTypeDefinitions(String type) {
        TimeLimit.check();
        List<StructureDefinition> known = types.get(type);
        if (known == null) {
            known = List.copyOf(super.fetchTypeDefinitions(type));
            if (!known.isEmpty()) {
                types.put(type, known);
            }
        }
        return known;
    }

    @Override
    public ValidationResult validateCode(ValidationOptions options, Coding coding, @Nullable ValueSet valueSet) {
        return UnknownCodes.remarkedOn(super.validateCode(options, coding, valueSet));
    }

    @Override
    public ValidationResult validateCode(ValidationOptions options, String code, @Nullable ValueSet valueSet) {
        return UnknownCodes.remarkedOn(super.validateCode(options, code, valueSet));
    }

    @Override
    public ValidationResult validateCode(
            ValidationOptions options, String system, @Nullable String version, String code, @Nullable String display) {
        return UnknownCodes.remarkedOn(super.validateCode(options, system, version, code, display));
    }

    @Override
    public boolean isPrimitiveType(String type) {
        TimeLimit.check();
        return super.isPrimitiveType(type);
    }

    private record Address(Class<?> type, String canonical) {}
}
