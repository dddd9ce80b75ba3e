package ml.keneya.load.generate.fhir;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import ml.keneya.load.generate.mali.Commune;
import ml.keneya.load.generate.mali.Division;
import ml.keneya.load.generate.mali.Facility;
import ml.keneya.load.generate.mali.Locality;

/** Writes the facility registry: Organization and Location of the facilities, Location of the divisions they lie in. */
public final class RegistryWriter {
    private RegistryWriter() {}

    /** @param facilities each after the one above it */
    public static void write(Sink sink, Collection<Facility> facilities) {
        facilities.forEach(facility -> organization(sink, facility));
        Map<String, Commune> communes = new LinkedHashMap<>();
        for (Facility facility : facilities) {
            Commune commune = facility.commune();
            if (commune != null) {
                communes.putIfAbsent(commune.code(), commune);
            }
        }
        divisions(sink, communes.values());
        facilities.stream().filter(Facility::isPlaceOfCare).forEach(facility -> location(sink, facility));
    }

    private static Sink.RecordName known(String type, String id) {
        return new Sink.RecordName(type, id, "", true);
    }

    private static void organization(Sink sink, Facility facility) {
        FhirJson json = sink.begin(known("Organization", facility.code()));
        json.array("identifier")
                .object()
                .text("system", Systems.FACILITY)
                .text("value", facility.code())
                .end()
                .end();
        json.flag("active", true);
        json.array("type");
        json.concept(Systems.codes("facility-type"), facility.type(), "");
        json.end();
        json.text("name", facility.name());
        if (facility.parent() != null) {
            json.reference("partOf", "Organization/" + facility.parent());
        }
        sink.end();
    }

    private static void divisions(Sink sink, Collection<Commune> communes) {
        Map<String, Runnable> regions = new LinkedHashMap<>();
        Map<String, Runnable> cercles = new LinkedHashMap<>();
        Map<String, Runnable> places = new LinkedHashMap<>();
        for (Commune commune : communes) {
            String region = "region-" + commune.region2023().code();
            regions.putIfAbsent(region, () -> division(sink, region, commune.region2023(), "Région", ""));
            Division cercle = cercle(commune);
            String cercleId = "cercle-" + cercle.code();
            cercles.putIfAbsent(cercleId, () -> division(sink, cercleId, cercle, "Cercle", region));
            String id = "commune-" + commune.code();
            places.putIfAbsent(id, () -> division(sink, id, commune.commune(), "Commune", cercleId));
        }
        regions.values().forEach(Runnable::run);
        cercles.values().forEach(Runnable::run);
        places.values().forEach(Runnable::run);
    }

    // Where the cercle of 2023 is not known, the former one stands between commune and region.
    private static Division cercle(Commune commune) {
        Division cercle = commune.cercle2023();
        return cercle == null ? commune.cercle2015() : cercle;
    }

    private static void division(Sink sink, String id, Division division, String words, String parent) {
        FhirJson json = sink.begin(known("Location", id));
        json.array("identifier")
                .object()
                .text("system", Systems.division(division.since()))
                .text("value", division.code())
                .end()
                .end();
        json.text("status", "active").text("name", division.name()).text("mode", "instance");
        json.concept("physicalType", Systems.hl7("location-physical-type"), "jdn", words);
        if (!parent.isEmpty()) {
            json.reference("partOf", "Location/" + parent);
        }
        sink.end();
    }

    private static void location(Sink sink, Facility facility) {
        Commune commune = facility.commune();
        Locality locality = facility.locality();
        if (commune == null || locality == null) {
            return;
        }
        FhirJson json = sink.begin(known("Location", facility.code()));
        json.array("identifier")
                .object()
                .text("system", Systems.FACILITY)
                .text("value", facility.code())
                .end()
                .end();
        json.text("status", "active").text("name", facility.name()).text("mode", "instance");
        json.array("type");
        json.concept(Systems.codes("facility-type"), facility.type(), "");
        json.end();
        json.object("address");
        PatientWriter.divisions(json, commune);
        json.text("city", locality.name());
        PatientWriter.words(json, commune);
        json.end();
        json.concept("physicalType", Systems.hl7("location-physical-type"), "si", "Site");
        json.object("position")
                .decimal("longitude", locality.longitude())
                .decimal("latitude", locality.latitude())
                .end();
        json.reference("managingOrganization", "Organization/" + facility.code());
        json.reference("partOf", "Location/commune-" + commune.code());
        sink.end();
    }
}
