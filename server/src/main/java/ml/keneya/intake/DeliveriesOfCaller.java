package ml.keneya.intake;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.Optional;
import java.util.UUID;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Lets a caller at the kept deliveries that it may see; unknown and forbidden look alike. */
@Component
class DeliveriesOfCaller {

    private final KeptDeliveries deliveries;

    DeliveriesOfCaller(KeptDeliveries deliveries) {
        this.deliveries = deliveries;
    }

    KeptDelivery find(@Nullable IPrimitiveType<String> id, RequestDetails request) {
        String wanted = required(id, "id");
        return deliveries
                .find(read(wanted))
                .filter(delivery -> delivery.isVisibleTo(Caller.of(request)))
                .orElseThrow(() -> unknown(wanted));
    }

    /** One that somebody can still decide about, with its bytes. */
    KeptDelivery findRefused(@Nullable IPrimitiveType<String> id, RequestDetails request) {
        KeptDelivery delivery = find(id, request);
        if (delivery.status() != KeptDelivery.Status.REFUSED) {
            throw new RefusedException(Refusal.of(RefusalCode.DELIVERY_SETTLED, delivery.id()));
        }
        return delivery;
    }

    byte[] bytesOf(KeptDelivery delivery) {
        return deliveries
                .bytesOf(delivery.id())
                .orElseThrow(() -> new RefusedException(Refusal.of(RefusalCode.DELIVERY_ERASED, delivery.id())));
    }

    static String required(@Nullable IPrimitiveType<String> parameter, String name) {
        return optional(parameter)
                .orElseThrow(() -> new RefusedException(Refusal.of(RefusalCode.MISSING_PARAMETER, name)));
    }

    /** An empty parameter is one that a form left out. */
    static Optional<String> optional(@Nullable IPrimitiveType<String> parameter) {
        return Optional.ofNullable(parameter)
                .map(IPrimitiveType::getValue)
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    static UUID read(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException notOurs) {
            throw unknown(id);
        }
    }

    private static RefusedException unknown(String id) {
        return new RefusedException(Refusal.of(RefusalCode.UNKNOWN_DELIVERY, id.replaceAll("[^\\w.-]", "?")));
    }
}
