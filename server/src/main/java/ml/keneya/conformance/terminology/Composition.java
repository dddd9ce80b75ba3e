package ml.keneya.conformance.terminology;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ml.keneya.conformance.CodeCriterion;
import ml.keneya.conformance.CodeCriterion.AllOf;
import ml.keneya.conformance.CodeCriterion.AtOrAbove;
import ml.keneya.conformance.CodeCriterion.Below;
import ml.keneya.conformance.CodeCriterion.ChildOf;
import ml.keneya.conformance.CodeCriterion.Every;
import ml.keneya.conformance.CodeCriterion.Having;
import ml.keneya.conformance.CodeCriterion.HavingAny;
import ml.keneya.conformance.CodeCriterion.Inactive;
import ml.keneya.conformance.CodeCriterion.Listed;
import ml.keneya.conformance.CodeCriterion.Not;
import ml.keneya.conformance.LoadedCodeSystems.LoadedSystem;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ConceptReferenceComponent;
import org.hl7.fhir.r4.model.ValueSet.ConceptSetComponent;
import org.hl7.fhir.r4.model.ValueSet.ConceptSetFilterComponent;

/** Reads how a value set is composed where code systems of the database take part, which HAPI cannot expand. */
final class Composition {

    /** A value set that names itself, over however many others, has no members. */
    private static final int DEEPEST = 10;

    private final CodeSystems codeSystems;
    private final Function<String, Optional<ValueSet>> others;
    private final Function<ValueSet, Optional<List<Term>>> library;

    /**
     * @param others value sets by canonical address
     * @param library expands what is in memory
     */
    Composition(
            CodeSystems codeSystems,
            Function<String, Optional<ValueSet>> others,
            Function<ValueSet, Optional<List<Term>>> library) {
        this.codeSystems = codeSystems;
        this.others = others;
        this.library = library;
    }

    /** Codes that are listed one by one are members whether or not their system has been loaded. */
    boolean needsDatabase(ValueSet valueSet) {
        return needsDatabase(valueSet, 0);
    }

    private boolean needsDatabase(ValueSet valueSet, int depth) {
        return depth < DEEPEST
                && parts(valueSet)
                        .anyMatch(part -> (part.hasSystem()
                                        && !part.hasConcept()
                                        && loaded(part).isPresent())
                                || part.getValueSet().stream()
                                        .flatMap(other -> others.apply(other.getValue()).stream())
                                        .anyMatch(other -> needsDatabase(other, depth + 1)));
    }

    private static Stream<ConceptSetComponent> parts(ValueSet valueSet) {
        return Stream.concat(valueSet.getCompose().getInclude().stream(), valueSet.getCompose().getExclude().stream());
    }

    Members membersOf(ValueSet valueSet) {
        return membersOf(valueSet, 0);
    }

    private Members membersOf(ValueSet valueSet, int depth) {
        if (depth == DEEPEST) {
            throw notExpandable(valueSet);
        }
        Members members = Members.NONE;
        for (ConceptSetComponent include : valueSet.getCompose().getInclude()) {
            members = members.or(membersOf(valueSet, include, depth));
        }
        for (ConceptSetComponent exclude : valueSet.getCompose().getExclude()) {
            members = members.without(membersOf(valueSet, exclude, depth));
        }
        boolean withoutRetired =
                valueSet.getCompose().hasInactive() && !valueSet.getCompose().getInactive();
        return withoutRetired ? withoutRetired(members) : members;
    }

    private static Members withoutRetired(Members members) {
        Members active = Members.of(
                members.terms().stream().filter(term -> !term.inactive()).toList());
        for (var part : members.loaded().entrySet()) {
            active = active.or(Members.of(part.getKey(), new AllOf(List.of(part.getValue(), new Inactive(false)))));
        }
        return active;
    }

    private Members membersOf(ValueSet valueSet, ConceptSetComponent part, int depth) {
        List<Members> all = new ArrayList<>();
        if (part.hasSystem()) {
            all.add(ofSystem(valueSet, part));
        }
        for (CanonicalType other : part.getValueSet()) {
            ValueSet named = others.apply(other.getValue())
                    .orElseThrow(
                            () -> new RefusedException(Refusal.of(RefusalCode.UNKNOWN_VALUE_SET, other.getValue())));
            all.add(membersOf(named, depth + 1));
        }
        return all.stream().reduce(Members::and).orElse(Members.NONE);
    }

    private Members ofSystem(ValueSet valueSet, ConceptSetComponent part) {
        Optional<LoadedSystem> system = loaded(part);
        if (system.isPresent()) {
            return Members.of(system.get(), criterion(valueSet, part));
        }
        ValueSet alone = new ValueSet();
        alone.getCompose().addInclude(part.copy().setValueSet(List.of()));
        return Members.of(library.apply(alone).orElseThrow(() -> notExpandable(valueSet)));
    }

    private Optional<LoadedSystem> loaded(ConceptSetComponent part) {
        return codeSystems.loaded(part.getSystem(), part.getVersion());
    }

    private static CodeCriterion criterion(ValueSet valueSet, ConceptSetComponent part) {
        if (part.hasConcept()) {
            return new Listed(part.getConcept().stream()
                    .map(ConceptReferenceComponent::getCode)
                    .collect(Collectors.toSet()));
        }
        if (!part.hasFilter()) {
            return new Every();
        }
        return new AllOf(part.getFilter().stream()
                .map(filter -> criterion(valueSet, filter))
                .toList());
    }

    private static CodeCriterion criterion(ValueSet valueSet, ConceptSetFilterComponent filter) {
        String value = String.valueOf(filter.getValue()).strip();
        if (!filter.hasOp() || !filter.hasValue()) {
            throw notExpandable(valueSet);
        }
        return switch (filter.getOp()) {
            case ISA -> new Below(value, true);
            case DESCENDENTOF -> new Below(value, false);
            case ISNOTA -> new Not(new Below(value, true));
            case GENERALIZES -> new AtOrAbove(value);
            case EQUAL -> having(filter.getProperty(), value);
            case IN -> havingOneOf(filter.getProperty(), value);
            case NOTIN -> new Not(havingOneOf(filter.getProperty(), value));
            case EXISTS ->
                Boolean.parseBoolean(value)
                        ? new HavingAny(filter.getProperty())
                        : new Not(new HavingAny(filter.getProperty()));
            // Patterns can be written that keep a database busy for hours.
            default -> throw notExpandable(valueSet);
        };
    }

    private static CodeCriterion havingOneOf(String property, String values) {
        return new CodeCriterion.AnyOf(Arrays.stream(values.split(","))
                .map(value -> having(property, value.strip()))
                .toList());
    }

    private static CodeCriterion having(String property, String value) {
        return switch (property) {
            case "concept", "code" -> new Listed(Set.of(value));
            case "parent" -> new ChildOf(value);
            case "ancestor" -> new Below(value, false);
            case "child" -> new AllOf(List.of(new AtOrAbove(value), new Not(new Listed(Set.of(value)))));
            case "inactive" -> new Inactive(Boolean.parseBoolean(value));
            default -> new Having(property, value);
        };
    }

    private static RefusedException notExpandable(ValueSet valueSet) {
        String name = valueSet.hasUrl() ? valueSet.getUrl() : "valueSet";
        return new RefusedException(Refusal.of(RefusalCode.NOT_EXPANDABLE, name));
    }
}
