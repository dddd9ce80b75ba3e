package ml.keneya.load.sheets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import ml.keneya.load.generate.mali.Commune;
import ml.keneya.load.generate.mali.Division;
import ml.keneya.load.generate.mali.Slug;

/** Finds the commune that a cell names, and writes it into an address with what is above it. */
public final class CommuneAddress {
    private static final String OURS = "https://keneya.ml/fhir/";

    private CommuneAddress() {}

    /**
     * Finds a commune by what people write.
     *
     * @param named its code of 2015 (ML020531), its name, or its name and its cercle's where several have that name
     *     (Dialakoroba, Kati)
     * @return nothing where there is none, or more than one
     */
    public static Optional<Commune> commune(List<Commune> everywhere, String named) {
        String[] parts = named.split(",", 2);
        String wanted = Slug.of(parts[0]);
        String cercle = parts.length > 1 ? Slug.of(parts[1]) : "";
        List<Commune> found = everywhere.stream()
                .filter(commune -> Slug.of(commune.code()).equals(wanted)
                        || Slug.of(commune.name()).equals(wanted))
                .filter(commune ->
                        cercle.isEmpty() || Slug.of(commune.cercle2015().name()).equals(cercle))
                .toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    /** Its codes in both divisions of Mali, and their names. */
    public static void write(ObjectNode address, Commune commune) {
        division(address, "region", commune.region2023());
        division(address, "region", commune.region2015());
        Division cercle = commune.cercle2023();
        if (cercle != null) {
            division(address, "cercle", cercle);
        }
        division(address, "cercle", commune.cercle2015());
        division(address, "commune", commune.commune());
        address.put("district", commune.cercle2015().name())
                .put("state", commune.region2023().name());
    }

    private static void division(ObjectNode address, String level, Division division) {
        address.withArray("extension")
                .addObject()
                .put("url", OURS + "StructureDefinition/ml-ext-" + level)
                .putObject("valueCoding")
                .put("system", OURS + "CodeSystem/ml-administrative-division-" + division.since())
                .put("code", division.code())
                .put("display", division.name());
    }
}
