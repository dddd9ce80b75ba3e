package ml.keneya.load.generate.mali;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ml.keneya.load.generate.chance.Chance;
import ml.keneya.load.generate.chance.Weighted;

/** Names as they are given in Mali, by ethnic group, with the spellings that registers use. */
public final class Names {
    /**
     * A name.
     *
     * @param variants other spellings of the same name
     */
    public record Name(String text, List<String> variants) {
        public Name {
            variants = List.copyOf(variants);
        }
    }

    private record Entry(Name name, double weight) {}

    private record Group(String name, double weight, String language) {}

    private static final String EVERYBODY = "all";

    private final Map<String, Weighted<Entry>> lists = new HashMap<>();
    private final Map<String, Weighted<Group>> regions = new HashMap<>();

    Names() {
        Map<String, List<Entry>> entries = new HashMap<>();
        List<Table.Row> rows = Table.read("names");
        for (Table.Row row : rows) {
            String variants = row.text("variants");
            var name = new Name(row.text("name"), variants.isEmpty() ? List.of() : List.of(variants.split(";")));
            for (String group : row.text("group").split("\\+")) {
                // A name of one group is worth more within it than a name that everybody bears.
                double weight =
                        row.number("weight") * (row.text("kind").equals("given") && !group.equals(EVERYBODY) ? 4 : 1);
                entries.computeIfAbsent(key(row.text("kind"), row.text("sex"), group), key -> new ArrayList<>())
                        .add(new Entry(name, weight));
            }
        }
        entries.forEach((key, list) -> lists.put(key, new Weighted<>(list, Entry::weight)));
        Map<String, List<Group>> groups = new HashMap<>();
        Table.read("groups")
                .forEach(row -> groups.computeIfAbsent(row.text("region_2023"), region -> new ArrayList<>())
                        .add(new Group(row.text("group"), row.number("weight"), row.text("language"))));
        groups.forEach((region, list) -> regions.put(region, new Weighted<>(list, Group::weight)));
    }

    private static String key(String kind, String sex, String group) {
        return kind + "/" + sex + "/" + group;
    }

    /** An ethnic group of a region and the language spoken at home, by its BCP 47 code. */
    public record People(String group, String language) {}

    public People people(Division region2023, Chance chance) {
        Weighted<Group> groups = regions.get(region2023.code());
        if (groups == null) {
            throw new IllegalArgumentException("No groups for region " + region2023.code());
        }
        Group group = groups.pick(chance);
        return new People(group.name(), group.language());
    }

    public Name family(String group, Chance chance) {
        return pick(key("family", "", group), chance);
    }

    public Name given(String group, boolean female, Chance chance) {
        String sex = female ? "female" : "male";
        String own = key("given", sex, group);
        // Most given names are Muslim names common to all groups.
        return pick(lists.containsKey(own) && chance.happens(0.2) ? own : key("given", sex, EVERYBODY), chance);
    }

    private Name pick(String key, Chance chance) {
        Weighted<Entry> list = lists.get(key);
        if (list == null) {
            throw new IllegalArgumentException("No names for " + key);
        }
        return list.pick(chance).name();
    }
}
