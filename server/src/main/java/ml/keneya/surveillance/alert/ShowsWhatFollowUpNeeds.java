package ml.keneya.surveillance.alert;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.IPreResourceShowDetails;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.Set;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Caller.Role;
import ml.keneya.fhir.StorageRule;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Patient;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Leaves of a person what it takes to find her and to judge the case: names, sex, birth date, where she lives, telephone,
 * whom to ask. Her numbers (national, insurance, of sites), picture, narrative and links are not shown, and the record
 * says that it is not whole (SUBSETTED).
 */
@Interceptor(order = 0)
@Component
class ShowsWhatFollowUpNeeds implements StorageRule {

    private static final Set<Role> FOLLOWING_UP = Set.of(Role.AREA, Role.AGENCY);
    private static final Coding NOT_WHOLE =
            new Coding("http://terminology.hl7.org/CodeSystem/v3-ObservationValue", "SUBSETTED", null);

    @Hook(Pointcut.STORAGE_PRESHOW_RESOURCES)
    void leaveOut(IPreResourceShowDetails shown, @Nullable RequestDetails request) {
        if (!FOLLOWING_UP.contains(Caller.of(request).role())) {
            return;
        }
        for (int place = 0; place < shown.size(); place++) {
            if (shown.getResource(place) instanceof Patient person) {
                shown.setResource(place, whatIsNeeded(person));
            }
        }
    }

    private static Patient whatIsNeeded(Patient person) {
        Patient needed = person.copy();
        needed.setIdentifier(null);
        needed.setPhoto(null);
        needed.setText(null);
        needed.setLink(null);
        needed.setGeneralPractitioner(null);
        needed.getMeta().addTag(NOT_WHOLE.copy());
        return needed;
    }
}
