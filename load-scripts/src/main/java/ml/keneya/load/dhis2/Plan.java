package ml.keneya.load.dhis2;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What DHIS2 should hold of a week, and what cannot or shall not be sent. */
final class Plan {
    private final Mapping mapping;
    private final SortedMap<ValueKey, Wanted> values = new TreeMap<>();
    private final Map<String, Unmapped> unmapped = new TreeMap<>();
    private long silent;
    private long excluded;

    private Plan(Mapping mapping) {
        this.mapping = mapping;
    }

    static Plan of(WeeklyReport report, Mapping mapping) {
        Plan plan = new Plan(mapping);
        Map<String, List<WeeklyRow>> cells = new LinkedHashMap<>();
        for (WeeklyRow row : report.rows()) {
            cells.computeIfAbsent(row.place() + "\n" + row.disease(), cell -> new ArrayList<>())
                    .add(row);
        }
        cells.values().forEach(plan::add);
        return plan;
    }

    SortedMap<ValueKey, Wanted> values() {
        return Collections.unmodifiableSortedMap(values);
    }

    Collection<Unmapped> unmapped() {
        return Collections.unmodifiableCollection(unmapped.values());
    }

    /** How many diseases of places nobody has said anything of; that is no zero, so nothing is sent. */
    long silent() {
        return silent;
    }

    /** How many values the data manager does not want to be sent. */
    long excluded() {
        return excluded;
    }

    /** A disease in a place: one row, or one for each age group, sex and residence status. */
    private void add(List<WeeklyRow> cell) {
        WeeklyRow first = cell.get(0);
        if (first.isSilent()) {
            silent++;
            return;
        }
        for (Count count : Count.values()) {
            Counted counted = new Counted(first.place(), first.name(), Mapping.what(first.disease(), count));
            long total = sum(cell, count);
            String element = mapping.element(counted.what());
            String unit = first.place().isEmpty() ? null : mapping.orgUnit(first.place());
            if (element == null) {
                miss(Unmapped.Kind.ELEMENT, counted.what(), "", total);
            } else if (first.place().isEmpty()) {
                miss(Unmapped.Kind.NO_PLACE, "", "", total);
            } else if (unit == null) {
                miss(Unmapped.Kind.ORG_UNIT, first.place(), first.name(), total);
            } else if (element.isEmpty() || unit.isEmpty()) {
                excluded++;
            } else if (mapping.tellsStrataApart()) {
                addStrata(cell, count, new ValueKey(element, unit, ""), counted);
            } else {
                want(new ValueKey(element, unit, mapping.comboOfTotals()), new Wanted(total, counted));
            }
        }
    }

    private void addStrata(List<WeeklyRow> cell, Count count, ValueKey key, Counted counted) {
        for (String combo : mapping.combosOfStrata()) {
            long sum = cell.stream()
                    .filter(row -> combo.equals(comboOf(row)))
                    .mapToLong(row -> number(row, count))
                    .sum();
            want(new ValueKey(key.dataElement(), key.orgUnit(), combo), new Wanted(sum, counted));
        }
        for (WeeklyRow row : cell) {
            long number = number(row, count);
            if (number > 0 && comboOf(row) == null) {
                miss(Unmapped.Kind.STRATUM, mapping.stratum(row.strata()), "", number);
            } else if (number > 0 && "".equals(comboOf(row))) {
                excluded++;
            }
        }
    }

    private @Nullable String comboOf(WeeklyRow row) {
        return mapping.comboOf(row.strata());
    }

    private static long sum(List<WeeklyRow> cell, Count count) {
        return cell.stream().mapToLong(row -> number(row, count)).sum();
    }

    private static long number(WeeklyRow row, Count count) {
        return row.counts().getOrDefault(count, 0L);
    }

    private void want(ValueKey key, Wanted value) {
        values.merge(key, value, Wanted::with);
    }

    private void miss(Unmapped.Kind kind, String code, String name, long number) {
        unmapped.merge(kind + "\n" + code, new Unmapped(kind, code, name, 1, number), Unmapped::with);
    }
}
