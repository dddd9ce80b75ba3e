package ml.keneya.load.facilities;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import ml.keneya.load.bundles.BundleSender;
import ml.keneya.load.bundles.Outcome;
import ml.keneya.load.exchange.Exchange;
import ml.keneya.load.exchange.Issue;
import ml.keneya.load.exchange.Json;
import ml.keneya.load.generate.mali.Commune;
import ml.keneya.load.generate.mali.Division;
import ml.keneya.load.sheets.Faults;

/** Compares the list with the register that the exchange keeps, and sends what differs. */
final class RegisterUpdate {
    private static final int AT_ONCE = 100;

    private final KeptRegister kept;
    private final Faults faults;
    private final LocalDate today;
    private final List<Change> changes = new ArrayList<>();
    private final Map<String, ObjectNode> divisions = new LinkedHashMap<>();
    private int same;
    private int sent;
    private int refused;

    /**
     * A facility that differs from what is kept.
     *
     * @param isNew whether its Organization is not kept at all
     * @param differences what changes in records that are kept
     */
    record Change(ListedFacility facility, boolean isNew, List<ObjectNode> records, List<Difference> differences) {
        Change {
            differences = List.copyOf(differences);
            records = List.copyOf(records);
        }
    }

    RegisterUpdate(Exchange exchange, Faults faults, LocalDate today) {
        this.kept = new KeptRegister(exchange);
        this.faults = faults;
        this.today = today;
    }

    /** @param facilities each after the one above it */
    void compare(List<ListedFacility> facilities) {
        kept.ask(
                "Organization",
                facilities.stream()
                        .flatMap(facility -> Stream.of(facility.code(), facility.parent()))
                        .filter(code -> code.matches("[A-Za-z0-9.-]{1,64}"))
                        .toList());
        kept.ask(
                "Location",
                facilities.stream()
                        .filter(RegisterUpdate::isPlace)
                        .map(ListedFacility::code)
                        .toList());
        Map<String, ListedFacility> heldBack = new HashMap<>();
        Set<String> listed = new HashSet<>();
        for (ListedFacility facility : facilities) {
            String parent = facility.parent();
            if (parent.isEmpty() || listed.contains(parent) || kept.has("Organization", parent)) {
                listed.add(facility.code());
                compare(facility);
            } else if (heldBack.containsKey(parent)) {
                long above = heldBack.get(parent).line().number();
                faults.at(facility.line(), "rattachement", "above", above);
                heldBack.put(facility.code(), facility);
            } else {
                faults.at(facility.line(), "rattachement", "no-parent");
                heldBack.put(facility.code(), facility);
            }
        }
        same = listed.size() - changes.size();
        completeDivisions();
    }

    private static boolean isPlace(ListedFacility facility) {
        return facility.commune().isPresent() && !FacilityList.ADMINISTRATIONS.contains(facility.type());
    }

    private void compare(ListedFacility facility) {
        boolean open = facility.closed().isEmpty() || facility.closed().get().compareTo(today.toString()) > 0;
        List<ObjectNode> wanted = new ArrayList<>();
        wanted.add(kept.merged(RegisterRecords.organization(facility, open)));
        facility.commune()
                .filter(commune -> isPlace(facility))
                .ifPresent(commune -> wanted.add(kept.merged(RegisterRecords.location(facility, commune, open))));
        if (wanted.stream().anyMatch(record -> kept.change(record) != KeptRegister.Change.NONE)) {
            boolean isNew = kept.change(wanted.get(0)) == KeptRegister.Change.NEW;
            List<Difference> differences = wanted.stream()
                    .flatMap(record -> kept.differences(record).stream())
                    .toList();
            changes.add(new Change(facility, isNew, wanted, differences));
        }
    }

    // A division that is kept may know more than we do, its people and its outline: only missing ones are sent.
    private void completeDivisions() {
        Map<String, ObjectNode> regions = new LinkedHashMap<>();
        Map<String, ObjectNode> cercles = new LinkedHashMap<>();
        Map<String, ObjectNode> communes = new LinkedHashMap<>();
        for (Change change : changes) {
            if (isPlace(change.facility())) {
                Commune commune = change.facility().commune().orElseThrow();
                String region = "region-" + commune.region2023().code();
                Division division = commune.cercle2023() == null ? commune.cercle2015() : commune.cercle2023();
                String cercle = "cercle-" + division.code();
                regions.put(region, RegisterRecords.division(region, commune.region2023(), "Région", ""));
                cercles.put(cercle, RegisterRecords.division(cercle, division, "Cercle", region));
                String id = RegisterRecords.communeId(commune);
                communes.put(id, RegisterRecords.division(id, commune.commune(), "Commune", cercle));
            }
        }
        Stream.of(regions, cercles, communes).forEach(level -> {
            kept.ask("Location", level.keySet());
            level.keySet().removeIf(id -> kept.has("Location", id));
            divisions.putAll(level);
        });
    }

    /**
     * Sends in parts; where a part is refused its facilities go one by one, so that one does not hold up the others.
     *
     * @param between called before each part; may throw to leave the rest
     */
    void send(BundleSender sender, String facility, Runnable between) {
        List<ObjectNode> missing = List.copyOf(divisions.values());
        for (int from = 0; from < missing.size(); from += AT_ONCE) {
            List<ObjectNode> some = missing.subList(from, Math.min(missing.size(), from + AT_ONCE));
            between.run();
            sender.sendUnnamed("Location", bundle(some), facility);
        }
        for (int from = 0; from < changes.size(); from += AT_ONCE) {
            List<Change> some = changes.subList(from, Math.min(changes.size(), from + AT_ONCE));
            List<ObjectNode> records =
                    some.stream().flatMap(change -> change.records().stream()).toList();
            between.run();
            Outcome outcome = sender.sendUnnamed("Organization", bundle(records), facility);
            if (outcome instanceof Outcome.Accepted) {
                sent += some.size();
                continue;
            }
            for (Change change : some) {
                between.run();
                send(sender, facility, change);
            }
        }
    }

    private void send(BundleSender sender, String facility, Change change) {
        Outcome outcome = sender.sendUnnamed(change.facility().code(), bundle(change.records()), facility);
        if (outcome instanceof Outcome.Refused unwanted) {
            refused++;
            List<Issue> reasons =
                    unwanted.issues().stream().filter(Issue::isRefusal).toList();
            reasons.forEach(reason -> faults.said(change.facility().line(), "", reason.toString()));
            if (reasons.isEmpty()) {
                faults.said(change.facility().line(), "", "HTTP " + unwanted.status());
            }
        } else {
            sent++;
        }
    }

    // Without a name: the list says how things are to stand, and an older list may be put back.
    private static byte[] bundle(List<ObjectNode> records) {
        ObjectNode bundle = Json.object().put("resourceType", "Bundle").put("type", "transaction");
        ArrayNode entries = bundle.putArray("entry");
        for (ObjectNode record : records) {
            String address = record.path("resourceType").asText() + "/"
                    + record.path("id").asText();
            ObjectNode entry = entries.addObject().put("fullUrl", "https://keneya.ml/fhir/" + address);
            entry.set("resource", record);
            entry.putObject("request").put("method", "PUT").put("url", address);
        }
        return bundle.toString().getBytes(StandardCharsets.UTF_8);
    }

    List<Change> changes() {
        return List.copyOf(changes);
    }

    int created() {
        return (int) changes.stream().filter(Change::isNew).count();
    }

    int updated() {
        return changes.size() - created();
    }

    /** Of those without fault, how many are kept as the list has them. */
    int same() {
        return same;
    }

    int sent() {
        return sent;
    }

    int refused() {
        return refused;
    }
}
