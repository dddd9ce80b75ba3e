package ml.keneya.load.facilities;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ml.keneya.load.generate.mali.Commune;
import ml.keneya.load.generate.mali.Slug;
import ml.keneya.load.generate.mali.Territory;
import ml.keneya.load.sheets.CommuneAddress;
import ml.keneya.load.sheets.Days;
import ml.keneya.load.sheets.Faults;
import ml.keneya.load.sheets.Sheet;
import ml.keneya.load.sheets.SheetForm;
import ml.keneya.load.sheets.SheetLine;

/** Reads the official list, and orders it so that each facility comes after the one above it. */
final class FacilityList {
    static final List<String> REQUIRED = List.of("code", "nom", "type");
    static final List<String> COLUMNS = List.of(
            "code",
            "nom",
            "type",
            "rattachement",
            "commune",
            "latitude",
            "longitude",
            "telephone",
            "ouverture",
            "fermeture");

    private static final String CODE = "[A-Za-z0-9.-]{1,64}";
    private static final Map<String, String> TYPES = types();
    // Of an administration the list may say where its office is; nobody is cared for there.
    static final Set<String> ADMINISTRATIONS = Set.of(
            "ministry",
            "national-directorate",
            "national-institute",
            "agency",
            "drs",
            "health-district",
            "asaco",
            "cbo");

    private final Faults faults;
    private final Days days;
    private final List<Commune> everywhere = Territory.everywhere().communes();

    FacilityList(Days days, Faults faults) {
        this.days = days;
        this.faults = faults;
    }

    private static Map<String, String> types() {
        Map<String, String> types = new LinkedHashMap<>();
        for (String code : List.of(
                "site-asc",
                "cscom",
                "csref",
                "eph",
                "chu",
                "telehealth-hub",
                "private-clinic",
                "faith-based",
                "military",
                "laboratory",
                "pharmacy",
                "health-district",
                "drs",
                "asaco",
                "cbo",
                "national-directorate",
                "national-institute",
                "agency",
                "ministry")) {
            types.put(code, code);
        }
        types.put("district-sanitaire", "health-district");
        types.put("district", "health-district");
        types.put("hopital", "eph");
        types.put("plateau-de-telesante", "telehealth-hub");
        types.put("clinique", "private-clinic");
        types.put("confessionnel", "faith-based");
        types.put("laboratoire", "laboratory");
        types.put("pharmacie", "pharmacy");
        types.put("ministere", "ministry");
        return types;
    }

    /**
     * The facilities without fault, each after the one above it; whether one above that is not listed is kept is not
     * asked here.
     */
    List<ListedFacility> read(Path file, Map<String, String> headings) {
        SheetForm plain = SheetForm.of(COLUMNS, REQUIRED);
        var form = new SheetForm(COLUMNS, REQUIRED, headings, Map.of(), plain.charset());
        Map<String, ListedFacility> byCode = new LinkedHashMap<>();
        for (SheetLine line : Sheet.read(file, form, faults)) {
            ListedFacility facility = facility(line);
            ListedFacility known = byCode.putIfAbsent(facility.code(), facility);
            if (known != null && line.has("code")) {
                faults.at(line, "code", "twice", known.line().number());
                faults.at(known.line(), "code", "twice", line.number());
            }
        }
        return ordered(byCode);
    }

    private ListedFacility facility(SheetLine line) {
        String code = line.text("code");
        if (!code.matches(CODE) && line.has("code")) {
            faults.at(line, "code", "code");
        }
        String type = TYPES.getOrDefault(Slug.of(line.text("type")), "");
        if (type.isEmpty() && line.has("type")) {
            faults.at(line, "type", "choice", String.join(", ", TYPES.keySet()));
        }
        Optional<Commune> commune = Optional.empty();
        if (line.has("commune")) {
            commune = CommuneAddress.commune(everywhere, line.text("commune"));
            if (commune.isEmpty()) {
                faults.at(line, "commune", "commune");
            }
        } else if (!type.isEmpty() && !ADMINISTRATIONS.contains(type)) {
            faults.at(line, "commune", "no-commune");
        }
        return new ListedFacility(
                line,
                code,
                type,
                line.text("rattachement"),
                commune,
                position(line),
                days.later(line, "ouverture"),
                days.later(line, "fermeture"));
    }

    private Optional<ListedFacility.Position> position(SheetLine line) {
        if (!line.has("latitude") && !line.has("longitude")) {
            return Optional.empty();
        }
        String latitude = line.text("latitude").replace(',', '.');
        String longitude = line.text("longitude").replace(',', '.');
        String number = "-?\\d{1,3}(\\.\\d{1,8})?";
        if (!latitude.matches(number) || !longitude.matches(number)) {
            faults.at(line, "latitude", "position");
            return Optional.empty();
        }
        double north = Double.parseDouble(latitude);
        double east = Double.parseDouble(longitude);
        if (north < 10.1 || north > 25.1 || east < -12.3 || east > 4.3) {
            faults.at(line, "latitude", "outside");
            return Optional.empty();
        }
        return Optional.of(new ListedFacility.Position(longitude, latitude));
    }

    private List<ListedFacility> ordered(Map<String, ListedFacility> byCode) {
        List<ListedFacility> ordered = new ArrayList<>();
        Map<String, Boolean> placed = new HashMap<>();
        for (ListedFacility facility : byCode.values()) {
            place(facility, byCode, placed, new HashSet<>(), ordered);
        }
        return ordered;
    }

    /** @return whether it, and all above it in the list, are without fault */
    private boolean place(
            ListedFacility facility,
            Map<String, ListedFacility> byCode,
            Map<String, Boolean> placed,
            Set<String> below,
            List<ListedFacility> ordered) {
        Boolean known = placed.get(facility.code());
        if (known != null) {
            return known;
        }
        if (!below.add(facility.code())) {
            faults.at(facility.line(), "rattachement", "circle");
            return false;
        }
        ListedFacility above = byCode.get(facility.parent());
        if (above != null && !place(above, byCode, placed, below, ordered) && !faults.has(facility.line())) {
            faults.at(facility.line(), "rattachement", "above", above.line().number());
        }
        boolean sound = !faults.has(facility.line());
        placed.put(facility.code(), sound);
        if (sound) {
            ordered.add(facility);
        }
        return sound;
    }
}
