package ml.keneya.views.definition;

import java.util.List;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.hl7.fhir.exceptions.FHIRException;
import org.hl7.fhir.r4.fhirpath.ExpressionNode.CollectionStatus;
import org.hl7.fhir.r4.fhirpath.FHIRPathEngine;
import org.hl7.fhir.r4.fhirpath.FHIRPathUtilityClasses.FunctionDetails;
import org.hl7.fhir.r4.fhirpath.IHostApplicationServices;
import org.hl7.fhir.r4.fhirpath.TypeDetails;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.utilities.fhirpath.FHIRPathConstantEvaluationMode;
import org.jspecify.annotations.Nullable;

/** What SQL on FHIR adds to FHIRPath: constants, {@code %rowIndex}, and the keys of records and references. */
final class ViewFunctions implements IHostApplicationServices {

    static final String ROW_INDEX = "rowIndex";
    static final String RESOURCE_KEY = "getResourceKey";
    static final String REFERENCE_KEY = "getReferenceKey";

    @Override
    public List<Base> resolveConstant(
            FHIRPathEngine engine, Object scope, String name, FHIRPathConstantEvaluationMode mode) {
        // The other modes ask whether a plain element name is a constant; it never is.
        if (mode != FHIRPathConstantEvaluationMode.EXPLICIT) {
            return List.of();
        }
        return List.of(constant((Scope) scope, name));
    }

    private static Base constant(Scope scope, String name) {
        if (ROW_INDEX.equals(name)) {
            return new IntegerType(scope.rowIndex());
        }
        Base value = scope.constants().get(name);
        if (value == null) {
            throw new RefusedException(Refusal.of(RefusalCode.VIEW_CONSTANT, name));
        }
        return value;
    }

    @Override
    public @Nullable TypeDetails resolveConstantType(
            FHIRPathEngine engine, Object scope, String name, FHIRPathConstantEvaluationMode mode) {
        if (mode != FHIRPathConstantEvaluationMode.EXPLICIT) {
            return null;
        }
        String bare = name.startsWith("%") ? name.substring(1) : name;
        return new TypeDetails(
                CollectionStatus.SINGLETON, constant((Scope) scope, bare).fhirType());
    }

    @Override
    public boolean log(String argument, List<Base> focus) {
        return false;
    }

    @Override
    public @Nullable FunctionDetails resolveFunction(FHIRPathEngine engine, String name) {
        return switch (name) {
            case RESOURCE_KEY -> new FunctionDetails("key of the record", 0, 0);
            case REFERENCE_KEY -> new FunctionDetails("key of the record that is referred to", 0, 1);
            default -> null;
        };
    }

    @Override
    public TypeDetails checkFunction(
            FHIRPathEngine engine, Object scope, String name, TypeDetails focus, List<TypeDetails> parameters) {
        return new TypeDetails(CollectionStatus.SINGLETON, TypeDetails.FP_String);
    }

    @Override
    public List<Base> executeFunction(
            FHIRPathEngine engine, Object scope, List<Base> focus, String name, List<List<Base>> parameters) {
        if (RESOURCE_KEY.equals(name)) {
            return Keys.ofResources(focus);
        }
        String type = parameters.isEmpty() ? null : parameters.get(0).get(0).primitiveValue();
        return Keys.ofReferences(focus, type == null ? null : type.substring(type.lastIndexOf('.') + 1));
    }

    @Override
    public @Nullable Base resolveReference(FHIRPathEngine engine, Object scope, String url, Base context) {
        // Views do not join; nothing is looked up while a record is turned into rows.
        return null;
    }

    @Override
    public boolean conformsToProfile(FHIRPathEngine engine, Object scope, Base item, String url) {
        throw new FHIRException("conformsTo is not available in views");
    }

    @Override
    public ValueSet resolveValueSet(FHIRPathEngine engine, Object scope, String url) {
        throw new FHIRException("memberOf is not available in views");
    }

    @Override
    public boolean paramIsType(String name, int index) {
        return REFERENCE_KEY.equals(name);
    }
}
