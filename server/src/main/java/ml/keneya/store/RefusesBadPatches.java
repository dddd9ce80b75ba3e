package ml.keneya.store;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.i18n.Msg;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.interceptor.model.PrePatchDetails;
import ca.uhn.fhir.jpa.patch.FhirPatch;
import ca.uhn.fhir.jpa.patch.JsonPatchUtils;
import ca.uhn.fhir.jpa.patch.XmlPatchUtils;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.regex.Pattern;
import ml.keneya.fhir.Language;
import ml.keneya.fhir.Localized;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusalsOfHapi;
import ml.keneya.fhir.RefusedException;
import ml.keneya.fhir.StorageRule;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/**
 * Refuses a patch that cannot be read or applied, sent alone or inside a bundle. HAPI 8.8.0 fails on an empty one and
 * on JSON that is no patch, so the patch is tried on a copy first; patches are rare and small.
 */
@Interceptor
@Component
class RefusesBadPatches implements StorageRule {

    /** The library takes any other document for a patch that changes nothing. */
    private static final Pattern ROOT_OF_XML_PATCH = Pattern.compile("<(?:\\w+:)?diff[\\s>/]");

    /** How HAPI marks that the outcome of a JSON Patch is no resource. */
    private static final String RESULT_UNREADABLE = Msg.code(1271);

    private final FhirContext context;

    RefusesBadPatches(FhirContext context) {
        this.context = context;
    }

    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_PREPATCH)
    void tryOut(PrePatchDetails patch) {
        PatchLimits.check(
                patch,
                () -> context.newJsonParser()
                        .encodeResourceToString(patch.getResource())
                        .length());
        IBaseResource copy = ((Resource) patch.getResource()).copy();
        try {
            switch (patch.getPatchType()) {
                case JSON_PATCH -> JsonPatchUtils.apply(context, copy, patch.getPatchBody());
                case XML_PATCH -> {
                    if (!ROOT_OF_XML_PATCH.matcher(patch.getPatchBody()).find()) {
                        throw new InvalidRequestException("<diff>?");
                    }
                    XmlPatchUtils.apply(context, copy, patch.getPatchBody());
                }
                case FHIR_PATCH_JSON, FHIR_PATCH_XML -> new FhirPatch(context).apply(copy, patch.getFhirPatchBody());
            }
        } catch (DataFormatException unfit) {
            // Its words would quote what the record holds.
            throw new RefusedException(Refusal.of(RefusalCode.BAD_PATCH, unfit()));
        } catch (RuntimeException failure) {
            throw new RefusedException(Refusal.of(RefusalCode.BAD_PATCH, reason(failure)));
        }
    }

    private static Localized unfit() {
        return language -> language == Language.ENGLISH
                ? "What it leaves is no resource that can be read: see the paths and values of its operations."
                : "Ce qu’il laisse n’est pas une ressource lisible : voyez les chemins et valeurs de ses opérations.";
    }

    /**
     * What the library says of a patch it understood; of one it stumbled over it has nothing useful to say, and of the
     * record that comes out of it, it would quote what stands there.
     */
    private static Object reason(RuntimeException failure) {
        if (failure.getMessage() != null && failure.getMessage().startsWith(RESULT_UNREADABLE)) {
            return unfit();
        }
        if (!(failure instanceof BaseServerResponseException)) {
            return "";
        }
        String detail = RefusalsOfHapi.detail(failure);
        int secondLine = detail.indexOf('\n');
        return secondLine < 0 ? detail : detail.substring(0, secondLine);
    }
}
