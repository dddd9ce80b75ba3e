package ml.keneya.load.facilities;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import ml.keneya.load.exchange.Json;
import ml.keneya.load.generate.mali.Commune;
import ml.keneya.load.generate.mali.Division;
import ml.keneya.load.sheets.CommuneAddress;

/** Writes the records of the register: Organization and Location of a facility, Location of a division. */
final class RegisterRecords {
    private static final String OURS = "https://keneya.ml/fhir/";
    static final String VALIDITY = OURS + "StructureDefinition/ml-ext-validity";

    private RegisterRecords() {}

    static ObjectNode organization(ListedFacility facility, boolean open) {
        ObjectNode organization = named("Organization", facility.code());
        validity(organization, facility);
        identifier(organization, "https://keneya.ml/id/facility", facility.code());
        organization.put("active", open);
        concept(organization.putArray("type").addObject(), "facility-type", facility.type());
        organization.put("name", facility.name());
        telecom(organization, facility);
        if (!facility.parent().isEmpty()) {
            organization.putObject("partOf").put("reference", "Organization/" + facility.parent());
        }
        return organization;
    }

    static ObjectNode location(ListedFacility facility, Commune commune, boolean open) {
        ObjectNode location = named("Location", facility.code());
        validity(location, facility);
        identifier(location, "https://keneya.ml/id/facility", facility.code());
        location.put("status", open ? "active" : "inactive")
                .put("name", facility.name())
                .put("mode", "instance");
        concept(location.putArray("type").addObject(), "facility-type", facility.type());
        telecom(location, facility);
        ObjectNode address = location.putObject("address");
        CommuneAddress.write(address, commune);
        address.put("city", commune.name()).put("country", "ML");
        physical(location, "si", "Site");
        facility.position()
                .ifPresent(position -> location.putObject("position")
                        .put("longitude", new BigDecimal(position.longitude()))
                        .put("latitude", new BigDecimal(position.latitude())));
        location.putObject("managingOrganization").put("reference", "Organization/" + facility.code());
        location.putObject("partOf").put("reference", "Location/" + communeId(commune));
        return location;
    }

    /** @param above the id of the division above it, or empty */
    static ObjectNode division(String id, Division division, String words, String above) {
        ObjectNode location = named("Location", id);
        identifier(location, OURS + "CodeSystem/ml-administrative-division-" + division.since(), division.code());
        location.put("status", "active").put("name", division.name()).put("mode", "instance");
        physical(location, "jdn", words);
        if (!above.isEmpty()) {
            location.putObject("partOf").put("reference", "Location/" + above);
        }
        return location;
    }

    static String communeId(Commune commune) {
        return "commune-" + commune.code();
    }

    private static ObjectNode named(String type, String id) {
        return Json.object().put("resourceType", type).put("id", id);
    }

    private static void identifier(ObjectNode record, String system, String value) {
        record.putArray("identifier").addObject().put("system", system).put("value", value);
    }

    private static void telecom(ObjectNode record, ListedFacility facility) {
        if (facility.line().has("telephone")) {
            record.putArray("telecom")
                    .addObject()
                    .put("system", "phone")
                    .put("value", facility.line().text("telephone"));
        }
    }

    private static void validity(ObjectNode record, ListedFacility facility) {
        if (facility.opened().isEmpty() && facility.closed().isEmpty()) {
            return;
        }
        ObjectNode period =
                record.putArray("extension").addObject().put("url", VALIDITY).putObject("valuePeriod");
        facility.opened().ifPresent(day -> period.put("start", day));
        facility.closed().ifPresent(day -> period.put("end", day));
    }

    private static void concept(ObjectNode concept, String system, String code) {
        concept.putArray("coding")
                .addObject()
                .put("system", OURS + "CodeSystem/ml-" + system)
                .put("code", code);
    }

    private static void physical(ObjectNode location, String code, String words) {
        ObjectNode type = location.putObject("physicalType");
        type.putArray("coding")
                .addObject()
                .put("system", "http://terminology.hl7.org/CodeSystem/location-physical-type")
                .put("code", code);
        type.put("text", words);
    }
}
