package ml.keneya.conformance.terminology;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import ml.keneya.conformance.CodeCriterion;
import ml.keneya.conformance.CodeCriterion.AllOf;
import ml.keneya.conformance.CodeCriterion.AnyOf;
import ml.keneya.conformance.CodeCriterion.Not;
import ml.keneya.conformance.LoadedCodeSystems.LoadedSystem;

/**
 * What is in a value set: terms in memory, and of systems in the database those codes that meet a criterion. The two
 * never hold codes of the same system.
 */
record Members(List<Term> terms, Map<LoadedSystem, CodeCriterion> loaded) {

    static final Members NONE = new Members(List.of(), Map.of());

    Members {
        terms = List.copyOf(terms);
        // In the order in which the value set names them.
        loaded = Collections.unmodifiableMap(new LinkedHashMap<>(loaded));
    }

    static Members of(List<Term> terms) {
        return new Members(terms, Map.of());
    }

    static Members of(LoadedSystem system, CodeCriterion criterion) {
        return new Members(List.of(), Map.of(system, criterion));
    }

    boolean isAllInMemory() {
        return loaded.isEmpty();
    }

    Members or(Members other) {
        Map<LoadedSystem, CodeCriterion> either = new LinkedHashMap<>(loaded);
        other.loaded.forEach((system, criterion) ->
                either.merge(system, criterion, (one, another) -> new AnyOf(List.of(one, another))));
        return new Members(
                Stream.concat(terms.stream(), other.terms.stream().filter(term -> !holds(term)))
                        .toList(),
                either);
    }

    Members and(Members other) {
        Map<LoadedSystem, CodeCriterion> both = new LinkedHashMap<>();
        loaded.forEach((system, criterion) -> {
            CodeCriterion further = other.loaded.get(system);
            if (further != null) {
                both.put(system, new AllOf(List.of(criterion, further)));
            }
        });
        return new Members(terms.stream().filter(other::holds).toList(), both);
    }

    Members without(Members other) {
        Map<LoadedSystem, CodeCriterion> left = new LinkedHashMap<>();
        loaded.forEach((system, criterion) -> {
            CodeCriterion taken = other.loaded.get(system);
            left.put(system, taken == null ? criterion : new AllOf(List.of(criterion, new Not(taken))));
        });
        return new Members(terms.stream().filter(term -> !other.holds(term)).toList(), left);
    }

    private boolean holds(Term term) {
        return terms.stream().anyMatch(each -> each.is(term.system(), term.code()));
    }
}
