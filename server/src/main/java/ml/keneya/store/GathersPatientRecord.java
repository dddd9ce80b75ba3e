package ml.keneya.store;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDaoPatient;
import ca.uhn.fhir.jpa.api.dao.PatientEverythingParameters;
import ca.uhn.fhir.model.api.annotation.Description;
import ca.uhn.fhir.model.valueset.BundleTypeEnum;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.param.StringAndListParam;
import ca.uhn.fhir.rest.param.StringOrListParam;
import ca.uhn.fhir.rest.param.StringParam;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import ml.keneya.fhir.FhirContribution;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.UnsignedIntType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * {@code Patient/[id]/$everything}. HAPI's own takes parameters that need a text index, and forgets {@code _since}, for
 * which see {@link LeavesOutOlderRecords}.
 */
@Component
class GathersPatientRecord implements FhirContribution {

    /**
     * Parameters of FHIR's definition that would be ignored; whoever sends one would take the answer for filtered. For
     * an offset HAPI answers with an empty page, which looks like the end.
     */
    private static final Set<String> NOT_SUPPORTED = Set.of("start", "end", "_offset");

    private final DaoRegistry records;
    private final LeavesOutOlderRecords leavesOutOlderRecords;

    GathersPatientRecord(DaoRegistry records, LeavesOutOlderRecords leavesOutOlderRecords) {
        this.records = records;
        this.leavesOutOlderRecords = leavesOutOlderRecords;
    }

    @Override
    public void contributeTo(RestfulServer server) {
        server.registerProvider(this);
        server.registerInterceptor(leavesOutOlderRecords);
    }

    @Operation(
            name = "$everything",
            typeName = "Patient",
            canonicalUrl = "http://hl7.org/fhir/OperationDefinition/Patient-everything",
            idempotent = true,
            bundleType = BundleTypeEnum.SEARCHSET)
    public IBundleProvider gather(
            @IdParam IdType id,
            @Description("Results per page") @OperationParam(name = "_count", typeName = "unsignedInt") @Nullable
                    IPrimitiveType<Integer> count,
            @Description("Only what changed after this instant") @OperationParam(name = "_since") @Nullable
                    InstantType since,
            @Description("Only these resource types")
                    @OperationParam(name = "_type", max = OperationParam.MAX_UNLIMITED)
                    @Nullable
                    List<CodeType> types,
            ServletRequestDetails request) {
        request.getParameters().keySet().stream()
                .filter(NOT_SUPPORTED::contains)
                .findFirst()
                .ifPresent(name -> {
                    throw new RefusedException(Refusal.of(RefusalCode.UNKNOWN_SEARCH_PARAMETER, name, ""));
                });
        IFhirResourceDaoPatient<Patient> patients =
                (IFhirResourceDaoPatient<Patient>) records.getResourceDao(Patient.class);
        // Answers 404 or 410 for who does not exist; the search would answer with an empty page.
        patients.read(id.toUnqualifiedVersionless(), request);
        if (since != null && since.hasValue()) {
            leavesOutOlderRecords.since(since, request);
        }
        PatientEverythingParameters parameters = new PatientEverythingParameters();
        parameters.setCount(count == null ? null : new UnsignedIntType(count.getValue()));
        parameters.setTypes(types == null ? null : asTokens(types));
        return patients.patientInstanceEverything(request.getServletRequest(), request, parameters, id);
    }

    private static @Nullable StringAndListParam asTokens(List<CodeType> types) {
        StringOrListParam any = new StringOrListParam();
        types.stream()
                .flatMap(type -> Arrays.stream(String.valueOf(type.getCode()).split(",")))
                .map(String::strip)
                .filter(type -> !type.isEmpty())
                .forEach(type -> any.addOr(new StringParam(type)));
        return any.getValuesAsQueryTokens().isEmpty() ? null : new StringAndListParam().addAnd(any);
    }
}
